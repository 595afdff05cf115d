import io

import pytest

from dragoman.record import Record, RecordedArticle
from dragoman.show.pages import TableWriter


def shown(record: Record, monkeypatch: pytest.MonkeyPatch, width: int = 200) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    stream = io.StringIO()
    TableWriter(stream).write(record)
    return stream.getvalue()


def row(page: str, ident: str) -> str:
    """The lines of a table's row, in one."""
    lines = page.splitlines()
    at = next(i for i, line in enumerate(lines) if line.split()[:1] == [ident])
    rest = lines[at + 1 :]
    until = next((i for i, line in enumerate(rest) if not line.strip() or not line.startswith(" " * 4)), len(rest))
    return " ".join(" ".join(lines[at : at + 1 + until]).split())


def test_the_heading_names_title_date_and_outlet(story, monkeypatch):
    assert shown(story, monkeypatch).splitlines()[:3] == ["Envoys meet", "2023-06-14 · Northern Ledger", "5 events, 2 statements"]


def test_an_act_told_by_the_article_shows_who_whom_when_where_and_how_sure(story, monkeypatch):
    visit = row(shown(story, monkeypatch), "e1")
    for part in (
        "2023-06-12",
        "Marte Lind NOR GOV → Vietnam VNM GOV",
        "CONSULT visit",
        "[flew] to Hanoi",
        "article",
        "Hanoi VNM",
        "0.97",
    ):
        assert part in visit


@pytest.mark.parametrize("width", [80, 200])
def test_an_act_that_did_not_simply_happen_says_so_in_a_word(story, monkeypatch, width):
    page = shown(story, monkeypatch, width).lower()
    assert "possible" in row(page, "e2")
    assert "denied" in row(page, "e4")
    assert "planned" in row(page, "e5")


@pytest.mark.parametrize("width", [80, 200])
def test_who_says_so_is_named(story, monkeypatch, width):
    page = shown(story, monkeypatch, width)
    assert "diplomat" in row(page, "e2")
    assert "Vu Nam" in row(page, "e4")


def test_a_denial_and_what_it_denies_point_at_each_other(story, monkeypatch):
    page = shown(story, monkeypatch)
    assert "disputes e2" in row(page, "e3")
    assert "disputed by e3" in row(page, "e2")


def test_a_second_telling_points_at_the_first_and_at_its_statement(story, monkeypatch):
    telling = row(shown(story, monkeypatch), "e4")
    assert "same act as e2" in telling
    assert "in s2" in telling


def test_events_stand_in_text_order_and_statements_below(story, monkeypatch):
    page = shown(story, monkeypatch)
    places = [page.index(f"\n {ident} ") for ident in ("e1", "e2", "e3", "e4", "e5", "s1", "s2")]
    assert places == sorted(places)


def test_a_statement_shows_speaker_medium_kind_words_and_whom_it_is_about(story, monkeypatch):
    page = shown(story, monkeypatch)
    assert "a Norwegian diplomat NOR GOV" in row(page, "s1")
    assert "Vietnam may expel her deputy Vietnam" in row(page, "s1")
    assert "Vu Nam VNM GOV via Radio Confluence" in row(page, "s2")
    assert 'direct "We expel nobody,"' in row(page, "s2")


@pytest.mark.parametrize("width", [80, 100, 200])
def test_the_page_is_never_wider_than_asked(story, monkeypatch, width):
    assert max(len(line) for line in shown(story, monkeypatch, width).splitlines()) <= width


def test_a_quiet_article_says_that_nothing_was_found(monkeypatch):
    quiet = Record(article=RecordedArticle(id="q", title="Two goals in the rain", text="Two goals in the rain"))
    assert "No political event and no statement found." in shown(quiet, monkeypatch)


def test_a_record_without_text_still_shows_its_triggers(story, monkeypatch):
    assert "[flew]" in row(shown(story.without_text(), monkeypatch), "e1")


def test_there_are_no_colours_where_there_is_no_terminal(story, monkeypatch):
    assert "\x1b" not in shown(story, monkeypatch)


def test_what_an_article_holds_cannot_steer_the_terminal(story, monkeypatch):
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    hostile = story.model_copy(
        update={"article": story.article.model_copy(update={"title": "\x1b]0;owned\x07 [red]news[/red] :smile:"})}
    )
    heading = shown(hostile, monkeypatch).splitlines()[0]
    assert heading == "␛]0;owned␇ [red]news[/red] :smile:"
