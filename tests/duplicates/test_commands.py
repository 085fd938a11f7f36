"""The same from the command line."""

import json
from typing import Any

from flask import Flask

from coordinator.extensions import db
from coordinator.registry.models import OrgStatus
from tests.duplicates.parts import everything
from tests.factories import OrganizationFactory


def run(app: Flask, *words: str, code: int = 0) -> str:
    db.session.commit()
    done = app.test_cli_runner().invoke(args=["registry", *words])
    assert done.exit_code == code, done.output
    return str(done.output)


def answer(app: Flask, *words: str) -> Any:
    return json.loads(run(app, *words, "--json"))


def test_suspects_merge_unmerge(app: Flask) -> None:
    kept = OrganizationFactory(name="Mor Zeytin Derneği", phone="+902321112233")
    other = OrganizationFactory(name="Mor Zeytin", registry_no="35-111-111", email="a@a.example")
    before = everything()
    (found,) = answer(app, "suspects")["suspects"]
    assert found["first"] == {"id": kept.public_id, "name": "Mor Zeytin Derneği"}
    assert found["second"] == {"id": other.public_id, "name": "Mor Zeytin"}
    assert found["reasons"] == ["name"]
    assert 50 <= found["likeness"] < 100
    made = answer(app, "merge", "mor zeytin derneği", "35/111/111")
    assert made["kept"]["id"] == kept.public_id
    assert made["other"]["id"] == other.public_id
    db.session.expire_all()
    assert (kept.registry_no, kept.email, kept.phone) == (
        "35-111-111", "a@a.example", "+902321112233",
    )  # fmt: skip
    assert answer(app, "suspects") == {"suspects": []}
    assert answer(app, "unmerge", other.public_id) == made
    assert everything() == before
    run(app, "merge", kept.public_id, other.public_id)
    assert "two records again" in run(app, "unmerge", "Mor Zeytin")
    assert everything() == before


def test_what_cannot_be_done_is_said(app: Flask) -> None:
    one, other = OrganizationFactory(name="Akasya"), OrganizationFactory(name="Akasya")
    third = OrganizationFactory(name="Begonya")
    told = run(app, "merge", "Akasya", "Begonya", code=1)
    assert "2 organisations are called 'Akasya'; say which by its code:" in told
    assert f"{one.public_id}  Akasya" in told
    assert f"{other.public_id}  Akasya" in told
    told = run(app, "merge", "Begonya", "Begonia", code=1)
    assert "no organisation called 'Begonia'; these are alike:" in told
    assert f"{third.public_id}  Begonya" in told
    run(app, "merge", "Begonya", "Begonya", code=1)
    assert "nothing was merged" in run(app, "unmerge", "Begonya", code=1)
    run(app, "merge", third.public_id, other.public_id)
    run(app, "merge", one.public_id, third.public_id)
    run(app, "unmerge", other.public_id, code=1)
    db.session.expire_all()
    assert other.status is OrgStatus.MERGED


def test_a_merged_record_is_not_merged_again_under_its_old_address(app: Flask) -> None:
    kept, other = OrganizationFactory(name="Akasya"), OrganizationFactory(name="Begonya")
    run(app, "merge", kept.public_id, other.public_id)
    # The old address leads to the kept record, so the two are one and the same.
    run(app, "merge", kept.public_id, other.public_id, code=1)


def test_each_says_what_it_does(app: Flask) -> None:
    for command in ("suspects", "merge", "unmerge"):
        assert "--help" in run(app, command, "--help")
