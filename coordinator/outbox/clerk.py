"""One database connection for all connections of a run to the mail server."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, cast

from coordinator.outbox.ledger import Claimed, Ledger, Outcome, Step


@dataclass(frozen=True)
class Request:
    """What a connection's thread asks for, and where it waits for the answer."""

    deed: Step | Callable[[], Sequence[Any]]
    answer: Future[Any] = field(default_factory=Future)


class Clerk:
    """Keeps the book for several threads: each asks and waits, as if the book were its own.

    What comes in while the clerk writes goes into one transaction together. So the busier the
    connections are, the less each letter costs the database, and still none of them takes its
    next letter before the last one is written down.
    """

    def __init__(self, book: Ledger) -> None:
        self.book = book
        self._asked: SimpleQueue[Request | None] = SimpleQueue()

    def step(
        self, done: tuple[Claimed, Outcome] | None = None, *, claim: bool = True
    ) -> Claimed | None:
        """Have a step written down and wait for its answer, as `Ledger.step` gives it."""
        return cast("Claimed | None", self._ask(Request(Step(done, claim))))

    def due(self) -> int:
        """Return 1 if it is any letter's turn."""
        return cast(int, self._ask(Request(lambda: [self.book.due()])))

    def put_off(self, reason: str) -> Counter[Any]:
        """Have every letter put off whose turn it is."""
        return cast("Counter[Any]", self._ask(Request(lambda: [self.book.put_off(reason)])))

    def leave(self) -> None:
        """Say that a thread asks nothing more."""
        self._asked.put(None)

    def serve(self, threads: int) -> None:
        """Answer until that many threads have left."""
        while threads:
            waiting = self._waiting()
            threads -= waiting.count(None)
            steps = []
            for request in waiting:
                if request is None:
                    continue
                if isinstance(request.deed, Step):
                    steps.append((request.answer, request.deed))
                else:
                    self._answer([request.answer], request.deed)
            if steps:
                answers, asked = zip(*steps, strict=True)
                self._answer(answers, partial(self.book.steps, asked))

    def _ask(self, request: Request) -> Any:
        self._asked.put(request)
        return request.answer.result()

    def _waiting(self) -> list[Request | None]:
        """Return what was asked since, waiting for the first of it."""
        found = [self._asked.get()]
        while True:
            try:
                found.append(self._asked.get_nowait())
            except Empty:
                return found

    @staticmethod
    def _answer(waiting: Sequence[Future[Any]], deed: Callable[[], Sequence[Any]]) -> None:
        try:
            found = deed()
        except Exception as error:
            for one in waiting:
                one.set_exception(error)
        else:
            for one, answer in zip(waiting, found, strict=True):
                one.set_result(answer)
