"""`gunicorn wsgi:app`, `flask --app wsgi …`, and `python -m wsgi` for everything in one process."""

import sys

from werkzeug.middleware.proxy_fix import ProxyFix

import config
from coordinator import create_app, serving

app = create_app(config.from_environment())
if proxies := app.config["PROXIES"]:
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]

if __name__ == "__main__":
    sys.exit(serving.main(app))
