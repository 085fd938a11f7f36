"""The pages: pairs, choosing, merging field by field, taking back, keeping apart."""

import pytest
from flask import Flask

from coordinator.duplicates.models import Distinct, Merge
from coordinator.extensions import db
from coordinator.registry.models import Organization, OrgStatus
from coordinator.registry.queries import work_areas
from tests.browser import Browser, counted_statements
from tests.duplicates.parts import merge
from tests.factories import (
    ContactFactory,
    InvitationFactory,
    OrganizationFactory,
    UserFactory,
    represent,
)

PAIRS, MERGED, APART = (
    f"/kuruluslar/{name}" for name in ("benzerler", "birlestirmeler", "ayri-kayitlar")
)


@pytest.fixture
def pair(app: Flask) -> tuple[Organization, Organization]:
    kept = OrganizationFactory(name="Mor Zeytin Kadın Derneği", address="Konak 1", notes="Bizim")
    other = OrganizationFactory(name="Mor Zeytin Kadınları", address="Buca 2", notes="Onların")
    InvitationFactory(organization=kept)
    ContactFactory(organization=other, full_name="Nermin Su")
    return kept, other


def path(kept: Organization, other: Organization) -> str:
    return f"/kuruluslar/{kept.public_id}/birlestir/{other.public_id}"


def test_the_list_leads_to_the_merge_and_back(
    staff: Browser, pair: tuple[Organization, Organization]
) -> None:
    kept, other = pair
    page = staff.get("/kuruluslar")
    page = staff.get(page.link("Benzer kayıtlar"))
    assert "1 çift kayıt" in page.text
    assert "adı çok benziyor" in page.text
    assert "Davetler: 1" in page.text
    (merging,) = page.soup.select(".p-couple a.btn")
    page = staff.get(str(merging["href"]))
    page = page.submit("İki kaydı birleştir", fact_name="other", fact_address="other")
    db.session.refresh(kept)
    assert page.h1 == kept.name == "Mor Zeytin Kadınları"
    assert (kept.address, kept.notes) == ("Buca 2", "Bizim\n\nOnların")
    assert "Mor Zeytin Kadınları ile birleştirildi" in page.text
    assert "Aynı kuruluşa benzeyen iki kayıt yok." in staff.get(PAIRS).text
    undo = staff.get(page.link("Geri al"))
    page = undo.submit("Yeniden iki kayda ayır")
    assert page.h1 == "Mor Zeytin Kadınları"
    assert "yeniden iki ayrı kayıt" in page.text
    db.session.refresh(other)
    assert other.status is OrgStatus.ACTIVE
    assert "Geri alındı" in staff.get(MERGED).text


def test_only_what_differs_is_asked(
    staff: Browser, pair: tuple[Organization, Organization]
) -> None:
    page = staff.get(path(*pair))
    asked = {str(one["name"]) for one in page.soup.select("input[type=radio]")}
    assert asked == {"fact_name", "fact_address", "fact_notes"}
    assert "İrtibat kişileri: 1" in page.text
    assert page.link("Öteki kayıt kalsın") == path(*reversed(pair))


def test_sets_are_joined_and_can_be_cut(
    staff: Browser, pair: tuple[Organization, Organization]
) -> None:
    kept, other = pair
    one, two, three = work_areas()[:3]
    kept.work_areas, other.work_areas = [one], [two, three]
    page = staff.get(path(kept, other))
    assert len(page.soup.select("input[name=work_areas][checked]")) == 3
    page.submit("İki kaydı birleştir", work_areas=[str(one.id), str(three.id)])
    db.session.refresh(kept)
    assert kept.work_areas == [one, three]


def test_the_same_person_is_proposed(
    staff: Browser, pair: tuple[Organization, Organization]
) -> None:
    kept, other = pair
    ours = ContactFactory(organization=kept, full_name="NERMİN SU", email="", phone="")
    page = staff.get(path(kept, other))
    assert "İki kayıtta da olan kişiler" in page.text
    page.submit("İki kaydı birleştir")
    db.session.refresh(kept)
    assert kept.contacts == [ours]
    assert ours.email


def test_who_changed_a_record_meanwhile_is_not_overwritten(
    staff: Browser, pair: tuple[Organization, Organization]
) -> None:
    kept, other = pair
    page = staff.get(path(kept, other))
    other.address = "Urla 3"
    db.session.commit()
    page = page.submit("İki kaydı birleştir", 409, fact_address="other")
    assert "Bu arada kayıtlardan birini başka biri değiştirdi." in page.text
    assert "Urla 3" in page.text
    assert db.session.query(Merge).count() == 0
    page.submit("İki kaydı birleştir")
    db.session.refresh(kept)
    assert kept.address == "Urla 3"


def test_an_answer_that_is_none_comes_back_with_the_reason(
    staff: Browser, pair: tuple[Organization, Organization]
) -> None:
    page = staff.get(path(*pair)).submit("İki kaydı birleştir", 422, fact_name="nobody")
    assert "Listeden birini seçin." in page.text
    page = staff.get(path(*pair)).submit("İki kaydı birleştir", 409, kept_version="x")
    assert db.session.query(Merge).count() == 0


def test_a_pair_is_found_by_hand(staff: Browser) -> None:
    kept = OrganizationFactory(name="Akasya")
    other = OrganizationFactory(name="Begonya")
    ContactFactory(organization=other)
    page = staff.get(staff.get(PAIRS).link("Başka iki kaydı birleştir"))
    page = page.submit("Ara", ara="akas")
    page = staff.get(page.link("Bunu seç"))
    page = page.submit("Ara", ara="begon")
    # Begonya has a contact, so it is the one to keep.
    assert page.link("Karşılaştır") == path(other, kept)
    assert "0 kayıt bulundu" in page.submit("Ara", ara="\u202e'; drop --").text


def test_pairs_are_set_apart_and_compared_again(
    staff: Browser, pair: tuple[Organization, Organization]
) -> None:
    page = staff.get(PAIRS).submit("Bunlar ayrı")
    assert "ayrı kalacak" in page.text
    assert "Aynı kuruluşa benzeyen iki kayıt yok." in page.text
    page = staff.get(APART)
    assert "Mor Zeytin Kadınları" in page.text
    page.submit("Yeniden karşılaştır")
    assert db.session.query(Distinct).count() == 0
    assert "1 çift kayıt" in staff.get(PAIRS).text


def test_viewers_read_and_change_nothing(
    viewer: Browser, pair: tuple[Organization, Organization]
) -> None:
    kept, other = pair
    page = viewer.get(PAIRS)
    assert not page.soup.select("main form")
    viewer.get(path(kept, other), 403)
    merge(kept, other)
    assert "ile birleştirildi" in viewer.get(f"/kuruluslar/{kept.public_id}").text
    assert "Geri al" not in viewer.get(MERGED).text


def test_a_merged_record_can_be_read_and_leads_on(
    staff: Browser, pair: tuple[Organization, Organization]
) -> None:
    kept, other = pair
    merge(kept, other)
    page = staff.get(f"/kuruluslar/{other.public_id}")
    assert page.link("Mor Zeytin Kadın Derneği") == f"/kuruluslar/{kept.public_id}"
    assert "Başka bir kayıtla birleştir" not in page.text
    staff.get(f"/kuruluslar/{other.public_id}/duzenle", 404)
    staff.get(path(kept, other), 404)


def test_a_representative_lands_on_the_record_that_stays(
    app: Flask, pair: tuple[Organization, Organization]
) -> None:
    kept, other = pair
    user = represent(other)
    merge(kept, other)
    browser = Browser(app).sign_in(user)
    assert browser.get("/kurulusumuz").h1 == kept.name
    assert browser.get(f"/kuruluslar/{other.public_id}").h1 == kept.name
    stranger = Browser(app).sign_in(UserFactory(role="representative"))
    stranger.get(f"/kuruluslar/{other.public_id}", 404)


def test_hostile_names_are_shown_as_they_are(staff: Browser) -> None:
    name = "<script>alert(1)</script> Zeytin"
    pair = [OrganizationFactory(name=name) for _ in range(2)]
    for where in (PAIRS, path(*pair)):
        assert name in staff.get(where).text
    merge(*pair)
    for where in (MERGED, f"/kuruluslar/{pair[0].public_id}"):
        assert name in staff.get(where).text


def test_pages_cost_the_same_at_every_size(staff: Browser) -> None:
    used = []
    for more in (2, 14):
        for number in range(more):
            for _twice in range(2):
                one = OrganizationFactory(name=f"Kurum {'abcdefghijklmn'[number] * 6}")
                ContactFactory(organization=one)
        db.session.commit()
        with counted_statements() as statements:
            staff.get(PAIRS)
        used.append(len(statements))
    assert used[0] == used[1]


def test_the_list_is_paged(staff: Browser) -> None:
    for number in range(21):
        for _twice in range(2):
            OrganizationFactory(name=f"Kurum {'abcdefghijklmnoprstuv'[number] * 6}")
    page = staff.get(PAIRS)
    assert len(page.soup.select(".p-couple")) == 20
    assert len(staff.get(page.link("Sonraki")).soup.select(".p-couple")) == 1
    assert len(staff.get(f"{PAIRS}?page=999").soup.select(".p-couple")) == 1


def test_in_english(app: Flask, pair: tuple[Organization, Organization]) -> None:
    browser = Browser(app, "en").sign_in(UserFactory())
    assert "a name much like it" in browser.get(PAIRS).text
    assert "“Mor Zeytin Kadınları” becomes part of" in browser.get(path(*pair)).text
