"""Briefings: what the store holds on one actor in a period, as a page and as Markdown, with sources.

    found = briefing(store, "JNIM", since="2018", until="2019-06")
    found.html(), found.markdown()

What is listed comes from named queries and from the projection of the actor's part of the graph; a section
names the command that gives the same.
"""

from __future__ import annotations

from kg.briefing.briefing import Briefing, briefing
from kg.briefing.files import write_briefing

__all__ = ["Briefing", "briefing", "write_briefing"]
