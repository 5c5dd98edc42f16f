"""From bytes to clean text: which encodings are accepted, and which characters are taken out."""

from __future__ import annotations

import codecs
import re

from kg.errors import InputError

MAX_CHARACTERS = 1_000_000
# UTF-8 and UTF-16 use at most four bytes a character; the rest leaves room for a header block.
MAX_BYTES = 4 * MAX_CHARACTERS + 65_536

# The longer marks first: the UTF-16 mark is a prefix of the UTF-32 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Kept: newline and tab. Taken out: the other control characters; soft hyphens, zero-width spaces and byte
# order marks, which split words that look whole; and the bidirectional controls, which can make a line
# read otherwise than it is stored. Joiners (U+200C, U+200D) stay: they spell words in Persian and Urdu.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_NOT_A_CHARACTER = re.compile(  # lone surrogates and noncharacters: no RDF or XML file can hold them
    "[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MAX_CP1252_SHARE = (
    0.15  # of non-ASCII bytes: French has about 4 %, text in Cyrillic or Arabic code pages over 50 %
)


def clean(text: str) -> str:
    """Return text with line feeds for newlines, invisible characters taken out, and no space at its ends.

    Offsets of mentions and quotes count in the cleaned text, which is what a report keeps. Lone
    surrogates and noncharacters become U+FFFD. Cleaning twice changes nothing.
    """
    text = _NEWLINE.sub("\n", text)
    return _NOT_A_CHARACTER.sub("\ufffd", _INVISIBLE.sub("", text)).strip()


def clean_line(text: str) -> str:
    """Return text cleaned and on one line: runs of white space become one space."""
    return " ".join(clean(text).split())


def encoding_of(head: bytes) -> str:
    """Return the encoding that a byte order mark at the start of `head` names, or "" where there is none."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of bytes and a note, "" but where the encoding had to be guessed.

    Accepted are UTF-8 with or without a byte order mark, UTF-16 and UTF-32 with one, and Windows-1252 (of
    which Latin-1 text is a part) where nothing speaks for another encoding.

    Raises:
        InputError: the bytes are not text, damaged, or in an encoding that can't be told for sure.
    """
    if encoding := encoding_of(data[:4]):
        try:
            return data.decode(encoding), ""
        except UnicodeDecodeError as error:
            raise InputError(
                f"damaged {encoding.removesuffix('-sig').upper()} at byte {error.start}"
            ) from error
    if b"\0" in data:
        raise InputError("binary, or UTF-16 without a byte order mark; give UTF-8 text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_cp1252(data, error.start), "not UTF-8; read as Windows-1252 (Latin-1)"
    if _mostly_control(text):
        raise InputError("binary, not text")
    return text, ""


def _decode_cp1252(data: bytes, position: int) -> str:
    if _UTF8_SEQUENCE.search(data):  # its other letters would turn to nonsense such as "Ã©"
        raise InputError(f"damaged UTF-8 at byte {position}")
    high = sum(byte >= 0x80 for byte in data)
    # A short line may hold a few accents: the share counts only once there are enough of them.
    if high > 8 and high / len(data) > _MAX_CP1252_SHARE:
        raise InputError("binary or in an unknown encoding; give UTF-8 text")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise InputError("binary or in an unknown encoding; give UTF-8 text") from error
    if _mostly_control(text):
        raise InputError("binary, not text")
    return text


def _mostly_control(text: str) -> bool:
    """Return whether over one character in ten is a control character other than white space."""
    controls = sum(character < " " and character not in "\t\n\r\f\x0b" for character in text)
    return controls * 10 > len(text)
