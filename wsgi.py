"""`gunicorn wsgi:app`, `flask --app wsgi …`, and `python -m wsgi` for everything in one process."""

import gc

# Nothing that is loaded here is ever thrown away: looking for rubbish meanwhile costs a sixth
# of the start.
gc.disable()

import sys  # noqa: E402
from pathlib import Path  # noqa: E402

from jinja2 import FileSystemBytecodeCache  # noqa: E402
from werkzeug.middleware.proxy_fix import ProxyFix  # noqa: E402

import config  # noqa: E402
from coordinator import create_app, database_faults, serving  # noqa: E402

app = create_app(config.from_environment())
database_faults.tell_in_one_line(app)
# Templates stay compiled from one start to the next: the first page need not wait for it.
compiled = Path(app.instance_path) / "templates"
compiled.mkdir(exist_ok=True)
app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
if proxies := app.config["PROXIES"]:
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
gc.enable()
gc.freeze()

if __name__ == "__main__":
    sys.exit(serving.main(app))
