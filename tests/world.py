"""Invented reports, as extractions, that show each layer of the graph: claims, denials, rivals, a pledge."""

from __future__ import annotations

import json

from desk import Desk

DAY = ("Tuesday", "2018-06-12", "2018-06-12")


def write(path):
    """Write the reports as JSON Lines, each with an identifier of its own."""
    lines = [
        {"id": one.given_ids[0] + str(number), "text": one.text, "published": one.published,
         "publisher": one.publisher, "title": one.title, "url": one.url}
        for number, one in enumerate(extraction.report for extraction in reports())
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


def reports():
    """Return the extractions in order of publication."""
    return [bombing(), claim(), rivals(), denial(), pledge(), assessment(), plans()]


def bombing():
    desk = Desk(
        "A suicide bombing hit a military base in Gao on Tuesday. The suicide bombing killed at least "
        "seven Malian soldiers, officials said. No group has claimed the attack so far.",
        publisher="Sahel Wire", published="2018-06-12", title="Bombing in Gao",
        given_ids=("wire-1", "feed-9"),
    )  # fmt: skip
    gao, how = desk.where("Gao", "ml-gao-city"), desk.how("suicide bombing", "suicide-bombing")
    base = desk.where("military base", kind="Facility")
    first = desk.fact("attack", "suicide bombing", target=base, place=gao, tactic=how, when=DAY)
    soldiers = desk.who("Malian soldiers", "malian-armed-forces", "StateForce")
    again = desk.report.text.index("The suicide bombing") + len("The ")
    said = desk.who("officials")
    desk.fact("attack", "killed", victim=soldiers, toll=(7, None), certainty="reported", speakers=said)
    desk.facts[-1] = _at(desk.facts[-1], again, again + len("suicide bombing"))
    desk.fact("claim", "claimed", certainty="negated", about=first)
    return desk.done()


def claim():
    desk = Desk(
        "JNIM claimed Tuesday’s suicide bombing in Gao through its Az-Zallaqa channel. The group said 30 "
        "soldiers were killed. The army counted seven dead in the suicide bombing.",
        publisher="Reuters", published="2018-06-14", url="https://example.org/jnim-claims",
    )  # fmt: skip
    jnim = desk.who("JNIM", "jnim")
    channel = desk.who("Az-Zallaqa", "az-zallaqa", "MediaArm")
    attack = desk.fact(
        "attack", "suicide bombing", agent=jnim, place=desk.where("Gao", "ml-gao-city"),
        tactic=desk.how("suicide bombing", "suicide-bombing"), when=DAY, toll=(30, 30), certainty="claimed",
    )  # fmt: skip
    desk.fact("claim", "claimed", agent=jnim, about=attack, channel=(channel,))
    army = desk.who("The army", "malian-armed-forces", "StateForce")
    desk.fact("attack", "the suicide bombing", toll=(7, 7), certainty="reported", speakers=army)
    start = desk.report.text.index("the suicide bombing") + len("the ")
    desk.facts[-1] = _at(desk.facts[-1], start, start + len("suicide bombing"))
    return desk.done()


def rivals():
    desk = Desk(
        "French officers blamed ISGS for the suicide bombing in Gao on Tuesday that killed seven. JNIM "
        "fighters ambushed a convoy near Kidal the same day.",
        publisher="Le Courrier d’Exemple", published="2018-06-15",
    )  # fmt: skip
    desk.fact(
        "attack", "suicide bombing", agent=desk.who("ISGS", "isgs"), place=desk.where("Gao", "ml-gao-city"),
        tactic=desk.how("suicide bombing", "suicide-bombing"), when=DAY, toll=(7, 7), certainty="suspected",
        speakers=desk.who("French officers", "french-armed-forces", "StateForce"),
    )  # fmt: skip
    desk.fact(
        "attack", "ambushed", agent=desk.who("JNIM fighters", "jnim"), target=desk.who("convoy"),
        place=desk.where("Kidal", "ml-kidal-city"), tactic=desk.how("ambushed", "ambush"), when=DAY,
    )  # fmt: skip
    return desk.done()


def denial():
    desk = Desk(
        "Residents reported an air strike on a market in Menaka on Friday in which French forces killed "
        "twelve people. The French military denied the air strike. "
        "ISGS denied any part in the bombing in Gao.",
        publisher="Sahel Wire", published="2018-06-18", given_ids=("wire-4",),
    )  # fmt: skip
    residents = desk.who("Residents", kind="Civilians")
    strike = desk.fact(
        "operation", "air strike", target=desk.where("market", kind="Facility"), toll=(12, 12),
        agent=desk.who("French forces", "french-armed-forces", "StateForce"),
        victim=desk.who("people", kind="Civilians"), place=desk.where("Menaka", "ml-menaka-region"),
        tactic=desk.how("air strike", "air-strike"),
        when=("Friday", "2018-06-15", "2018-06-15"), certainty="reported", speakers=residents,
    )  # fmt: skip
    french = desk.who("The French military", "french-armed-forces", "StateForce")
    desk.fact("denial", "denied the air strike", agent=french, about=strike)
    isgs = desk.who("ISGS", "isgs")
    blast = desk.fact(
        "attack", "bombing", agent=isgs, place=desk.where("Gao", "ml-gao-city"), certainty="denied"
    )
    desk.fact("denial", "denied any part", agent=isgs, about=blast)
    return desk.done()


def pledge():
    desk = Desk(
        "Tuareg militias in Menaka pledged allegiance to JNIM in June 2018. AQIM, which backed them until "
        "May 2018, leads no unit there any more. The Malian government said the pledge was a rumour.",
        publisher="", published="2018-07-02", given_ids=("note-1",),
    )  # fmt: skip
    tuareg = desk.who("Tuareg militias", kind="Community")
    menaka = desk.where("Menaka", "ml-menaka-region")
    vow = desk.fact(
        "allegiance", "pledged allegiance", agent=tuareg, object=desk.who("JNIM", "jnim"), place=menaka,
        when=("June 2018", "2018-06", "2018-06"),
    )  # fmt: skip
    aqim = desk.who("AQIM", "aqim")
    desk.fact("membership", "backed", agent=tuareg, object=aqim, valid_from="2016", valid_to="2018-05")
    desk.fact("control", "leads", agent=aqim, place=menaka, certainty="negated")
    government = desk.who("The Malian government", "mali-government", "Government")
    desk.fact("assessment", "rumour", agent=government, about=vow, text="the pledge was a rumour")
    return desk.done()


def assessment():
    desk = Desk(
        "JNIM attacked MINUSMA peacekeepers in Kidal on 20 June. French commanders judged that the raid "
        "missed its aim. JNIM controls parts of the Gao region, Mali.",
        publisher="Exemple Daily", published="2018-06-21",
    )  # fmt: skip
    kidal = desk.where("Kidal", "ml-kidal-city")
    attack = desk.fact(
        "attack", "attacked", agent=desk.who("JNIM", "jnim"), place=kidal,
        target=desk.who("MINUSMA peacekeepers", "minusma", "InternationalForce"),
        when=("20 June", "2018-06-20", "2018-06-20"),
    )  # fmt: skip
    french = desk.who("French commanders", "french-armed-forces", "StateForce")
    desk.fact("assessment", "judged", agent=french, about=attack, text="the raid missed its aim")
    region, mali = desk.where("Gao region", "ml-gao-region"), desk.where("Mali", "ml")
    desk.fact("control", "controls", agent=desk.who("JNIM", "jnim"), place=(region, mali))
    return desk.done()


def plans():
    desk = Desk(
        "ISGS may attack Gao in July 2018. JNIM split from AQIM, one analyst suspects. Mali’s government "
        "listed ISGS as a terrorist organisation on 1 June 2018.",
        publisher="Sahel Wire", published="2018-07-03", given_ids=("wire-6",),
    )  # fmt: skip
    isgs = desk.who("ISGS", "isgs")
    desk.fact(
        "attack", "attack", agent=isgs, place=desk.where("Gao", "ml-gao-city"), certainty="hypothetical",
        when=("July 2018", "2018-07", "2018-07"),
    )  # fmt: skip
    jnim, aqim = desk.who("JNIM", "jnim"), desk.who("AQIM", "aqim")
    analyst = desk.who("one analyst", kind="Person")
    desk.fact("split", "split", agent=jnim, object=aqim, certainty="suspected", speakers=analyst)
    state = desk.who("Mali’s government", "mali-government", "Government")
    desk.fact(
        "designation", "listed", agent=state, object=isgs, when=("1 June 2018", "2018-06-01", "2018-06-01")
    )
    return desk.done()


def _at(fact, start, end):
    """The fact with another trigger."""
    from dataclasses import replace

    return replace(fact, trigger=(start, end))
