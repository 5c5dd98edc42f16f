"""The errors of the package, each named once by what is wrong.

    KGError                 exit code 1
    ├── InputError          a source can't be read as a report
    ├── StoreError          a store can't be opened, written or locked
    ├── QueryError          a query is not allowed, malformed, or ran out of time
    │   ├── RefusedError    a query asks for more than reading this store
    │   └── LimitError      a query needs more time, memory or rows than it may have
    ├── RegistryError       the curated actors and places contradict themselves
    ├── LexiconError        a lexicon file can't be understood
    ├── ExportError         a file can't be written
    ├── UsageError          exit code 2: the call itself is wrong
    └── ConformanceError    exit code 3: data does not conform, or a score is below its floor

A message is one line: what is wrong, where, and what to do about it.
"""


class KGError(Exception):
    """Base of all errors that a user can mend."""

    exit_code = 1


class InputError(KGError):
    """A source can't be read as a report."""


class StoreError(KGError):
    """A store can't be opened, written or locked."""


class QueryError(KGError):
    """A query is not allowed, is malformed, or ran out of time."""


class RefusedError(QueryError):
    """A query asks for more than reading this store: a change, another server, a file."""


class LimitError(QueryError):
    """A query needs more time, memory or rows than it may have."""


class RegistryError(KGError):
    """The registry contradicts itself or can't be read."""


class LexiconError(KGError):
    """A lexicon file can't be understood."""


class ExportError(KGError):
    """An output can't be written."""


class UsageError(KGError):
    """The call itself is wrong: unknown name, missing parameter."""

    exit_code = 2


class ConformanceError(KGError):
    """Data does not conform to the shapes, or a score is below its floor."""

    exit_code = 3
