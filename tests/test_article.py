"""What may go into the reader, and under which name."""

import hashlib

import pytest
from pydantic import ValidationError

from dragoman import Article
from dragoman.article import text_hash

TEXT = "The two ministers met on Monday."


class TestNames:
    def test_a_given_id_is_kept(self):
        assert Article(id="wire-17", text=TEXT, url="https://wire.example/17").id == "wire-17"

    def test_without_an_id_the_address_is_the_name(self):
        assert Article.model_validate({"text": TEXT, "url": "https://wire.example/17"}).id == "https://wire.example/17"

    @pytest.mark.parametrize("id", [None, ""])
    def test_without_an_address_too_the_texts_hash_is_the_name(self, id):
        assert Article.model_validate({"id": id, "text": TEXT}).id == hashlib.sha256(TEXT.encode()).hexdigest()

    def test_a_number_may_name_an_article(self):
        assert Article.model_validate({"id": 17, "text": TEXT}).id == "17"


class TestTexts:
    @pytest.mark.parametrize("text", ["", " ", "\n\t\r\n"])
    def test_an_empty_text_is_refused(self, text):
        with pytest.raises(ValidationError, match="the text is empty"):
            Article(id="a", text=text)

    def test_a_nul_is_refused_by_name_and_place(self):
        with pytest.raises(ValidationError, match="a NUL at offset 4"):
            Article(id="a", text="They\0met.")

    @pytest.mark.parametrize("surrogate", ["\ud83d", "\ude80"])
    def test_a_lone_surrogate_is_refused_by_name_and_place(self, surrogate):
        with pytest.raises(ValidationError, match=rf"a lone surrogate \(U\+{ord(surrogate):04X}\) at offset 5"):
            Article.model_validate({"text": f"They {surrogate}met."})

    @pytest.mark.parametrize("text", ["e\u0301t", "🚀", "שלום", " They\r\nmet. ", "\ufeffThey met."])
    def test_any_other_text_is_kept_as_it_is(self, text):
        assert Article(id="a", text=text).text == text

    def test_what_is_no_text_is_refused(self):
        with pytest.raises(ValidationError):
            Article.model_validate({"id": "a", "text": 7})
        with pytest.raises(ValidationError):
            Article.model_validate({"id": "a"})


class TestDates:
    @pytest.mark.parametrize("told", ["2023-10-19", "2023-10-19T08:00:00Z", "2023-10-19T23:30:00+09:00", " 2023-10-19 "])
    def test_dates_and_date_times_give_the_day_as_told(self, told):
        day = Article(id="a", text=TEXT, published=told).published_date
        assert day is not None
        assert day.isoformat() == "2023-10-19"

    @pytest.mark.parametrize("told", [None, "", "  "])
    def test_no_date_is_none(self, told):
        assert Article(id="a", text=TEXT, published=told).published_date is None

    @pytest.mark.parametrize("told", ["yesterday", "2023-13-01", "2023-02-30", "19/10/2023"])
    def test_what_is_no_date_is_named_with_an_example(self, told):
        with pytest.raises(ValidationError, match="not an ISO date such as 2023-10-19"):
            Article(id="a", text=TEXT, published=told)


class TestMaking:
    def test_a_bare_text_becomes_an_article_named_by_its_hash(self):
        article = Article.of(TEXT, "2023-10-19")
        assert (article.id, article.published) == (text_hash(TEXT), "2023-10-19")

    def test_a_date_fills_in_for_an_article_that_tells_none_and_for_no_other(self):
        undated, dated = Article(id="a", text=TEXT), Article(id="b", text=TEXT, published="2020-01-02")
        assert Article.of(undated, "2023-10-19").published == "2023-10-19"
        assert Article.of(dated, "2023-10-19").published == "2020-01-02"

    def test_a_date_that_is_none_is_refused_however_it_comes(self):
        with pytest.raises(ValidationError, match="not an ISO date"):
            Article.of(Article(id="a", text=TEXT), "soon")

    def test_unknown_fields_are_left_aside(self):
        assert Article.model_validate({"id": "a", "text": TEXT, "licence": "CC BY"}) == Article(id="a", text=TEXT)

    def test_an_article_cannot_be_changed(self):
        with pytest.raises(ValidationError):
            Article(id="a", text=TEXT).text = "They parted."  # type: ignore[misc]
