"""How far a run has come, on standard error: a bar on a terminal, a plain line every few seconds in a log."""

import time
from collections.abc import Callable
from typing import TextIO

_BAR = 24
_REDRAW, _REPORT = 0.1, 5.0
"""Seconds between two drawings of the bar, and between two lines of a log."""


class Progress:
    """Counts articles as they are read.

    Args:
        stream: where to show it, usually standard error.
        total: number of articles, as far as it is known; a single one shows no progress.
        clock: seconds, rising.

    """

    def __init__(self, stream: TextIO, total: int | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._live = stream.isatty()
        self._clock = clock
        self._began = self._shown = clock()
        self._drawn = False
        self.total = total
        self.done = 0

    def advance(self) -> None:
        """One more article is done."""
        self.done += 1
        if self.total == 1:
            return
        now = self._clock()
        if now - self._shown >= (_REDRAW if self._live else _REPORT):
            self._shown = now
            self._show()

    def clear(self) -> None:
        """Takes the bar away, before something else is printed on the same terminal."""
        if self._drawn:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
            self._drawn = False

    def line(self) -> str:
        """How far it is, how fast, and how long it will take, as one line."""
        elapsed = self._clock() - self._began
        rate = self.done / elapsed if elapsed > 0 else 0.0
        parts = [f"{self.done} of {self.total} articles" if self.total else f"{self.done} articles", f"{rate:.1f} a second"]
        if self.total and rate:
            parts.append(f"{_duration((self.total - self.done) / rate)} left")
        return ", ".join(parts)

    def _show(self) -> None:
        if self._live:
            self._stream.write(f"\r\x1b[2K{self._bar()}{self.line()}")
            self._drawn = True
        else:
            self._stream.write(f"{self.line()}\n")
        self._stream.flush()

    def _bar(self) -> str:
        if not self.total:
            return ""
        filled = min(_BAR, _BAR * self.done // self.total)
        return f"[{'#' * filled}{'.' * (_BAR - filled)}] "


def _duration(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"
