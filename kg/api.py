"""The public interface of the package, as `import kg` gives it: the command line's verbs as functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.errors import UsageError
from kg.model import Extraction, Report
from kg.read import Item, read_reports

if TYPE_CHECKING:
    import networkx as nx

    from kg.briefing import Briefing
    from kg.pipeline import Reader, Summary
    from kg.query import Answer
    from kg.registry import Registry
    from kg.store import Store
    from kg.validate import Validation

DEFAULT_STORE = "kg-store"


def read(
    *sources: str | Path, split_lines: bool = False, published: str = "", publisher: str = "", url: str = ""
) -> Iterator[Item]:
    """Yield the reports of files, folders and JSON Lines, and what could not be read.

    Args:
        sources: as for `kg build`; "-" is standard input.
        split_lines: whether text files hold one report a line.
        published: ISO date of reports that state none.
        publisher: publisher of reports that state none.
        url: address of reports that state none.

    Raises:
        UsageError: no source is given, or `published` or `url` is not what it should be.
    """
    names = [str(source) for source in sources]
    return read_reports(names, split_lines=split_lines, published=published, publisher=publisher, url=url)


def extract(
    text: str, *, published: str = "", publisher: str = "", own: Sequence[str | Path] = ()
) -> Extraction:
    """Return the mentions and facts of one text.

    Args:
        text: a headline, a lede or an article in English.
        published: ISO date against which "yesterday" is understood; "" leaves relative dates open.
        publisher: who published it.
        own: files of actors of one's own, laid over the registry that is shipped.

    Raises:
        RegistryError: such a file can't be read or breaks a rule of the registry.
    """
    from kg.text import clean

    report = Report(clean(text), published=published, publisher=publisher)
    return next(iter(extractor(*own).extract([report])))


def build(
    *sources: str | Path | Report,
    store: str | Path = DEFAULT_STORE,
    out: str | Path | None = None,
    own: Sequence[str | Path] = (),
) -> Summary:
    """Read reports into a store, as `kg build` does, and return what was done.

    Args:
        sources: reports, or files and folders of them.
        store: folder of the store; it is made where it is missing.
        out: folder for graph.ttl, network.html and the other files; None writes none.
        own: files of actors of one's own, laid over the registry that is shipped. Give the same ones
            whenever you build into this store, else its reports are read again without them.

    Raises:
        RegistryError: such a file can't be read or breaks a rule of the registry.
        StoreError: the store can't be opened or written.
        ExportError: an output can't be written.
    """
    from kg import pipeline
    from kg.store import open_store

    given: list[Item] = [source for source in sources if isinstance(source, Report)]
    names = [source for source in sources if not isinstance(source, Report)]
    found = started(chain(given, read(*names) if names or not given else ()))
    held = registry(*own)
    with open_store(store) as opened:
        summary = pipeline.build(found, opened, held, lambda: extractor(*own))
        if out is not None:
            pipeline.write_outputs(opened, out)
    return summary


def open(store: str | Path = DEFAULT_STORE, *, in_memory: bool = False) -> KnowledgeGraph:
    """Open a store to ask it questions; use it in a `with` block.

    Args:
        store: its folder.
        in_memory: read it into memory first, 10 s and half a gigabyte a million statements: most queries
            then run 2 to 10 times as fast.

    Raises:
        StoreError: there is no store in the folder.
    """
    from kg.store import open_store

    return KnowledgeGraph(open_store(store, read_only=True, in_memory=in_memory))


def validate(source: str | Path) -> Validation:
    """Return what of an RDF file does not conform to the shapes and terms of the ontology.

    Raises:
        InputError: the file can't be read.
    """
    from kg.validate import validate as conformance

    return conformance(Path(source))


class KnowledgeGraph:
    """An open store: query it, project it, take it away. It shows what was written until it was opened."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def query(
        self, name_or_text: str, *, limit: int | None = None, timeout: float | None = None, **params: str
    ) -> Answer:
        """Return the answer to a named query or to SPARQL: rows, a DataFrame or a graph.

        Args:
            name_or_text: the name of a query of `kg queries`, or the text of one.
            limit: the most rows to return; None returns all.
            timeout: seconds after which the query is stopped; None lets it run.
            params: values of the query's parameters.

        Raises:
            QueryError: the query is not allowed, malformed, or ran out of time.
            UsageError: a parameter is missing, unknown or of another type.
        """
        from kg.query import Answer, names, run

        results = run(self.store, name_or_text, params, limit=limit, timeout=timeout)
        return Answer(results, names(self.store, results))

    def graph(self, *, actors_only: bool = False) -> nx.MultiDiGraph:
        """Return the networkx graph: actors, events and places, or actors alone."""
        from kg.projection import actor_graph, full_graph

        return actor_graph(self.store) if actors_only else full_graph(self.store)

    def export(self, target: str | Path, *, file_format: str = "", with_text: bool = False) -> None:
        """Write the graph to a file; its suffix says the format where none is named.

        Raises:
            UsageError: the format is unknown.
            ExportError: the file can't be written.
        """
        from kg.export import export

        export(self.store, target, file_format=file_format, with_text=with_text)

    def explain(self, name: str) -> str:
        """Return what is known of one thing, with every statement behind it.

        Args:
            name: of an actor, event or place: a name, alias or slug; or the reference or IRI of anything in
                the store, for instance of a proposition, with what names it in turn.

        Raises:
            UsageError: nothing, or more than one thing, has that name.
        """
        from kg.briefing.reach import actor_named, part
        from kg.profile import described, find, profile
        from kg.projection import full_graph
        from kg.vocab import ref

        if (actor := actor_named(self.store, name)) is not None:
            # Projecting the whole would take minutes where it is large.
            graph = full_graph(part(self.store, actor), registry="all")
            if ref(actor) in graph:
                return profile(graph, ref(actor))
        graph = full_graph(self.store, registry="all")
        try:
            node = find(graph, name)
        except UsageError:
            if text := described(self.store, name):
                return text
            raise
        return profile(graph, node)

    def report(self, actor: str, *, since: str = "", until: str = "") -> Briefing:
        """Return the briefing on an actor: `.html()` and `.markdown()` write it out.

        Args:
            actor: a name, alias, slug, reference or IRI.
            since: ISO date in any precision; only what may fall on or after it, and what has no date.
            until: likewise, and inclusive: "2018-06" lets in all of June.

        Raises:
            UsageError: no or more than one actor has that name, or the period is none.
        """
        from kg.briefing import briefing

        return briefing(self.store, actor, since=since, until=until)

    def validate(self) -> Validation:
        """Return what of the store does not conform to the shapes and terms of the ontology."""
        from kg.validate import validate as conformance

        return conformance(self.store)

    def close(self) -> None:
        """Give the store's folder back."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def started(items: Iterable[Item]) -> Iterator[Item]:
    """Return the items, the first of them read: a wrong call is then refused before a store is made.

    Raises:
        UsageError: as `kg.read.read_reports`.
    """
    waiting = iter(items)
    return chain(list(islice(waiting, 1)), waiting)


def registry(*own: str | Path) -> Registry:
    """Return the registry of actors and places that is shipped, with files of one's own laid over it.

    Args:
        own: Turtle or CSV files; a later one overrides an earlier one.

    Raises:
        RegistryError: a file can't be read or breaks a rule of the registry.
    """
    if own:
        from kg.curation import own_registry

        return own_registry(own)
    from kg.registry import load

    return load()


def extractor(*own: str | Path) -> Reader:
    """Return the extractor on the registry with files of one's own; loading its language model takes seconds.

    Raises:
        RegistryError: as `registry`.
    """
    held = registry(*own)
    if held.digest not in _extractors:
        from kg.pipeline.reading import Reading

        _extractors[held.digest] = Reading(held)
    return _extractors[held.digest]


def sample_sources() -> Sequence[str]:
    """Return the files of sample reports that are shipped.

    Raises:
        UsageError: the installation has none.
    """
    from kg.resources import samples_dir

    files = sorted(str(path) for path in samples_dir().glob("*.jsonl"))
    if not files:
        raise UsageError("this installation has no sample reports")
    return files


_extractors: dict[str, Reader] = {}  # by digest of the registry: the model is loaded once for each
__all__ = ["KnowledgeGraph", "build", "extract", "open", "read", "validate"]
