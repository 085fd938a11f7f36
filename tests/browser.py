"""A test client that reads pages as people do and complains about what they would stumble on."""

from collections import Counter
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import lxml.html
import sqlalchemy as sa
from bs4 import BeautifulSoup, Tag
from flask import Flask, g, request_started, session
from werkzeug.test import TestResponse

from coordinator.accounts import signed_in
from coordinator.accounts.models import User
from coordinator.extensions import db


@request_started.connect
def begin_anew(*_args: Any, **_more: Any) -> None:
    """Empty `g`: the test's application context outlives its requests, and would keep the first
    request's account, language and nonce for all that follow."""
    for name in list(g):
        g.pop(name)


def _selected(select: Tag) -> Any:
    """Return what a browser would send for a select element."""
    chosen = [str(option.get("value", "")) for option in select.select("option[selected]")]
    if select.has_attr("multiple"):
        return chosen
    first = [str(option.get("value", "")) for option in select.select("option")][:1]
    return (chosen or first or [""])[0]


WRITTEN = "//text()[not(ancestor::script or ancestor::style)]"


class Page:
    """A page that was answered, with the means to read it and to send its forms."""

    def __init__(self, browser: "Browser", response: TestResponse) -> None:
        self.browser, self.response = browser, response
        self.path = response.request.full_path.rstrip("?")

    @cached_property
    def tree(self) -> Any:
        """The page as elements: what every page is looked over by, quicker than the soup."""
        return lxml.html.document_fromstring(self.response.get_data(as_text=True) or "<html>")

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page for whoever looks for something in it."""
        return BeautifulSoup(self.response.get_data(as_text=True), "lxml")

    @cached_property
    def text(self) -> str:
        """All that is written on the page, in single spaces."""
        return " ".join(" ".join(self.tree.xpath(WRITTEN)).split())

    @property
    def h1(self) -> str:
        return " ".join(self.soup.h1.get_text(" ").split()) if self.soup.h1 else ""

    def errors(self) -> dict[str, str]:
        """Return what the box on top says is wrong, by the input that each line leads to.

        Complains where the title does not say so, where the box is not above what it is about, and
        where a line leads nowhere.
        """
        (box,) = self.soup.select(".p-errors")
        title = self.soup.title.get_text() if self.soup.title else ""
        assert title.startswith(("Hata:", "Error:")), title
        assert not box.find_parents(["details", "article", "form"]), "the box is within a part"
        told = {str(one["href"])[1:]: " ".join(one.get_text(" ").split()) for one in box("a")}
        assert all(self.soup.find(id=target) for target in told), told
        return told

    def link(self, text: str) -> str:
        """Return the address of the link that reads `text`."""
        for anchor in self.soup.find_all("a"):
            if text in " ".join(anchor.get_text(" ").split()):
                return str(anchor["href"])
        raise AssertionError(f"no link reads {text!r} on {self.path}")

    def rows(self) -> list[str]:
        """Return the rows of the page's tables, each in single spaces."""
        rows = self.soup.select("tbody tr")
        return [" ".join(row.get_text(" ").split()) for row in rows]

    def form(self, button: str) -> Tag:
        """Return the form that holds the button which reads `button`."""
        for candidate in self.soup.select("button, input[type=submit]"):
            label = candidate.get_text(" ") or candidate.get("value", "")
            if button in " ".join(str(label).split()):
                form = (
                    self.soup.find(id=candidate["form"])
                    if candidate.has_attr("form")
                    else candidate.find_parent("form")
                )
                assert isinstance(form, Tag), f"the button {button!r} is in no form"
                return form
        raise AssertionError(f"no button reads {button!r} on {self.path}")

    def filled(self, form: Tag, button: str = "") -> dict[str, Any]:
        """Return what a browser would send for the form as it stands."""
        values: dict[str, Any] = {}
        own = list(form.select("input, select, textarea, button"))
        if form.get("id"):
            own += [e for e in self.soup.select(f'[form="{form["id"]}"]') if e not in own]
        for element in own:
            name = str(element.get("name") or "")
            if not name:
                continue
            kind = element.get("type", "")
            if element.name == "button" or kind == "submit":
                if button and button in " ".join(element.get_text(" ").split()):
                    values[name] = str(element.get("value", ""))
            elif element.name == "select":
                values[name] = _selected(element)
            elif kind in {"checkbox", "radio"}:
                if element.has_attr("checked"):
                    value = str(element.get("value", "on"))
                    values[name] = [*values.get(name, []), value] if kind == "checkbox" else value
            elif kind != "file":
                text = element.get_text() if element.name == "textarea" else element.get("value")
                values[name] = str(text or "").replace("\r\n", "\n").removeprefix("\n")
        return values

    def submit(self, button: str, status: int = 200, **values: Any) -> "Page":
        """Send the form with the button, some fields changed; follow where it leads."""
        form = self.form(button)
        data = {**self.filled(form, button), **values}
        data = {name: value for name, value in data.items() if value is not None}
        action = str(form.get("action") or self.path)
        method = str(form.get("method") or "get").lower()
        if method == "get":
            return self.browser.get(action, status, query=data)
        return self.browser.post(action, data, status)


class Browser:
    """One person's browser. Before each request it commits what the test has prepared."""

    def __init__(self, app: Flask, language: str = "tr") -> None:
        self.app = app
        self.client = app.test_client()
        self.client.set_cookie("dil", language)
        self.user: User | None = None

    def sign_in(self, user: User) -> "Browser":
        """Sign in as the account, without the sign-in page."""
        db.session.commit()
        with self.app.test_request_context():
            signed_in.start(db.session.get_one(User, user.id))
            db.session.commit()
            kept = dict(session)
        with self.client.session_transaction() as cookie:
            cookie.update(kept)
        self.user = user
        return self

    def get(self, path: str, status: int = 200, query: Any = None) -> Page:
        """Open a page, follow redirects, and check it."""
        return self._read("GET", path, status, query_string=query)

    def post(self, path: str, data: Any = None, status: int = 200) -> Page:
        """Send data as it is (with no CSRF token of its own), follow redirects."""
        return self._read("POST", path, status, data=data or {}, content_type="multipart/form-data")

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        """Make a bare request: no redirects followed, nothing checked."""
        db.session.commit()
        response = self.client.open(path, method=method, **options)
        db.session.expire_all()
        return response

    def _read(self, method: str, path: str, status: int, **options: Any) -> Page:
        response = self.send(method, path, follow_redirects=True, **options)
        page = Page(self, response)
        assert response.status_code == status, (
            f"{method} {path} answered {response.status_code}, not {status}: {page.text[:600]}"
        )
        if response.mimetype == "text/html":
            check(page)
        return page


def check(page: Page) -> None:
    """Complain about a page that people would stumble on."""
    if b"<html" not in page.response.get_data():
        return  # a part of a page
    tree, path = page.tree, page.path
    assert tree.get("lang") in {"tr", "en"}, f"{path}: no language"
    headings = [_words(one) for one in tree.iter("h1")]
    assert len(headings) == 1, f"{path}: {len(headings)} main headings"
    title = _words(next(tree.iter("title")))
    assert headings[0] in title, f"{path}: the title {title!r} does not hold {headings[0]!r}"
    elements = list(tree.iter("*"))
    ids = Counter(element.get("id") for element in elements if "id" in element.attrib)
    doubled = [name for name, times in ids.items() if times > 1]
    assert not doubled, f"{path}: ids used twice: {doubled}"
    named = {one.get("for") for one in tree.iter("label") if one.get("for") is not None}
    for element in elements:
        if element.tag in {"input", "select", "textarea"}:
            assert _is_labelled(element, named), f"{path}: {element.get('name')} has no label"
        for target in (element.get("aria-describedby") or "").split():
            assert target in ids, f"{path}: described by {target}, which is not there"
        assert "style" not in element.attrib, f"{path}: inline style"
        handlers = [name for name in element.attrib if name.startswith("on")]
        assert not handlers, f"{path}: inline handlers {handlers}"


def _words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _is_labelled(element: Any, named: set[str]) -> bool:
    return bool(
        element.get("type") in {"hidden", "submit"}
        or element.get("aria-label")
        or element.get("aria-labelledby")
        or element.get("id") in named
        or next(element.iterancestors("label"), None) is not None
    )


@contextmanager
def counted_statements() -> Any:
    """Collect the SQL statements of the block: `with counted_statements() as statements:`."""
    statements: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
