"""A proposal as somebody writes it, and what came of it."""

from coordinator.extensions import db
from coordinator.proposals.models import Proposal

SEND, DRAFT = "Öneriyi gönder", "Taslak olarak kaydet"
WHOLE = {
    "title": "Gece otobüsünde güvenli durak",
    "summary": "İki durak arasında inilebilsin.\nAfiş asılsın.",
    "need": "Gece çalışanlar eve yürüyor.",
    "for_whom": "Gece çalışan kadınlar",
    "place": "Bornova",
    "timing": "25 Kasım akşamı",
    "wanted_support": "Ulaşım birimiyle görüşme",
}


def only() -> Proposal:
    return db.session.scalars(db.select(Proposal)).one()


def number() -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(Proposal)) or 0
