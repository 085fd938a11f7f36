"""The order of the lists that staff keep, moved by buttons, by several people at once."""

import threading

import pytest
from flask import Flask

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.registry.models import WorkArea
from coordinator.registry.operations import vocabularies as operations
from coordinator.registry.queries import vocabularies as queries
from tests.browser import Browser
from tests.registry.terms import AREAS, area, deeds, order, press


class TestOrder:
    def test_buttons_move_an_entry_without_script(self, app: Flask, staff: Browser) -> None:
        page = staff.get(AREAS)
        up, down = page.soup.select("#up-legal, #down-legal")
        page = press(page, str(up["formaction"]), **{str(up["name"]): str(up["value"])})
        assert order()[:3] == ["legal", "violence", "employment"]
        assert "“Adalete erişim ve hukuki destek” artık 1. sırada." in page.text
        press(page, str(down["formaction"]), **{str(down["name"]): str(down["value"])})
        assert order()[:4] == ["violence", "employment", "legal", "cooperative"]
        assert deeds() == ["vocabulary.moved"] * 2

    def test_the_page_comes_back_at_the_button_that_was_pressed(
        self, app: Flask, staff: Browser
    ) -> None:
        page = staff.get(AREAS)
        token = str(page.soup.select_one("input[name=csrf_token]")["value"])
        for code, data, button in (
            ("employment", {"before": "legal"}, "up-employment"),
            ("employment", {"before": "violence"}, "up-employment"),
            ("environment", {"after": "other"}, "down-environment"),
        ):
            answer = staff.send("POST", f"{AREAS}/{code}/yer", data={"csrf_token": token, **data})
            assert answer.status_code == 303
            assert answer.headers["Location"].endswith(f"#{button}")
            assert staff.get(AREAS).soup.find(id=button)

    def test_the_first_and_the_last_have_one_button(self, app: Flask, staff: Browser) -> None:
        rows = staff.get(AREAS).rows()
        assert "Yukarı" not in rows[0]
        assert "Aşağı" in rows[0]
        assert "Yukarı" in rows[-1]
        assert "Aşağı" not in rows[-1]

    def test_an_entry_goes_far_in_one_step(self, app: Flask, staff: Browser) -> None:
        page = staff.get(f"{AREAS}/other/ad")
        assert page.filled(page.form("Taşı"))["after"] == "environment"
        page.submit("Taşı", after="violence")
        assert order()[:3] == ["violence", "other", "legal"]
        staff.get(f"{AREAS}/other/ad").submit("Taşı", after="")
        assert order()[:2] == ["other", "violence"]

    def test_pressing_twice_or_on_an_old_page_does_what_the_button_said(self, app: Flask) -> None:
        for _time in range(2):
            operations.move_term(
                term=area("legal"), before=area("violence"), after=None, actor=COMMAND
            )
        assert order()[:3] == ["legal", "violence", "employment"]
        place = operations.move_term(
            term=area("legal"), before=area("legal"), after=None, actor=COMMAND
        )
        assert place == 1
        assert deeds() == ["vocabulary.moved"]

    @pytest.mark.parametrize("data", [{"before": "yok"}, {"after": "ş" * 9}, {"after": "\0"}])
    def test_beside_nothing_is_refused(
        self, app: Flask, staff: Browser, data: dict[str, str]
    ) -> None:
        before = order()
        press(staff.get(AREAS), f"{AREAS}/legal/yer", 400, **data)
        assert order() == before

    def test_two_people_at_once_leave_one_consistent_order(self, app: Flask) -> None:
        wanted = order()
        failed: list[BaseException] = []
        together = threading.Barrier(4)

        def move(code: str, beside: str) -> None:
            with app.app_context():
                try:
                    together.wait(20)
                    for _time in range(5):
                        operations.move_term(
                            term=area(code), before=area(beside), after=None, actor=COMMAND
                        )
                        db.session.commit()
                        operations.move_term(
                            term=area(code), before=None, after=area("other"), actor=COMMAND
                        )
                        db.session.commit()
                except BaseException as error:
                    failed.append(error)
                finally:
                    db.session.remove()

        db.session.commit()
        pairs = [("legal", "violence"), ("sport", "legal"), ("media", "sport"), ("care", "media")]
        threads = [threading.Thread(target=move, args=pair) for pair in pairs]
        for one in threads:
            one.start()
        for one in threads:
            one.join(60)
        assert failed == []
        db.session.expire_all()
        assert [one.order_no for one in queries.terms(WorkArea)] == list(range(1, 26))
        assert sorted(order()) == sorted(wanted)
        assert set(order()[-4:]) == {"legal", "sport", "media", "care"}
