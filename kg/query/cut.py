"""A query that stops by itself: its LIMIT lowered, or one added, so that an engine makes no more answers."""

from __future__ import annotations

from itertools import pairwise

from kg.store.sparql import Query


def cut(query: Query, most: int) -> Query:
    """Return the query with at most `most` solutions; a lower LIMIT of its own stays.

    Args:
        query: a SELECT, CONSTRUCT or DESCRIBE; an ASK is returned as it is.
        most: solutions, each of which may give several triples.
    """
    if query.form == "ASK":
        return query
    top = [token for token in query.tokens if token.depth == 0]
    for word, number in pairwise(top):
        if word.keyword == "LIMIT" and number.kind == "number":
            if number.text.isdigit() and int(number.text) <= most:
                return query
            end = number.start + len(number.text)
            return query.changed([(number.start, end, str(most))])
    values = [token.start for token in top if token.keyword == "VALUES"]
    place = values[-1] if values else len(query.text)
    return query.changed([(place, place, f" LIMIT {most} ")])
