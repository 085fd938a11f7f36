"""`flask --app wsgi demo …`."""

from coordinator.actors import COMMAND
from coordinator.command_line import Commands, as_json, in_turkish, tell
from coordinator.demo import operations
from coordinator.extensions import db

demo = Commands("demo", help="The invented city to look at.")


@demo.command("fill")
@as_json
def fill(as_json: bool) -> None:
    """Fill an empty house.

    It gets 30 organisations, a window, a meeting, answers, proposals, and an account to sign in.
    """
    with in_turkish():
        made = operations.fill(COMMAND)
    window = made.window
    day = {"year": window.year, "day": window.special_day.slug}
    answer = {
        "organisations": made.organizations,
        "meeting": f"/toplantilar/{made.meeting.public_id}",
        "invitation": made.invitation,
        "call": f"/cagrilar/{made.call.public_id}",
        "window": f"/ozel-gunler/{day['year']}/{day['day']}",
        "programme": f"/program/{day['year']}/{day['day']}",
        "staff": {"email": made.staff.email, "password": made.password},
    }
    db.session.commit()
    lines = [
        f"{made.organizations} organisations, {answer['window']}, {answer['meeting']}",
        f"Sign in as {made.staff.email} with the password {made.password}",
    ]
    tell(answer, as_json, lines)
