"""The queue behind `jobs`: Huey, on SQLite beside the instance, on PostgreSQL or on Redis.

Loaded by `jobs` when it is first needed.
"""

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from huey import PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer, Scheduler, Worker
from huey.serializer import SignedSerializer
from redis import ConnectionPool

if TYPE_CHECKING:
    from coordinator.jobs import Job, Jobs

THREADS = 2
MEMORY = 8


class Engine:
    """One application's queue, and the threads that empty it once started."""

    def __init__(self, jobs: "Jobs") -> None:
        self.jobs = jobs
        self.woken = threading.Event()
        self.huey = open_queue(jobs.app.config, Path(jobs.app.instance_path))
        self.huey.woken = self.woken
        self.tasks: dict[str, Any] = {}
        self.consumer: ThreadConsumer | None = None
        for job in jobs.jobs.values():
            self._register(job)

    def put(self, name: str) -> None:
        """Queue the job unless it is waiting already: what waits will see what was committed."""
        if not any(task.name == name for task in self.huey.pending(limit=50)):
            self.tasks[name]()
        self.woken.set()

    def put_at(self, name: str, moment: datetime) -> None:
        """Queue the job for a moment unless it is due earlier anyway."""
        eta = moment.astimezone(UTC).replace(tzinfo=None)
        if not any(task.name == name and task.eta <= eta for task in self.huey.scheduled(limit=50)):
            self.huey.add_schedule(self.tasks[name].s(eta=moment))

    def start(self) -> None:
        self.consumer = ThreadConsumer(
            self.huey, workers=THREADS, initial_delay=0.1, backoff=1.5, max_delay=2,
            check_worker_health=True,
        )  # fmt: skip
        self.consumer.start()

    def stop(self, seconds: float) -> bool:
        """Stop the threads; return False if one was still busy after that time."""
        if self.consumer is None:
            return True
        self.consumer.stop_flag.set()
        self.woken.set()
        self.consumer.shutdown_timeout = seconds
        return bool(self.consumer._join_workers())

    def mend(self) -> None:
        """Replace threads that died."""
        if self.consumer is not None and not self.jobs.stopping.is_set():
            self.consumer.check_worker_health()

    def _register(self, job: "Job") -> None:
        def run() -> None:
            with self.jobs.app.app_context():
                job.run()

        self.tasks[job.name] = self.huey.task(name=job.name)(run)
        if job.minute is not None:
            when = crontab(minute=job.minute, hour=job.hour)
            self.huey.periodic_task(when, name=f"{job.name}.clock")(lambda: self.put(job.name))


def open_queue(config: Any, instance: Path) -> Any:
    """Return the queue that JOBS_URL names; without one, a file in the instance folder."""
    url = config["JOBS_URL"]
    options: dict[str, Any] = {
        "name": "paydas",
        "results": False,
        "serializer": SignedSerializer(secret=config["SECRET_KEY"], salt="paydas-jobs"),
    }
    if not url:
        return SqliteHuey(filename=str(instance / "jobs.sqlite"), cache_mb=1, **options)
    if urlsplit(url).scheme.startswith("redis"):
        patience = {"socket_timeout": 5, "socket_connect_timeout": 3}
        pool = ConnectionPool.from_url(url, **patience)
        return RedisHuey(connection_pool=pool, read_timeout=1, **options)
    dsn = url.replace("postgresql+psycopg://", "postgresql://", 1)
    return PostgresHuey(dsn=dsn, connect_timeout=5, table_prefix="jobs", **options)


class WakingWorker(Worker):
    """A worker that is woken by this process's own nudges, and asks the file now and then."""

    delay: float

    def sleep(self) -> None:
        self.delay = min(self.delay, self.max_delay)
        if not self.huey.woken.wait(self.delay):
            self.delay *= self.backoff
        elif not self.stop_flag.is_set():
            self.huey.woken.clear()
            self.delay = self.default_delay


class OnceScheduler(Scheduler):
    """A scheduler that leaves a minute's job alone where another process had it first."""

    def enqueue_periodic_tasks(self, now: datetime | None) -> None:
        minute = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M")
        for task in self.huey.read_periodic(now):
            last = f"last.{task.name}"
            if self.huey.put_if_empty(f"{task.name}.{minute}", minute):
                before = self.huey.get(last, peek=True)
                if before and before != minute:
                    self.huey.get(f"{task.name}.{before}")
                self.huey.put(last, minute)
                self.huey.enqueue(task)


class ThreadConsumer(Consumer):
    """A consumer that leaves the process's signals to whoever owns the process."""

    worker_class = WakingWorker
    scheduler_class = OnceScheduler

    def _set_signal_handlers(self) -> None:
        """The web server or the command has set its own."""
