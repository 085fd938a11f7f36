"""What was between the branch and an organisation, in one timeline."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator.actors import spoken
from coordinator.history import section, sources, views
from coordinator.history.models import Encounter
from coordinator.history.written import WRITTEN
from coordinator.registry import belongings, sections
from coordinator.registry.belongings import Belonging


def init_app(app: Flask) -> None:
    sources.init_app(app)
    app.jinja_env.filters["spoken"] = spoken
    app.register_blueprint(views.blueprint)
    sources.add(app, WRITTEN)
    sections.add(app, section.HISTORY)
    belongings.add(app, Belonging(_l("Calls and notes"), Encounter.organization_id))
