"""The lists that the invented branch keeps: two saved searches and a group."""

from coordinator.actors import Actor
from coordinator.lists import operations
from coordinator.registry.listing import Filters
from coordinator.registry.models import Organization

SEARCHES = (
    (
        "Şiddetle mücadele, Konak ve Buca",
        "25 Kasım hazırlığına önce bunları çağırıyoruz.",
        {"alan": ["violence"], "ilce": ["konak", "buca"]},
    ),
    (
        "Kooperatifler",
        "Üretici pazarı ve 15 Ekim için.",
        {"tur": ["cooperative"]},
    ),
)
GROUP = ("Danışma grubu", "Toplantı gündemini birlikte hazırladıklarımız.")
IN_GROUP = (
    "Nergis Kadın Hukukçular Derneği",
    "Erişim Kadın Platformu",
    "Göçmen Kadınlar Buluşma Ağı",
    "Kıyı Kadın Sağlığı Vakfı",
    "Torbalı Nar Kadın Derneği",
)


def make_lists(by_name: dict[str, Organization], actor: Actor) -> None:
    """Make the lists of the story."""
    for name, description, filters in SEARCHES:
        operations.save_search(
            name=name, description=description, filters=Filters.read(filters), actor=actor
        )
    name, description = GROUP
    group = operations.new_group(name=name, description=description, actor=actor)
    operations.add(group=group, organizations=[by_name[one] for one in IN_GROUP], actor=actor)
