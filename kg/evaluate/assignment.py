"""The cheapest one-to-one assignment of rows to columns."""

from __future__ import annotations

from collections.abc import Sequence

_INFINITE = float("inf")


def best_pairs(worth: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the (row, column) pairs whose worth adds up to most, ordered by row.

    As many pairs as the shorter side is long; a pair may be worth nothing. Cubic in the longer side.

    Source: H. W. Kuhn, "The Hungarian method for the assignment problem", Naval Research Logistics
    Quarterly 2 (1955), in the form with potentials and shortest augmenting paths.
    """
    if not worth or not worth[0]:
        return []
    if len(worth) <= len(worth[0]):
        return sorted(_assigned([[-value for value in row] for row in worth]))
    turned = [[-row[column] for row in worth] for column in range(len(worth[0]))]
    return sorted((row, column) for column, row in _assigned(turned))


def _assigned(cost: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the cheapest pairs of a matrix with no more rows than columns."""
    columns = len(cost[0])
    row_price, column_price = [0.0] * len(cost), [0.0] * columns
    row_of = [-1] * columns
    for row in range(len(cost)):
        _augment(cost, row, row_of, (row_price, column_price))
    return [(row, column) for column, row in enumerate(row_of) if row >= 0]


def _augment(
    cost: Sequence[Sequence[float]],
    new_row: int,
    row_of: list[int],
    prices: tuple[list[float], list[float]],
) -> None:
    """Give a new row its column, moving others along the cheapest path to a free column."""
    row_price, column_price = prices
    columns = len(row_of)
    slack = [_INFINITE] * columns
    before = [-1] * columns  # the column from which each was reached; -1 is the new row itself
    done: list[int] = []
    row, column = new_row, -1
    while True:
        rest = [other for other in range(columns) if other not in done]
        for other in rest:
            reduced = cost[row][other] - row_price[row] - column_price[other]
            if reduced < slack[other]:
                slack[other], before[other] = reduced, column
        column = min(rest, key=lambda other: slack[other])
        step = slack[column]
        row_price[new_row] += step
        for other in done:
            row_price[row_of[other]] += step
            column_price[other] -= step
        for other in rest:
            slack[other] -= step
        if row_of[column] < 0:
            break
        done.append(column)
        row = row_of[column]
    while column >= 0:
        earlier = before[column]
        row_of[column] = row_of[earlier] if earlier >= 0 else new_row
        column = earlier
