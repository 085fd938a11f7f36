"""The invented story: who is there, what they propose, what is made of it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coordinator import turkish
from coordinator.activities.models import ActivityType, PartnerRole
from coordinator.invitations.models import RsvpAnswer
from coordinator.registry.models import OrgType

TEXTS = ("title", "summary", "need", "for_whom", "place", "timing", "wanted_support")
DATA = Path(__file__).parent / "data" / "organizations.csv"

INSTITUTION = {
    "name": "Örnek Büyükşehir Belediyesi",
    "unit": "Kadın Çalışmaları Şube Müdürlüğü",
    "city": "İzmir",
    "phone": "+902320000000",
    "email": "kadin@belediye.example",
}
STAFF_NAME = "Derya Tuna"
MEETING_TITLE = "STK buluşması: 25 Kasım’ı birlikte hazırlıyoruz"
AGENDA = (
    "Açılış",
    "Yerel Eşitlik Eylem Planı’nın sunumu",
    "25 Kasım ve sonrası için öneriler",
    "Görev paylaşımı",
)
PURPOSE = "25 Kasım ve 16 gün boyunca birlikte ne yapacağımızı konuşuyoruz."
PLACE = "Kültürpark Buluşma Salonu, Konak"
CALL_TITLE = "25 Kasım’da ve sonrasında ne yapalım?"
WRITTEN_TWICE = "Körfez Rüzgârı Kadın Derneği"
SECOND_NAME = "Körfez Rüzgarı Kadınları"
SECOND_NOTE = "Eski katılım listesinden alındı."
CALL_TEXT = "Öneriniz varsa yazın. Birkaç cümle yeter; taslak olarak bırakıp sonra dönebilirsiniz."


@dataclass(frozen=True)
class Guest:
    """An invented organisation, its contact and what it answers."""

    name: str
    district: str
    kind: OrgType
    work_areas: list[str]
    contact: str
    position: str
    email: str
    phone: str
    answer: RsvpAnswer
    people: int
    needs: list[str]
    target_groups: list[str]
    branch_of: str
    member_of: str
    deputy: str
    deputy_phone: str
    former_name: str

    @property
    def district_slug(self) -> str:
        return turkish.slug(self.district)


@dataclass(frozen=True)
class Idea:
    """An invented proposal and how far it has come."""

    organization: str
    title: str
    summary: str
    need: str
    for_whom: str
    place: str
    timing: str
    wanted_support: str
    accepted: bool | None = None
    reason: str = ""


@dataclass(frozen=True)
class Happening:
    """An invented activity: days after the special day, hours, who does what."""

    title: str
    kind: ActivityType
    summary: str
    days_after: int
    hours: tuple[int, int]
    place: str
    district: str
    lead: str | None = None
    partners: tuple[tuple[str, PartnerRole], ...] = ()
    services: tuple[str, ...] = ()
    idea: str | None = None
    task: str | None = None
    public: bool = True


def guests() -> Iterator[Guest]:
    """Yield the thirty organisations of the invented city."""
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Guest(
                name=row["name"],
                district=row["district"],
                kind=OrgType(row["kind"]),
                work_areas=row["work_areas"].split(),
                contact=row["contact"],
                position=row["position"],
                email=row["email"],
                phone=row["phone"],
                answer=RsvpAnswer(row["answer"]),
                people=int(row["people"]),
                needs=row["need"].split(),
                target_groups=row["target_groups"].split(),
                branch_of=row["branch_of"],
                member_of=row["member_of"],
                deputy=row["deputy"],
                deputy_phone=row["deputy_phone"],
                former_name=row["former_name"],
            )


IDEAS = (
    Idea(
        "Körfez Rüzgârı Kadın Derneği",
        "Gece otobüsünde güvenli durak",
        "Geç saatte otobüsten iki durak arasında inilebilsin, duraklara yardım hattının afişi "
        "asılsın. 25 Kasım’da sürücülerle bir tanıtım yapalım.",
        "Akşam saatlerinde duraktan eve yürüyen kadınlar kendini güvende görmüyor.",
        "Akşam toplu taşıma kullanan kadınlar",
        "Bornova Metro durağı",
        "25 Kasım sabahı",
        "Ulaşım birimiyle görüşme, afiş baskısı",
        accepted=True,
        reason="Toplantıda çok kuruluş destekledi. Ulaşım birimi deneme için olur verdi.",
    ),
    Idea(
        "Nergis Kadın Hukukçular Derneği",
        "Haklarımız elimizde: hukuk atölyesi",
        "Şiddete uğrayan kadının ilk üç günde neye hakkı olduğunu örneklerle anlatan atölye.",
        "Danışma merkezlerine gelen soruların çoğu ilk günlerle ilgili.",
        "Tüm kadınlar",
        "Bostanlı",
        "28 Kasım öğleden sonra",
        "Salon, çocuk bakım alanı",
        accepted=True,
        reason="16 günün programına tam uyuyor, salon hazır.",
    ),
    Idea(
        "Erişim Kadın Platformu",
        "Engelli kadınlar için hak söyleşisi",
        "3 Aralık’ta işaret diliyle, altyazıyla ve betimlemeyle bir söyleşi.",
        "Engelli kadınlar 25 Kasım etkinliklerinde yer bulamıyor.",
        "Engelli kadınlar ve yakınları",
        "Konak",
        "3 Aralık",
        "İşaret dili çevirmeni, erişilebilir salon",
    ),
    Idea(
        "Eşit Sayfa Kadın Medya Derneği",
        "Gazetelerin dilini izleme masası",
        "16 gün boyunca yerel basında kadına yönelik şiddet haberlerinin dilini izleyelim.",
        "Haberlerde sorumluluk çoğu kez kadına yükleniyor.",
        "Yerel basın",
        "Çevrim içi",
        "25 Kasım – 10 Aralık",
        "Duyuru",
    ),
    Idea(
        "Mavi Kıyı Kadın Derneği",
        "Büyük konser",
        "Meydanda büyük bir konser.",
        "",
        "Herkes",
        "Gündoğdu Meydanı",
        "25 Kasım gecesi",
        "Sahne, ses düzeni",
        accepted=False,
        reason="Bu yıl yapamıyoruz: meydan o gece dolu. İsterseniz 8 Mart için konuşalım.",
    ),
)

HAPPENINGS = (
    Happening(
        "Güvenli durak tanıtımı",
        ActivityType.CAMPAIGN,
        "Gece otobüslerinde iki durak arasında inme uygulamasını tanıtıyoruz.",
        0, (10, 11), "Bornova Metro durağı", "Bornova",
        lead="Körfez Rüzgârı Kadın Derneği",
        partners=(("Bornova Genç Kadınlar İnisiyatifi", PartnerRole.PARTNER),),
        services=("wheelchair",),
        idea="Gece otobüsünde güvenli durak",
        task="Afiş metninin onayı",
    ),
    Happening(
        "Basın açıklaması",
        ActivityType.PRESS,
        "Kuruluşlar ve belediye ortak metni birlikte okuyor.",
        0, (12, 13), "Konak Meydanı", "Konak",
        partners=(
            ("Nergis Kadın Hukukçular Derneği", PartnerRole.SPEAKER),
            ("Şafak Kadın Sendikacılar Ağı", PartnerRole.PARTNER),
        ),
        services=("sign_language",),
        task="Ortak metnin yazılması",
    ),
    Happening(
        "Işıkla yürüyoruz",
        ActivityType.MARCH,
        "Cumhuriyet Meydanı’ndan Gündoğdu’ya ışıklarla yürüyoruz.",
        0, (18, 20), "Cumhuriyet Meydanı", "Konak",
        lead="Körfez Rüzgârı Kadın Derneği",
        partners=(
            ("Akasya Kadın Danışma Derneği", PartnerRole.PARTNER),
            ("Göçmen Kadınlar Buluşma Ağı", PartnerRole.PARTNER),
            ("Karabağlar Mahalle Kadınları Derneği", PartnerRole.SUPPORTER),
        ),
        services=("sign_language", "wheelchair", "childcare"),
        task="Yürüyüş için mülki amir izni",
    ),
    Happening(
        "Haklarımız elimizde: hukuk atölyesi",
        ActivityType.WORKSHOP,
        "İlk üç günde neye hakkımız var? Örneklerle konuşuyoruz.",
        3, (14, 17), "Bostanlı Kadın Evi", "Karşıyaka",
        lead="Nergis Kadın Hukukçular Derneği",
        partners=(("Kıyı Kadın Sağlığı Vakfı", PartnerRole.SPEAKER),),
        services=("childcare",),
        idea="Haklarımız elimizde: hukuk atölyesi",
    ),
    Happening(
        "Kapanış: birlikte söylüyoruz",
        ActivityType.CONCERT,
        "16 günün kapanışında şarkılarla buluşuyoruz.",
        15, (20, 22), "Kültürpark Buluşma Salonu", "Konak",
        lead="Göçmen Kadınlar Buluşma Ağı",
        services=("sign_language", "childcare"),
        public=False,
    ),
)  # fmt: skip
