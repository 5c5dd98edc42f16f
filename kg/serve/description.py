"""What the endpoint says of itself.

Source: SPARQL 1.1 Service Description (W3C Recommendation, 2013); VoID for the rule of the data set.
"""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.export.select import rules
from kg.serve import media
from kg.vocab import MKG, PREFIXES, RDF, VOID

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip
_KINDS = {
    media.TURTLE: RdfFormat.TURTLE,
    media.NTRIPLES: RdfFormat.N_TRIPLES,
    media.RDF_XML: RdfFormat.RDF_XML,
    media.JSON_LD: RdfFormat.JSON_LD,
}


def description(endpoint: str, wanted: str) -> bytes:
    """Return the service description.

    Args:
        endpoint: the address of the endpoint.
        wanted: a media type of `kg.serve.media.GRAPHS`.
    """
    prefixes = {"sd": _SD, "void": PREFIXES["void"], "mkg": PREFIXES["mkg"]}
    return serialize(_triples(endpoint), format=_KINDS[wanted], prefixes=prefixes) or b""


def _triples(endpoint: str) -> list[Triple]:
    service, dataset, graph = NamedNode(endpoint), BlankNode("dataset"), BlankNode("graph")
    features = ("UnionDefaultGraph",)
    return [
        Triple(service, RDF.type, _sd("Service")),
        Triple(service, _sd("endpoint"), service),
        Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        *(Triple(service, _sd("feature"), _sd(name)) for name in features),
        *(Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name)) for name in _RESULT_FORMATS),
        Triple(service, _sd("defaultDataset"), dataset),
        Triple(dataset, RDF.type, _sd("Dataset")),
        Triple(dataset, RDF.type, VOID.Dataset),
        Triple(dataset, _sd("defaultGraph"), graph),
        Triple(graph, RDF.type, _sd("Graph")),
        *(Triple(dataset, MKG.rule, Literal(rule.value, language=rule.language)) for rule in rules()),
    ]


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
