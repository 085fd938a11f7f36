"""What came of it: counts over everything below, changing nothing."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.access import READERS
from coordinator.reports.views import blueprint


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    navigation.add(
        app, navigation.Entry(80, _l("Reports"), "reports.windows", "file-earmark-text", READERS)
    )
