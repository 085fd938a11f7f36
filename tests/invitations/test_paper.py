"""A letter on paper: what stands in it, and the address that people type from it."""

from typing import Any

import pytest

from coordinator import links
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations import exports, operations, queries
from coordinator.invitations.models import Addressee
from coordinator.meetings.models import Mode
from coordinator.registry.models import Channel
from tests.factories import MeetingFactory, OrganizationFactory


def on_paper(**meeting: object) -> tuple[list[Addressee], dict[int, str]]:
    """Return the addressees of a new meeting on paper, and their short codes."""
    one = OrganizationFactory(name="Adalete Erişim")
    made = MeetingFactory(**meeting)
    operations.choose(meeting=made, organizations=[one], actor=COMMAND)
    (invitation,) = queries.chosen(made.id)
    db.session.add(Addressee(invitation=invitation, channel=Channel.POST))
    operations.invite(meeting=made, organizations=[one], actor=COMMAND)
    rows = queries.addressees.on_paper(made.id)
    codes = operations.prepare_paper(addressees=rows, actor=COMMAND)
    db.session.commit()
    return rows, codes


@pytest.mark.parametrize(
    ("mode", "place", "where"),
    [(Mode.HYBRID, "Kültürpark", "Kültürpark"), (Mode.ONLINE, "", "Çevrim içi")],
)
def test_the_letter_of_an_online_meeting_holds_its_link(app, monkeypatch, mode, place, where):
    rows, codes = on_paper(
        mode=mode, place=place, address="", online_url="https://video.example/oda/25-kasim"
    )
    seen: dict[str, Any] = {}
    monkeypatch.setattr("coordinator.printing.pdf", lambda _file, data: seen.update(data) or b"")
    with app.test_request_context():
        exports.letters(rows, codes)
    facts = dict(seen["sheets"][0]["facts"])
    assert facts["Nerede"] == where
    assert facts["Çevrim içi bağlantı"] == "https://video.example/oda/25-kasim"


def test_the_code_is_taken_however_a_phone_types_it(app, browser):
    _rows, codes = on_paper()
    (code,) = codes.values()
    link = links.find_short("invitation", code)
    assert link is not None
    page = f"/davet/{links.token_of(link)}"
    plain = code.replace("-", "")
    for typed in (
        code, f"{code}/", plain.upper(), code.replace("-", "–"), code.replace("-", "—"),
        code.replace("-", "%20"), f"%20{code}%20",
    ):  # fmt: skip
        for begin in ("/d/", "/D/"):
            answer = browser.send("GET", begin + typed)
            assert (answer.status_code, answer.headers.get("Location")) == (303, page), typed
    for begin in ("/d", "/D", "/d/", "/D/"):
        form = browser.get(begin)
        assert form.h1 == "Mektubunuzdaki kod"
    wrong = form.submit("Daveti aç", 404, kod="abcd – efgh")
    assert "Mektuptakiyle karşılaştırın." in wrong.soup.select_one("#kod-error").text
    assert wrong.soup.select_one("[name=kod]")["value"] == "abcd – efgh"
    right = wrong.submit("Daveti aç", kod=code.replace("-", " – ").upper())
    assert right.path.startswith(page)
    assert "Mektubunuzdaki kod" in browser.get("/d/yanlis", 404).text


def test_a_closed_link_names_whom_to_call_and_write_to(app, browser):
    _rows, codes = on_paper()
    (code,) = codes.values()
    link = links.find_short("invitation", code)
    assert link is not None
    links.revoke("invitation", link.subject_id)
    page = browser.get(f"/d/{code}", 410)
    kinds = {str(a["href"]).partition(":")[0] for a in page.soup.select("main a[href*=':']")}
    assert kinds == {"tel", "mailto"}
