"""Maintenance: the derived graphs kept up to date; a change recomputes the blocks that it touches."""

from kg.maintenance.update import CHUNK, DERIVED, Maintenance

__all__ = ["CHUNK", "DERIVED", "Maintenance"]
