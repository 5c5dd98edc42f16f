"""The language of a text, as its script and function words tell it; English in doubt."""

from __future__ import annotations

import re

# Function words; those of other languages that are English words too ("a", "in", "on", "die") are left out.
_WORDS = {
    "en": """the of and to in for on at by with from as that was were is are has have had been its his
        their after before who which it he they not this an or but over against near into than also
        said""",
    "fr": """le la les des du de une est et dans pour par sur avec qui que au aux ont sont été ce cette
        ces leur d l qu""",
    "es": """el la los las del de una es y en para por con que han ha su sus fue este esta entre contra
        como se""",
    "pt": """os das dos da uma e em para por com que ao foram foi seu sua este esta contra não pela pelo
        na""",
    "de": """der das und den dem ein eine ist im mit von für auf bei wurde wurden nicht sich nach zum zur
        einem einer""",
    "it": """il lo la gli le di una è e per con che sono nel nella della del dei delle si da ha hanno
        alla""",
    "nl": """de het een en van voor op met zijn dat niet bij naar uit aan ook werd werden door hebben
        heeft""",
    "id": """yang dan di ke dari untuk dengan pada dalam oleh ini itu tidak akan telah adalah sebagai
        kepada""",
    "sw": "ya wa na kwa katika ni la za cha yake hiyo huo kuwa baada watu kutoka hilo wao",
    "ha": "da na ta ya su cikin kuma wani ce wata yan daga zuwa ba wanda",
    "so": "oo ka ku ay iyo waa la soo uu lagu ugu kale isaga ayaa waxaa",
    "tr": "ve bir bu için ile olarak de da olan sonra kadar göre daha ise",
}
_FUNCTION_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_ENGLISH = _FUNCTION_WORDS.pop("en")
_SCRIPTS = (
    ("ar", re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("am", re.compile("[\u1200-\u137f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("zh", re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")),
)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_TOKEN = re.compile(r"[^\W\d_]+")
_MIN_WORDS = 20
_SAMPLE = 20_000  # characters: more of the text changes nothing


def language_of(text: str) -> str:
    """Return the language code of a text: "en" unless its script or its function words speak against it.

    A code stands for its script where only the script is known ("ar" for any text in Arabic letters).
    Another language in Latin letters needs twenty words, among them three different function words of
    its own, which are a tenth of all and twice as many as the English ones: a headline with a name such
    as "Mouvement pour l'unicité et le jihad en Afrique de l'Ouest" stays English. Wrongly English costs
    little, for English rules find little in it; wrongly foreign would lose a report.
    """
    sample = text[:_SAMPLE]
    latin = len(_LATIN.findall(sample))
    script, letters = max(
        ((code, len(pattern.findall(sample))) for code, pattern in _SCRIPTS), key=lambda pair: pair[1]
    )
    if letters > latin:
        return script
    tokens = [token.lower() for token in _TOKEN.findall(sample)]
    if len(tokens) < _MIN_WORDS:
        return "en"
    english = sum(token in _ENGLISH for token in tokens)
    best, best_count = "en", 0
    for code, words in _FUNCTION_WORDS.items():
        found = [token for token in tokens if token in words]
        if len(set(found)) >= 3 and len(found) > best_count:
            best, best_count = code, len(found)
    return best if best_count >= max(2 * english, len(tokens) / 10) else "en"


def is_english(language: str) -> bool:
    """Return whether a language tag names English ("en", "en-GB")."""
    return language.lower().partition("-")[0] in ("en", "eng")
