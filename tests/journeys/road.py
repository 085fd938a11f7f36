"""The steps of the main road, each as a person takes it."""

import re
from pathlib import Path

from tests.journeys.conftest import Visitor

SAMPLE = Path(__file__).parents[1] / "samples" / "stk_listesi.xlsx"
PASSWORD = "mor-cati-isik-2026"


def set_up(visitor: Visitor) -> None:
    """The first visit: whose copy this is, and the first administrator."""
    visitor.go("/").sees("Kurum")
    visitor.fill(
        name="İzmir Büyükşehir Belediyesi", unit="Kadın Çalışmaları Şube Müdürlüğü", city="İzmir",
        phone="0232 293 12 00", email="kadin@belediye.example", full_name="Derya Tuna",
        own_email="derya.tuna@belediye.example", password=PASSWORD,
    ).click("Kaydet ve gir")  # fmt: skip


def import_list(visitor: Visitor) -> None:
    """Upload the list as it is, look at what will happen, save."""
    visitor.go("/kuruluslar/ice-aktar")
    visitor.page.set_input_files("input[type=file]", SAMPLE)
    visitor.click("Listeyi oku").click("Ne olacağını göster")
    visitor.sees("torbali(at)posta.example", "1 kayıtlı, birleşecek", "1 atlandı")
    visitor.click(re.compile("satırı kaydet"))
    visitor.go("/kuruluslar").sees("30 kuruluş")


def find_in_any_spelling(visitor: Visitor) -> None:
    for typed in ("cigli", "ÇİĞLİ", "Ciğli"):
        visitor.go("/kuruluslar").fill(ara=typed).click("Filtrele")
        visitor.sees("1 kuruluş", "Çiğli Kadın Girişimciler Derneği")


def open_window(visitor: Visitor, year: int) -> str:
    """Open 25 Kasım and return the address of its window."""
    visitor.go(f"/ozel-gunler/{year}").sees("Kadına Yönelik Şiddete Karşı")
    visitor.go(f"/ozel-gunler/{year}/25-kasim").click("Pencere aç")
    visitor.sees("25 Kasım ve 16 gün", "Değerlendirme")
    return f"/ozel-gunler/{year}/25-kasim"


def open_call(visitor: Visitor, window: str, opens: str, closes: str) -> str:
    """Open a call for proposals from the window; return its address."""
    visitor.go(window).follow("Çağrı aç")
    visitor.fill(title="25 Kasım’da ve sonrasında ne yapalım?", opens_on=opens, closes_on=closes)
    visitor.click("Çağrıyı aç")
    return visitor.path


def plan_meeting(visitor: Visitor, window: str, day: str, deadline: str) -> str:
    """Plan the meeting from the window; a warning is read and passed. Return its address."""
    visitor.go(window).follow("Toplantı planla")
    visitor.fill(
        title="STK buluşması: 25 Kasım’ı birlikte hazırlıyoruz", day=day, start="14.00",
        end="16.30", place="Kültürpark Buluşma Salonu", rsvp_deadline=deadline, max_per_org="2",
        agenda="Açılış\nYEEP sunumu\nÖneriler",
    ).click("Kaydet")  # fmt: skip
    if visitor.page.get_by_role("button", name="Kaydet").count():
        visitor.click("Kaydet")
    return visitor.path


def invite_everybody(visitor: Visitor, meeting: str) -> None:
    """Choose all, read the letter, try it out, send."""
    visitor.go(f"{meeting}/davetliler/ekle").follow("Hepsini seç").click("Listeye al")
    if not visitor.path.endswith("onizleme"):
        visitor.go(f"{meeting}/davetliler/onizleme")
    visitor.sees("28 kuruluş")
    visitor.click("Kendime deneme gönder")
    visitor.click(re.compile("daveti gönder"))
    visitor.sees("30 davetliden")


def link_in_letter(visitor: Visitor, to: str, part: str) -> str:
    """Return the first address with `part` in the newest letter to somebody."""
    for _ in range(100):
        visitor.page.goto(f"/yerel-posta?q={to}")
        if visitor.page.locator("main a[href^='/yerel-posta/']").count():
            break
        visitor.page.wait_for_timeout(200)
    visitor.page.locator("main a[href^='/yerel-posta/']").first.click()
    visitor.page.wait_for_load_state()
    letter = visitor.page.content()
    for frame in visitor.page.frames:
        letter += frame.content()
    found = re.search(rf"https?://[^\"'\s<>]*{part}[^\"'\s<>]*", letter)
    assert found, f"no link with {part} in the letter to {to}"
    return found[0].replace("&amp;", "&")


def answer(visitor: Visitor, link: str, *names: str) -> None:
    """Answer on a phone, without an account: coming, who, what is needed."""
    visitor.page.goto(link)
    visitor.look().sees("Katılacak mısınız?")
    visitor.page.get_by_label("Katılacağız").check()
    visitor.page.select_option("[name=people]", str(len(names)))
    for number, name in enumerate(names):
        visitor.page.fill(f"[name=attendee_names-{number}]", name)
    visitor.page.locator("summary", has_text="Size nasıl kolaylık").click()
    visitor.page.get_by_label("İşaret dili çevirmeni").check()
    visitor.click("Yanıtı gönder")
    masked = " ".join(f"{word[0]}•••" for word in names[0].split())
    visitor.sees("Yanıtınızı aldık", masked)


def propose(visitor: Visitor, title: str) -> None:
    """Write a proposal from the answer's page and send it."""
    visitor.follow("Öneri yaz")
    visitor.fill(
        title=title, summary="Geç saatte iki durak arasında inilebilsin, afiş asılsın.",
        for_whom="Akşam işten dönen kadınlar", place="Bornova Metro durağı",
    )  # fmt: skip
    visitor.click("Öneriyi gönder").sees(title)


def accept(visitor: Visitor, title: str, reason: str) -> None:
    """Read a proposal and accept it with a reason."""
    _decide(visitor, title, reason, "accept", "Kabul")


def decline(visitor: Visitor, title: str, reason: str) -> None:
    """Decline a proposal with a reason that the organisation can read."""
    _decide(visitor, title, reason, "decline", "Uygun görülmedi")


def _decide(visitor: Visitor, title: str, reason: str, decision: str, word: str) -> None:
    visitor.go("/oneriler").follow(title)
    visitor.page.check(f"[name=decision][value={decision}]")
    visitor.page.fill("[name=reason]", reason)
    visitor.click("Yanıtı gönder").sees(word, reason)


def make_activity(visitor: Visitor, title: str, day: str) -> str:
    """Turn an accepted proposal into a public activity; return its address."""
    visitor.go("/oneriler").follow(title).follow("Etkinliğe dönüştür")
    visitor.fill(
        kind="Kampanya / görünürlük", starts_on=day, starts_clock="10.00", ends_clock="11.00"
    )
    visitor.page.check("[name=visibility][value=public]")
    visitor.click("Kaydet").sees(title)
    return visitor.path


def add_partner(visitor: Visitor, activity: str, partner: str) -> None:
    visitor.go(activity).follow("Ortak ekle").fill(organization=partner).click("Ortak ekle")
    visitor.sees(partner)


def give_task(visitor: Visitor, activity: str, partner: str, task: str, due: str) -> None:
    visitor.go(activity).follow("İş ekle").fill(title=task, responsible=partner, due_on=due)
    visitor.click("Kaydet").sees(task)


def take_attendance(visitor: Visitor, meeting: str, organization: str) -> None:
    """Tick an organisation off as come."""
    visitor.go(f"{meeting}/yoklama")
    row = visitor.page.locator("tr", has_text=organization).first
    row.locator("[value=present]").first.check()
    visitor.click("Yoklamayı kaydet")


def phone_in(visitor: Visitor, meeting: str, organization: str) -> None:
    """Type in an answer that came by phone."""
    visitor.go(f"{meeting}/davetliler").follow(re.compile(f"Yanıt gir.*{organization}"))
    visitor.page.check("[name=answer][value=no]")
    visitor.click(re.compile("Yanıtı kaydet|Kaydet"))
    visitor.sees("telefonla")


def record_outcome(visitor: Visitor, activity: str, women: int) -> None:
    visitor.go(f"{activity}/sonuc").fill(reached_women=str(women)).click("Kaydet")


def sign_in_by_letter(visitor: Visitor, mail: Visitor, address: str) -> None:
    """Ask for a sign-in link, open it from the letter, press its one button."""
    visitor.go("/giris/baglanti").fill(email=address).click(re.compile("bağlantı", re.IGNORECASE))
    visitor.page.goto(link_in_letter(mail, address, "/giris/"))
    visitor.look().click("Giriş yap")
