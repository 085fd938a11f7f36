"""The yardstick: bare Flask and SQLAlchemy Core over the same tables, without anything of ours."""

from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask, redirect, render_template, request
from jinja2 import DictLoader

PAGE = """<!doctype html><html lang="tr">
<head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1><p>{{ total }}</p><table>
{% for row in rows %}<tr><td>{{ row[0] }}</td><td>{{ row[1] }}</td><td>{{ row[2] }}</td>
<td>{{ row[3] }}</td><td>{{ row[4] }}</td></tr>
{% endfor %}</table></body></html>"""


def bare_app(engine: sa.Engine) -> Flask:
    """Return an application with the same lists and one form, as short as they can be."""
    app = Flask("bare")
    app.jinja_env.loader = DictLoader({"page.html": PAGE})
    tables = sa.MetaData()
    tables.reflect(engine)
    organization, district = tables.tables["organization"], tables.tables["district"]
    invitation = tables.tables["invitation"]
    columns = (
        organization.c.name, district.c.name, organization.c.org_type, organization.c.email,
        organization.c.phone,
    )  # fmt: skip
    joined = organization.outerjoin(district)

    @app.get("/list")
    def organizations() -> str:
        wanted = request.args.get("ara")
        found = sa.select(*columns).select_from(joined)
        count = sa.select(sa.func.count()).select_from(organization)
        if wanted:
            matches = organization.c.search_key.contains(wanted, autoescape=True)
            found, count = found.where(matches), count.where(matches)
        with engine.connect() as connection:
            rows = connection.execute(found.order_by(organization.c.sort_key).limit(50)).all()
            total = connection.execute(count).scalar_one()
        return render_template("page.html", title="Liste", rows=rows, total=total)

    @app.get("/invited/<int:meeting_id>")
    def invited(meeting_id: int) -> str:
        found = (
            sa.select(
                organization.c.name, district.c.name, invitation.c.answer, invitation.c.people,
                invitation.c.answered_at,
            )
            .select_from(invitation.join(organization).outerjoin(district))
            .where(invitation.c.meeting_id == meeting_id)
            .order_by(organization.c.sort_key)
        )  # fmt: skip
        with engine.connect() as connection:
            rows = connection.execute(found).all()
        return render_template("page.html", title="Davetliler", rows=rows, total=len(rows))

    @app.post("/answer/<int:invitation_id>")
    def answer(invitation_id: int) -> object:
        with engine.begin() as connection:
            connection.execute(
                invitation.update()
                .where(invitation.c.id == invitation_id)
                .values(
                    answer=request.form["answer"],
                    people=int(request.form["people"]),
                    note=request.form["note"],
                    answered_at=datetime.now(UTC).replace(tzinfo=None),
                )
            )
        return redirect("/done")

    return app
