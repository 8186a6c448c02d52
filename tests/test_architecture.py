"""The rules of the architecture, asserted on the source: imports, owners of libraries, lengths, portability."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("ingest", "assistant", "evals")
STEPS = (
    *("screen", "rephrase", "spelling", "route", "retrieve", "calculate"),
    *("compose.step", "compose.passages", "guard"),
)
LIBRARIES = {
    "pypdf": {"ingest.readers.pdf"},
    "chromadb": {"ingest.vectors"},
    "langchain_chroma": {"ingest.vectors"},
    "sentence_transformers": {"ingest.embed"},
    "bm25s": {"ingest.lexical"},
    "Stemmer": {"ingest.tokens"},
    "docx": {"ingest.readers.docx"},
    "bs4": {"ingest.readers.html_tree"},
    "openpyxl": {"assistant.workbook", "evals.sheets"},
    "ir_measures": {"evals.ranked"},
    "langchain_text_splitters": {"evals.bench.pieces"},
    "scipy": {"evals.paired"},
    "text_to_num": {"assistant.parsing.words"},
    "rapidfuzz": {"assistant.spelling"},
    "uvicorn": {"assistant.serve_command"},
    "argon2": {"assistant.desk.keys"},
    "authlib": {"assistant.desk.oidc"},
    "joserfc": {"assistant.desk.oidc"},
    "langchain_core.embeddings": {"ingest.vectors"},
    "langchain_core.tools": {"assistant.tools.langchain_tools"},
    "langchain": {"assistant.model.chat"},
    "langchain_core.messages": {"assistant.model.chat"},
    "langchain_core.language_models": {"assistant.model.chat"},
    "langsmith": {"assistant.model.chat"},
    "httpx2": {"assistant.model.providers"},
}
"""Each large library and the one module that knows it; one a package, where the assistant and the evaluations, which
it must not know, write different things with it. A module that moved is corrected here, never added."""
OWNED_BY_A_PACKAGE = {"sqlalchemy": "assistant.storage", "alembic": "assistant.storage"}
"""Libraries that are a language rather than a service: each subject's tables, queries and migrations are written in
it, and one module of all of them would have no single reason to change. They stay in one package, whose functions
take and give our values only; their exceptions are known to the modules of `MAPPED_IN` alone."""
MAPPED_IN = {"assistant.storage.faults", "assistant.storage.address"}
TRAINING = {"sentence_transformers", "torch"}
"""What the training of the embedded model, which no command of the product runs, may use too."""
ALTERNATIVES = {"evals.bench.afternoon_vectors", "evals.bench.afternoon_words"}
"""What one would build instead of this program, which the bench compares it with: they know the libraries."""
VALUES = {"assistant.conversation"}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 50


@cache
def modules() -> dict[str, Path]:
    """Every module of ours, by its dotted name."""
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


@cache
def tree(module: str) -> ast.Module:
    """The source of a module, parsed."""
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


def nodes(scope: ast.AST, *, typing: bool) -> Iterator[ast.AST]:
    """Everything in a scope, functions included; what is under `if TYPE_CHECKING` only when asked."""
    for child in ast.iter_child_nodes(scope):
        hidden = isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING")
        if typing or not hidden:
            yield child
            yield from nodes(child, typing=typing)


@cache
def imported(module: str, *, typing: bool = True) -> frozenset[str]:
    """The dotted names that a module imports: modules, and names that may be modules."""
    found: set[str] = set()
    for node in nodes(tree(module), typing=typing):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            found.add(node.module or "")
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(found)


def ours(module: str) -> frozenset[str]:
    """The modules of ours that a module imports."""
    return frozenset(name for name in imported(module) if name in modules() and name not in PACKAGES)


def top(name: str) -> str:
    """The package or library of a dotted name."""
    return name.partition(".")[0]


@pytest.mark.parametrize("module", modules())
def test_imports_go_one_way(module: str) -> None:
    """`ingest` knows nothing of ours, `assistant` knows `ingest`, `evals` knows both; nobody knows `evals` or tests."""
    allowed = {"ingest": {"ingest"}, "assistant": {"assistant", "ingest"}, "evals": set(PACKAGES)}[top(module)]
    assert {top(name) for name in imported(module)} & {*PACKAGES, "tests", "conftest"} <= allowed


@pytest.mark.parametrize("module", [name for name in modules() if top(name) == "evals"])
def test_evals_call_the_pipeline_and_not_the_web(module: str) -> None:
    """Except its public contract: what a question may be, and how an answer is written."""
    contract = {f"assistant.web.{name}" for name in ("schemas", "draft_schemas", "chat_request", "limits")}
    assert {name for name in ours(module) if name.startswith("assistant.web")} <= contract


@pytest.mark.parametrize("step", [f"assistant.{step}" for step in STEPS])
def test_steps_do_not_know_each_other(step: str) -> None:
    """Each step takes a turn and gives one; their order is known in one place. What compose is made of is its own."""
    assert step in modules(), "a step was renamed: correct the list"
    own = {name for name in modules() if name.startswith("assistant.compose")} if ".compose." in step else {step}
    steps = {name for name in modules() for other in STEPS if name == f"assistant.{other}"}
    assert ours(step) & (steps - own) == set()


def test_only_the_assembly_knows_all_steps() -> None:
    """A module that imports two steps or more is the composition root."""
    steps = {f"assistant.{step}" for step in STEPS} - {"assistant.compose.passages"}
    assert [name for name in modules() if top(name) == "assistant" and len(ours(name) & steps) > 1] == [
        "assistant.assemble"
    ]


@pytest.mark.parametrize("module", [name for name in modules() if name.startswith("assistant.web")])
def test_the_web_holds_no_policy(module: str) -> None:
    """It knows the values, the seams and itself; what it computes with, it is handed or asks of the tools."""
    known = {name for name in ours(module) if top(name) == "assistant" and not name.startswith("assistant.web")}
    forbidden = {f"assistant.{name}" for name in (*STEPS, "pipeline", "assemble", "settings", "signals", "ranking")}
    forbidden |= {name for name in known if name.startswith("assistant.parsing")}
    assert known & forbidden == set()
    assert {n for n in ours(module) if n.startswith("ingest")} & {
        "ingest.index",
        "ingest.build",
        "ingest.vectors",
    } == set()


def test_nothing_imports_in_a_circle() -> None:
    """Over the three packages, imports inside functions counted; those for type checking only are not executed."""
    graph = {
        name: {one for one in imported(name, typing=False) if one in modules() and one not in PACKAGES} - {name}
        for name in modules()
    }
    left = dict(graph)
    while free := [name for name, needs in left.items() if not needs & left.keys()]:
        for name in free:
            del left[name]
    assert left == {}


@pytest.mark.parametrize("library", LIBRARIES)
def test_each_large_library_has_one_importer(library: str) -> None:
    """Its types and its exceptions stop there."""
    importers = {name for name in modules() if any(f"{one}.".startswith(f"{library}.") for one in imported(name))}
    importers -= ALTERNATIVES
    if library in TRAINING:
        importers = {name for name in importers if not name.startswith("ingest.train")}
    assert len({top(name) for name in LIBRARIES[library]}) == len(LIBRARIES[library])
    assert importers == LIBRARIES[library]


@pytest.mark.parametrize(("library", "package"), OWNED_BY_A_PACKAGE.items())
def test_a_library_that_is_a_language_stays_in_its_package(library: str, package: str) -> None:
    """Nobody outside writes queries; nobody inside, but where they are mapped, knows its exceptions."""
    importers = {name for name in modules() if library in map(top, imported(name))}
    assert importers
    assert {name for name in importers if not name.startswith(f"{package}.")} == set()
    knowing = {name for name in importers for one in imported(name) if top(one) == library and ".exc" in one}
    assert knowing <= MAPPED_IN


@pytest.mark.parametrize("module", [name for name in modules() if top(name) == "assistant"])
def test_the_assistant_needs_no_library_of_ingestion(module: str) -> None:
    """What it knows of a vector store or a model is behind a module of `ingest`."""
    storage = {"chromadb", "langchain_chroma", "sentence_transformers", "torch", "bm25s", "pypdf", "Stemmer"}
    assert {top(name) for name in imported(module)} & storage == set()


@pytest.mark.parametrize("module", modules())
def test_a_module_is_short_and_says_what_it_is(module: str) -> None:
    """A docstring, at most 300 lines, functions of at most 50."""
    assert ast.get_docstring(tree(module))
    assert len(modules()[module].read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    functions = [node for node in ast.walk(tree(module)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    long = {one.name: one.end_lineno - one.lineno + 1 for one in functions if one.end_lineno}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("module", [name for name, path in modules().items() if path.name == "__init__.py"])
def test_a_package_file_is_a_docstring_only(module: str) -> None:
    """`assistant.tools` may hold the tuple of the tools besides."""
    body = tree(module).body[1:]
    if module == "assistant.tools":
        body = [
            node
            for node in body
            if not isinstance(node, ast.ImportFrom)
            and not (isinstance(node, (ast.Assign, ast.AnnAssign)) and "TOOLS" in ast.unparse(node))
        ]
    assert body == []


def test_the_environment_is_read_in_one_place_per_package() -> None:
    """Settings are built once and handed down."""
    readers = {name for name in modules() if re.search(r"\bos\.(environ|getenv)", modules()[name].read_text("utf-8"))}
    assert {name for name in readers if top(name) != "evals"} <= {"ingest.__main__", "ingest.train.__main__"}


@cache
def tracked() -> tuple[Path, ...]:
    """Text files that git knows or would add."""
    git = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(git, capture_output=True, check=True, text=True).stdout.split("\0")
    kinds = {".py", ".toml", ".md", ".yaml", ".yml", ".txt", ".cfg", ".json", ".html", ".css", ".js", ".jsonl", ""}
    paths = [ROOT / name for name in names if name and (ROOT / name).suffix in kinds]
    return tuple(path for path in paths if path.is_file() and path.stat().st_size < 2_000_000)


def test_no_path_or_host_of_a_machine_is_written_down() -> None:
    """The project runs anywhere: no home or work folder, no package mirror, no index address of ours."""
    parts = [
        r"(?<![\w.-])/(?:work|home|root|Users|mnt)/\w",
        r"--(?:extra-)?index-url\s+https?://(?!\S*pytorch\.org)",
        r"\b(?:10|127|192\.168)(?:\.\d+){2,3}:\d+/(?:simple|pypi)",
    ]
    pattern = re.compile("|".join(parts))
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_test_files_have_unique_names() -> None:
    """They are imported by name, without packages."""
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name != "conftest.py"]
    assert sorted(names) == sorted(set(names))
    assert list((ROOT / "tests").rglob("__init__.py")) == []
