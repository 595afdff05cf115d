import io

from dragoman.show.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def run(stream: io.StringIO, articles: int, seconds_each: float, total: int | None) -> Progress:
    clock = Clock()
    progress = Progress(stream, total, clock)
    for _ in range(articles):
        clock.now += seconds_each
        progress.advance()
    return progress


def test_a_log_gets_a_plain_line_every_few_seconds():
    log = io.StringIO()
    run(log, articles=12, seconds_each=1.0, total=100)
    assert log.getvalue().splitlines() == [
        "5 of 100 articles, 1.0 a second, 1 min 35 s left",
        "10 of 100 articles, 1.0 a second, 1 min 30 s left",
    ]


def test_a_short_run_leaves_nothing_in_a_log():
    log = io.StringIO()
    run(log, articles=20, seconds_each=0.1, total=20)
    assert log.getvalue() == ""


def test_a_terminal_gets_a_bar_that_is_taken_away_again():
    terminal = Terminal()
    progress = run(terminal, articles=2, seconds_each=1.0, total=4)
    progress.clear()
    drawn = terminal.getvalue()
    assert "[############............] 2 of 4 articles, 1.0 a second, 2 s left" in drawn
    assert drawn.endswith("\r\x1b[2K")


def test_an_unknown_number_of_articles_shows_count_and_rate():
    log = io.StringIO()
    run(log, articles=10, seconds_each=0.5, total=None)
    assert log.getvalue() == "10 articles, 2.0 a second\n"


def test_a_single_article_shows_no_progress():
    terminal = Terminal()
    run(terminal, articles=1, seconds_each=9.0, total=1)
    assert terminal.getvalue() == ""
