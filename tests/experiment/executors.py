"""Executors that do their work in odd ways."""

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any


class Shuffled(Executor):
    """Finishes tasks in a random order, in another thread."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._waiting: list[tuple[Future[Any], Callable[[], Any]]] = []
        self._lock = threading.Lock()
        self._busy = False
        self.order: list[Any] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        with self._lock:
            self._waiting.append((future, lambda: self._noted(fn, args, kwargs)))
            if not self._busy:
                self._busy = True
                threading.Thread(target=self._work, daemon=True).start()
        return future

    def _noted(self, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.order.append((args[0].replication, args[0].arm))
        return fn(*args, **kwargs)

    def _work(self) -> None:
        while True:
            time.sleep(0.002)  # so that several tasks are waiting to be chosen from
            with self._lock:
                if not self._waiting:
                    self._busy = False
                    return
                future, task = self._waiting.pop(self._chance.randrange(len(self._waiting)))
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(task())
                except Exception as error:
                    future.set_exception(error)


class Failing(Executor):
    """Does the first `good` tasks at once; the next one ends with `error`."""

    def __init__(self, good: int, error: Exception) -> None:
        self._good, self._error = good, error

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._good -= 1
        if self._good < 0:
            future.set_exception(self._error)
        else:
            future.set_result(fn(*args, **kwargs))
        return future
