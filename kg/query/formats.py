"""Answers as text in the W3C's formats: CSV (made safe for spreadsheets), SPARQL JSON and XML, Turtle."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, serialize

from kg.errors import UsageError
from kg.store import Results
from kg.store.results import Cell, Row
from kg.vocab import PREFIXES, XSD

_FORMULA = re.compile(r"[=+\-@\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def table_of(results: Results) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Return columns and rows; a truth value is one cell, triples are three columns."""
    if results.boolean is not None:
        return ("answer",), ((Literal(results.boolean),),)
    if results.triples is None:
        return results.variables, results.rows
    rows = []
    for triple in results.triples:
        cells = (triple.subject, triple.predicate, triple.object)
        rows.append(
            tuple(cell if isinstance(cell, NamedNode | BlankNode | Literal) else None for cell in cells)
        )
    return ("subject", "predicate", "object"), tuple(rows)


def as_csv(results: Results) -> str:
    """Return SPARQL 1.1 CSV, where a cell that a spreadsheet would run as a formula begins with `'`.

    Source: SPARQL 1.1 Query Results CSV and TSV Formats, section 3; OWASP, "CSV Injection".
    """
    columns, rows = table_of(results)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def sparql_json(results: Results) -> str:
    """Return SPARQL 1.1 Query Results JSON; triples have none.

    Raises:
        UsageError: the results are triples.
    """
    if results.triples is not None:
        raise UsageError("triples have no SPARQL JSON: write them as ttl, csv or table")
    if results.boolean is not None:
        return json.dumps({"head": {}, "boolean": results.boolean}) + "\n"
    bindings = [
        {
            name: _json_term(cell)
            for name, cell in zip(results.variables, row, strict=True)
            if cell is not None
        }
        for row in results.rows
    ]
    answer = {"head": {"vars": list(results.variables)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def sparql_xml(results: Results) -> str:
    """Return SPARQL Query Results XML (second edition); a character that XML can't hold becomes U+FFFD.

    Raises:
        UsageError: the results are triples.
    """
    if results.triples is not None:
        raise UsageError("triples have no SPARQL XML: write them as ttl, csv or table")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#">',
    ]
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in results.variables)
    lines.append(f"<head>{variables}</head>")
    if results.boolean is not None:
        lines.append(f"<boolean>{str(results.boolean).lower()}</boolean>")
    else:
        lines.append("<results>")
        for row in results.rows:
            cells = (
                f"<binding name={quoteattr(name)}>{_xml_term(cell)}</binding>"
                for name, cell in zip(results.variables, row, strict=True)
                if cell is not None
            )
            lines.append(f"<result>{''.join(cells)}</result>")
        lines.append("</results>")
    return "\n".join([*lines, "</sparql>", ""])


def sparql_tsv(results: Results) -> str:
    """Return SPARQL 1.1 TSV: terms as in Turtle, so that nothing is lost.

    Raises:
        UsageError: the results are triples.
    """
    if results.triples is not None:
        raise UsageError("triples have no SPARQL TSV: write them as ttl, csv or table")
    columns, rows = table_of(results)
    head = "\t".join(f"?{name}" for name in columns)
    lines = ("\t".join("" if cell is None else _tsv_cell(cell) for cell in row) for row in rows)
    return "\n".join([head, *lines, ""])


def turtle(results: Results) -> str:
    """Return triples as Turtle, sorted, with the prefixes of `kg.vocab` that occur.

    Raises:
        UsageError: the results are not triples.
    """
    if results.triples is None:
        raise UsageError(
            "only CONSTRUCT and DESCRIBE give triples: write other answers as csv, json, xml or table"
        )
    text = "".join(str(triple) for triple in results.triples)
    used = {prefix: base for prefix, base in PREFIXES.items() if base in text}
    body = serialize(results.triples, format=RdfFormat.TURTLE, prefixes=used)
    return (body or b"").decode()


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    text = f"_:{cell.value}" if isinstance(cell, BlankNode) else cell.value
    plain_number = isinstance(cell, Literal) and cell.datatype != XSD.string and _NUMBER.fullmatch(text)
    return "'" + text if _FORMULA.match(text) and not plain_number else text


def _tsv_cell(cell: NamedNode | BlankNode | Literal) -> str:
    return str(cell).replace("\t", "\\t")  # N-Triples escapes line breaks, and may leave tabs as they are


def _json_term(cell: Cell) -> dict[str, str]:
    if isinstance(cell, NamedNode):
        return {"type": "uri", "value": cell.value}
    if isinstance(cell, BlankNode):
        return {"type": "bnode", "value": cell.value}
    assert isinstance(cell, Literal)
    term = {"type": "literal", "value": cell.value}
    if cell.language:
        term["xml:lang"] = cell.language
    elif cell.datatype != XSD.string:
        term["datatype"] = cell.datatype.value
    return term


def _xml_term(cell: Cell) -> str:
    assert cell is not None
    text = escape(_NOT_XML.sub("\ufffd", cell.value), {"\r": "&#13;"})
    if isinstance(cell, NamedNode):
        return f"<uri>{text}</uri>"
    if isinstance(cell, BlankNode):
        return f"<bnode>{text}</bnode>"
    if cell.language:
        return f"<literal xml:lang={quoteattr(cell.language)}>{text}</literal>"
    if cell.datatype != XSD.string:
        return f"<literal datatype={quoteattr(cell.datatype.value)}>{text}</literal>"
    return f"<literal>{text}</literal>"
