"""Whom a description means: by apposition, nationality, affiliation and theatre, or the group named before."""

from __future__ import annotations

from kg.resolve.passage import Passage


def settle_descriptions(passage: Passage) -> None:
    """Link the descriptions of a passage in text order."""
