"""Incidents: what a report as a whole tells of violence, who did what to whom and with what.

Facts say what one sentence states. An incident gathers the whole report: the noun phrases that the
weights of ontology/lexicon/incidents.toml hold for its perpetrators, targets, victims and weapons.
"""

from __future__ import annotations

from kg.incidents.reading import Incident, incidents
from kg.incidents.sketch import Sketch, sketch
from kg.incidents.weights import load as load_weights

__all__ = ["Incident", "Sketch", "incidents", "load_weights", "sketch"]
