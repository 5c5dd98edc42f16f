"""Reading facts out of reports: names, sentences, events, relations, claims, stance."""

from kg.extract.extractor import Extractor

__all__ = ["Extractor"]
