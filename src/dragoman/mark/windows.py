"""Cutting a text into the windows that the encoder sees."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from dragoman.mark.marks import Words
from dragoman.mark.sentences import Sentence, split_sentences

MAX_PIECES = 510
"""Word pieces of a window beside its two special ones: the encoder has 512 positions."""

LEFT_CONTEXT, RIGHT_CONTEXT = 96, 48
"""Word pieces of neighbouring sentences shown beside the core of a window, at most."""

MAX_SENTENCE_PIECES = 256
"""A sentence of more pieces (a table, a list without stops) is cut."""

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TokenizedText:
    """A text as words and word pieces.

    `words` are the pre-tokenizer's words (runs of letters and digits, single punctuation marks), `first_piece` the index of
    each word's first piece in `pieces`, `sentence` the number of its sentence.
    """

    text: str
    sentences: Sequence[Sentence]
    words: Sequence[Words]
    pieces: IntArray
    first_piece: IntArray
    sentence: IntArray


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words for one pass of the encoder: words `start` to `end`, of which `core_start` to `core_end` are its own.

    The other words are context: their marks are taken from the window whose core they are in.
    """

    start: int
    end: int
    core_start: int
    core_end: int


class WordPieces:
    """The tokenizer of the model: lower-cased BERT word pieces."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        special = [self._tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]")]
        self._cls, self._sep = (np.array([i], dtype=np.int64) for i in special)

    def tokenize(self, text: str, sentences: Sequence[Sentence] | None = None) -> TokenizedText:
        """Words and pieces of a text; sentences are found where they are not given."""
        sentences = split_sentences(text) if sentences is None else sentences
        words: list[Words] = []
        pieces: list[int] = []
        first: list[int] = []
        sentence_of: list[int] = []
        encoded = self._tokenizer.encode_batch([text[s.start : s.end] for s in sentences], add_special_tokens=False)
        for number, (sentence, found) in enumerate(zip(sentences, encoded, strict=True)):
            previous = None
            for piece, word_id, (start, end) in zip(found.ids, found.word_ids, found.offsets, strict=True):
                stop = _after_marks(text, sentence.start + end)
                if word_id != previous:
                    previous = word_id
                    first.append(len(pieces))
                    words.append(Words(sentence.start + start, stop))
                    sentence_of.append(number)
                else:
                    words[-1] = Words(words[-1].start, max(words[-1].end, stop))
                pieces.append(piece)
        return TokenizedText(
            text,
            sentences,
            words,
            np.asarray(pieces, dtype=np.int64),
            np.asarray(first, dtype=np.int64),
            np.asarray(sentence_of, dtype=np.int64),
        )

    def piece_ids(self, tokenized: TokenizedText, window: Window) -> IntArray:
        """Input of the encoder for a window, with the special pieces at both ends."""
        start, end = piece_range(tokenized, window.start, window.end)
        return np.concatenate((self._cls, tokenized.pieces[start:end], self._sep))


def _after_marks(text: str, end: int) -> int:
    """Where a word ends whose last letter carries combining marks, which the tokenizer leaves out."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def piece_range(tokenized: TokenizedText, start: int, end: int) -> tuple[int, int]:
    """First and last-but-one piece of the words `start` to `end`."""
    first = tokenized.first_piece
    last = int(first[end]) if end < len(first) else len(tokenized.pieces)
    return int(first[start]), last


def windows(tokenized: TokenizedText, max_pieces: int = MAX_PIECES) -> list[Window]:
    """Windows whose cores cover the text, of whole sentences where these are not overlong, and of about equal length."""
    blocks = _blocks(tokenized)
    total = len(tokenized.pieces)
    if not blocks:
        return []
    if total <= max_pieces:
        return [Window(0, len(tokenized.words), 0, len(tokenized.words))]
    room = max_pieces - LEFT_CONTEXT - RIGHT_CONTEXT
    target = total / -(-total // room)
    cores: list[tuple[int, int]] = []
    size = 0
    begin = 0
    for i, block in enumerate(blocks):
        if i > begin and (size + block.pieces > room or size + block.pieces / 2 > target):
            cores.append((begin, i))
            begin, size = i, 0
        size += block.pieces
    cores.append((begin, len(blocks)))
    return [_with_context(blocks, first, last) for first, last in cores]


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    pieces: int


def _blocks(tokenized: TokenizedText) -> list[_Block]:
    """Sentences as runs of words, overlong ones cut."""
    blocks: list[_Block] = []
    begin = 0
    n = len(tokenized.words)
    for i in range(1, n + 1):
        pieces = piece_range(tokenized, begin, i)
        full = i < n and piece_range(tokenized, begin, i + 1)[1] - pieces[0] > MAX_SENTENCE_PIECES
        if i == n or tokenized.sentence[i] != tokenized.sentence[begin] or full:
            blocks.append(_Block(begin, i, pieces[1] - pieces[0]))
            begin = i
    return blocks


def _with_context(blocks: list[_Block], first: int, last: int) -> Window:
    left, room = first, LEFT_CONTEXT
    while left > 0 and blocks[left - 1].pieces <= room:
        left -= 1
        room -= blocks[left].pieces
    right, room = last, RIGHT_CONTEXT
    while right < len(blocks) and blocks[right].pieces <= room:
        room -= blocks[right].pieces
        right += 1
    return Window(blocks[left].start, blocks[right - 1].end, blocks[first].start, blocks[last - 1].end)
