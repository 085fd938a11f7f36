"""Lists of organisations with a name, used for invitations and files."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.access import READERS, WRITERS
from coordinator.lists import commands, queries, section, uses, views
from coordinator.lists.blueprint import blueprint
from coordinator.lists.models import list_member
from coordinator.registry import belongings, named, places, sections
from coordinator.registry.listing import criteria

COMMANDS, VIEWS = commands, views.__all__
MEMBERSHIP = belongings.Belonging(
    label=_l("Groups"),
    column=list_member.c.organization_id,
    once_per=(list_member.c.list_id,),
)
CRITERION = criteria.Criterion(
    name=queries.FILTER,
    label=_l("List"),
    choices=queries.choices,
    condition=queries.condition,
    kept=True,
)
LISTS = places.Place(
    order=10, label=_l("Lists"), endpoint="lists.index", icon="list-check", roles=READERS
)
GATHER = places.Place(
    order=10, label=_l("Put into a group"), endpoint="lists.gather", icon="plus-lg", roles=WRITERS
)
SAVE = places.Place(
    order=10,
    label=_l("Save this search"),
    endpoint="lists.save_search",
    icon="funnel",
    roles=WRITERS,
    carry=lambda filters: filters.as_query() or None,
)


def init_app(app: Flask) -> None:
    uses.init_app(app)
    app.register_blueprint(blueprint)
    navigation.under(app, blueprint.name, "registry.organizations")
    sections.add(app, section.LISTS)
    named.set_reader(app, named.Reader(filters=queries.filters_named, names=queries.names))
    belongings.add(app, MEMBERSHIP)
    criteria.add(app, CRITERION)
    places.add(app, LISTS)
    places.add_bulk(app, GATHER)
    places.add_deed(app, SAVE)
