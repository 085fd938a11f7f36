"""`gunicorn wsgi:app`, `flask --app wsgi …`, and `python -m wsgi` for everything in one process."""

import config
from coordinator import create_app

app = create_app(config.from_environment())
