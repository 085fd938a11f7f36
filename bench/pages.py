"""Pages and answers, each beside a bare page of the same rows measured in the same run."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from flask import Flask, session

from bench import data
from bench.bare import bare_app
from bench.measure import Figures, environ, figures
from coordinator.accounts import signed_in
from coordinator.accounts.models import User
from coordinator.extensions import db

Requests = Callable[[int], dict[str, Any]]


def run(app: Flask, count: int, label: str) -> list[tuple[str, Figures, Figures]]:
    """Fill the database with `count` organisations and measure; return ours beside the bare."""
    with app.app_context():
        house = data.fill(count)
        engine = db.engine
        answers = [data.invitation_id(token) for token in house.tokens]
        db.session.remove()
    bare, cookie = bare_app(engine), signed_in_cookie(app, house.user_id)
    bare_search = get("/list?ara=mavi+kiyi")
    cut = "ilce=konak&ilce=bornova&tur=association&tur=platform&tazelik=eski&katilim=hic"
    found = [
        ("registry list", get("/kuruluslar", cookie), get("/list")),
        ("list, six filters", get(f"/kuruluslar?{cut}", cookie), get("/list")),
        ("search", get("/kuruluslar?ara=mavi+kiyi", cookie), bare_search),
        ("search, forgiving", get("/kuruluslar?ara=mvai+kiyi", cookie), bare_search),
        ("suggestions", get("/kuruluslar/oneriler?ara=mavi+ki", cookie), bare_search),
        (
            f"meeting, {len(house.tokens)} invited",
            get(f"/toplantilar/{house.meeting}/davetliler", cookie),
            get(f"/invited/{house.meeting_id}"),
        ),
    ]
    rows = []
    for name, ours, theirs in found:
        rows.append((name, figures(app, ours, engine=engine), figures(bare, theirs, engine=engine)))
    ours_post = figures(app, posts(app, house), engine=engine, wanted=303)
    bare_post = figures(bare, bare_posts(answers), engine=engine, wanted=302)
    rows.append(("answer (POST)", ours_post, bare_post))
    print(f"\n{label}, {count:,} organisations")
    for name, ours, theirs in rows:
        times = theirs.per_second / ours.per_second
        ratio = (
            f"{times:5.2f}x the bare page" if "POST" not in name else f"{1 / times:5.2f} of bare"
        )
        print(f"  {name:24} {ours.row}  {ratio}")
        print(f"  {'  bare':24} {theirs.row}")
    return rows


def invited(app: Flask, count: int, label: str) -> int:
    """Measure the page of a meeting's invitees; return its statements."""
    with app.app_context():
        house = data.fill(count, count)
        engine = db.engine
        db.session.remove()
    path = f"/toplantilar/{house.meeting}/davetliler"
    found = figures(app, get(path, signed_in_cookie(app, house.user_id)), engine=engine)
    print(f"  {label:12} {count:5,d} invited  {found.row}", flush=True)
    return found.statements


def get(path: str, cookie: str = "") -> Requests:
    return lambda _number: environ("GET", path, cookie)


def signed_in_cookie(app: Flask, user_id: int) -> str:
    """Return the cookie of a member of staff who has just signed in."""
    with app.test_request_context():
        signed_in.start(db.session.get_one(User, user_id))
        db.session.commit()
        kept = dict(session)
        db.session.remove()
    client = app.test_client()
    with client.session_transaction() as stored:
        stored.update(kept)
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    return f"{name}={cookie.value}"


def posts(app: Flask, house: data.House) -> Requests:
    """Return answers of one organisation after the other, round after round."""
    client = app.test_client()
    page = client.get(f"/davet/{house.tokens[0]}", base_url="http://127.0.0.1").get_data(
        as_text=True
    )
    form = BeautifulSoup(page, "html.parser").find("form", id="yanit")
    assert form is not None
    token = form.find(attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name, domain="127.0.0.1")
    assert cookie is not None

    def request(number: int) -> dict[str, Any]:
        turn, place = divmod(number, len(house.tokens))
        body = urlencode(
            {
                "csrf_token": token,
                "version": house.versions[place] + turn,
                "answer": "yes",
                "people": "1",
                "attendee_names-0": f"Nermin Su {turn}",
                "note": "",
            }
        ).encode()
        return environ("POST", f"/davet/{house.tokens[place]}", f"{name}={cookie.value}", body)

    return request


def bare_posts(ids: list[int]) -> Requests:
    body = urlencode({"answer": "yes", "people": "1", "note": "Nermin Su"}).encode()
    return lambda number: environ("POST", f"/answer/{ids[number % len(ids)]}", "", body)
