"""Texts that wait for their language are no markup, whatever name stands in them."""

from flask import Flask, render_template_string
from flask_babel import lazy_gettext as _l
from markupsafe import escape

from tests.browser import Browser
from tests.factories import OrganizationFactory

HOSTILE = "<img src=x>"


def test_a_name_in_a_waiting_text_is_escaped(app: Flask) -> None:
    text = _l("%(name)s is added.", name=HOSTILE)
    assert "<" not in escape(text)
    with app.test_request_context():
        shown = render_template_string("{{ text }} {{ [text, text]|join(' ') }}", text=text)
    assert "<" not in shown


def test_a_name_in_a_refusal_is_escaped(app: Flask, staff: Browser) -> None:
    OrganizationFactory(name=f"Işık {HOSTILE}", registry_no="35-123-456")
    page = staff.get("/kuruluslar/yeni").submit(
        "Kuruluşu ekle", 409, name="Öteki", registry_no="35-123-456"
    )
    assert HOSTILE in page.soup.find(id="registry_no-error").get_text()
    assert page.soup.select("main img") == []
