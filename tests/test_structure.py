"""The shape of the house: small files and functions, speaking names, clean templates, floors that
hold. Whoever is over a limit splits by noun; nobody raises the number."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
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


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has below its name, without its docstring."""
    first = node.body[0]
    is_doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    said = (first.end_lineno or 0) - first.lineno + 1 if is_doc else 0
    return (node.end_lineno or 0) - node.lineno + 1 - said


def is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("blueprint." in ast.unparse(one) for one in node.decorator_list)


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < LINES


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_functions_are_short_and_views_shorter(path: Path) -> None:
    long = [
        f"{node.name}: {length(node)} lines"
        for node in functions(path)
        if length(node) > (VIEW if is_view(node) else FUNCTION)
    ]
    assert long == []


def test_files_and_folders_have_speaking_names() -> None:
    vague = [name(path) for path in HOUSE.rglob("*") if path.stem.lower() in VAGUE - {"base"}]
    assert vague == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_imports_stand_on_top(path: Path) -> None:
    hidden = [
        f"{function.name} imports"
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


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_hold_no_style_script_or_unescaped_text(path: Path) -> None:
    text = COMMENT.sub("", path.read_text("utf-8"))
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", text)
    if IN_A_LETTER.search(path.as_posix()):
        return
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<style|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(src|href)=[\"'](https?:)?//", text)


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


PLANTED = [
    (
        "coordinator/registry/models.py",
        "from coordinator.meetings import models as above",
        "Packages import down the floors only",
    ),
    ("coordinator/dashboard/models.py", "import coordinator.reports", "Packages import down"),
    ("coordinator/turkish.py", "from coordinator.accounts import models", "Packages import down"),
    ("coordinator/helpers.py", "", "Packages import down the floors only"),
    ("coordinator/newcomer/__init__.py", "", "Packages import down the floors only"),
    (
        "coordinator/meetings/models.py",
        "from coordinator.meetings import views",
        "Inside a package the rooms import one way",
    ),
    (
        "coordinator/accounts/operations/people.py",
        "from coordinator.accounts import forms",
        "Inside a package the rooms import one way",
    ),
    (
        "coordinator/audit/queries.py",
        "from coordinator.audit import operations",
        "Inside a package the rooms import one way",
    ),
    ("coordinator/clock.py", "import config", "does not know how it is started"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("file", "line", "broken"), PLANTED)
def test_a_wrong_import_fails_the_build(tmp_path: Path, file: str, line: str, broken: str) -> None:
    shutil.copytree(HOUSE, tmp_path / "coordinator", ignore=only_code)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / file
    planted.parent.mkdir(exist_ok=True)
    with planted.open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command, "--no-cache"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout
    broken_ones = " ".join(done.stdout.partition("Broken contracts")[2].split())
    assert broken in broken_ones, done.stdout


def only_code(folder: str, names: list[str]) -> set[str]:
    """Leave everything out that import-linter does not read."""
    kept = {one for one in names if one.endswith(".py") or (Path(folder) / one).is_dir()}
    return set(names) - kept | {"__pycache__", "static", "templates", "translations"} & set(names)
