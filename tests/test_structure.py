"""The shape of the house: small files and functions, speaking names, clean templates, floors that
hold. Whoever is over a limit splits by noun; nobody raises the number."""

import ast
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "coordinator"
SOURCES = sorted([*HOUSE.rglob("*.py"), ROOT / "config.py", ROOT / "wsgi.py"])
TEMPLATES = sorted(HOUSE.glob("**/templates/**/*.*"))
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base", "shared"}
LINES, FUNCTION, VIEW = 300, 40, 25
# A mail program knows no style sheet: in letters, and only there, styles stand in the text.
IN_A_LETTER = re.compile(r"/email/|/mailbox/")
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has below its name, without its docstring."""
    first = node.body[0]
    is_doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    said = (first.end_lineno or 0) - first.lineno + 1 if is_doc else 0
    return (node.end_lineno or 0) - node.lineno + 1 - said


def is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("blueprint." in ast.unparse(one) for one in node.decorator_list)


def test_files_are_short() -> None:
    lines = {name(path): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert {file: count for file, count in lines.items() if count >= LINES} == {}


def test_functions_are_short_and_views_shorter() -> None:
    long = [
        f"{name(path)}:{node.lineno} {node.name}: {length(node)} lines"
        for path in SOURCES
        for node in functions(path)
        if length(node) > FUNCTION or (length(node) > VIEW and is_view(node))
    ]
    assert long == []


def test_files_and_folders_have_speaking_names() -> None:
    vague = [name(path) for path in HOUSE.rglob("*") if path.stem.lower() in VAGUE - {"base"}]
    assert vague == []


def test_imports_stand_on_top() -> None:
    hidden = [
        f"{name(path)}:{node.lineno} {function.name} imports"
        for path in SOURCES
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_the_settings_know_nothing_of_the_application() -> None:
    tree = ast.parse((ROOT / "config.py").read_text("utf-8"))
    imported = {
        node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    } | {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    assert not [one for one in imported if one.split(".")[0] in {"coordinator", "wsgi", "flask"}]


UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+false")
ONLY_IN_LETTERS = [
    re.compile(r"\sstyle\s*="),
    re.compile(r"\son[a-z]+\s*=\s*[\"']"),
    re.compile(r"<style|javascript:"),
    re.compile(r"<script(?![^>]*\ssrc=)"),
    re.compile(r"(src|href)=[\"'](https?:)?//"),
]


def test_templates_hold_no_style_script_or_unescaped_text() -> None:
    wrong = []
    for path in TEMPLATES:
        text = COMMENT.sub(lambda said: "\n" * said[0].count("\n"), path.read_text("utf-8"))
        banned = [UNESCAPED]
        if not IN_A_LETTER.search(path.as_posix()):
            banned += ONLY_IN_LETTERS
        for found in (found for pattern in banned for found in pattern.finditer(text)):
            line = text.count("\n", 0, found.start()) + 1
            wrong.append(f"{name(path)}:{line} {found[0]!r}")
    assert wrong == []


def template_name(path: Path) -> str:
    return path.as_posix().partition("/templates/")[2]


def test_every_template_is_used_and_every_name_is_one() -> None:
    there = {template_name(path) for path in TEMPLATES}
    code = "\n".join(path.read_text("utf-8") for path in SOURCES)
    pages = "\n".join(COMMENT.sub("", path.read_text("utf-8")) for path in TEMPLATES)
    named = set(re.findall(r"[\"']([\w/.-]+\.(?:html|txt))[\"']", code + pages))
    stems = set(re.findall(r"[\"']([\w/]+/email/\w+)[\"']", code)) | made_stems(code)
    used = named | {f"{stem}.{kind}" for stem in stems for kind in ("html", "txt")}
    assert sorted(there - used) == []
    assert sorted(one for one in named if "/" in one and one not in there) == []


def made_stems(code: str) -> set[str]:
    """Return the names of letters that are put together: f"accounts/email/{name}"."""
    folders = re.findall(r"f[\"']([\w/]+/email/)\{", code)
    return {
        f"{folder}{path.stem}"
        for folder in folders
        for path in TEMPLATES
        if template_name(path).startswith(folder)
    }


FLOORS = "Packages import down the floors only, and every package and file has a floor"
ROOMS = "Inside a package the rooms import one way"
START = "The application does not know how it is started or set"
# The file, the line that is planted there, the contract that it breaks, and how that is told.
PLANTED = [
    ("registry/models.py", "from coordinator.meetings import models as above", FLOORS,
     "coordinator.registry.models -> coordinator.meetings.models"),
    ("dashboard/models.py", "import coordinator.reports", FLOORS,
     "coordinator.dashboard.models -> coordinator.reports"),
    ("turkish.py", "from coordinator.accounts import models", FLOORS,
     "coordinator.turkish -> coordinator.accounts.models"),
    ("helpers.py", "", FLOORS, "- coordinator.helpers"),
    ("newcomer/__init__.py", "", FLOORS, "- coordinator.newcomer"),
    ("meetings/models.py", "from coordinator.meetings import views", ROOMS,
     "coordinator.meetings.models -> coordinator.meetings.views"),
    ("accounts/operations/people.py", "from coordinator.accounts import forms", ROOMS,
     "coordinator.accounts.operations.people -> coordinator.accounts.forms"),
    ("audit/queries.py", "from coordinator.audit import operations", ROOMS,
     "coordinator.audit.queries -> coordinator.audit.operations"),
    ("clock.py", "import config", START, "coordinator.clock -> config"),
]  # fmt: skip


@pytest.mark.slow
def test_a_wrong_import_fails_the_build(tmp_path: Path) -> None:
    """All are planted at once, and each must be named under the contract that it breaks."""
    shutil.copytree(HOUSE, tmp_path / "coordinator", ignore=only_code)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, line, _contract, _named in PLANTED:
        planted = tmp_path / "coordinator" / file
        planted.parent.mkdir(exist_ok=True)
        with planted.open("a", encoding="utf-8") as source:
            source.write(f"\n{line}\n")
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command, "--no-cache"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout
    told = done.stdout.partition("\nBroken contracts\n")[2]
    for file, _line, contract, named in PLANTED:
        under = told.partition(f"\n{contract}\n---")[2].partition("\n---")[0]
        assert re.search(rf"{re.escape(named)}\b", under), f"{file} under {contract}:\n{told}"


def only_code(folder: str, names: list[str]) -> set[str]:
    """Leave everything out that import-linter does not read."""
    kept = {one for one in names if one.endswith(".py") or (Path(folder) / one).is_dir()}
    return set(names) - kept | {"__pycache__", "static", "templates", "translations"} & set(names)
