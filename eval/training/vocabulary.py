"""The vocabulary that Kazakh, Russian and English need, cut out of the model's: a smaller file, which loads faster."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from index.embedders.e5_file import E5File, rows_of
from index.embedders.transformers_e5 import Tokens

_SPECIAL = 4  # the first pieces are marks: of the start, of padding, of the end, of what is unknown
_SPACE = "▁"  # stands before a piece that begins a word
_CYRILLIC = re.compile("[а-яёәіңғүұқөһ]+", re.IGNORECASE)
_LATIN = re.compile("[a-z]+", re.IGNORECASE)
# Of Latin letters, what English words are cut into: so many of the most frequent, in small letters, with a capital,
# and in capitals; and the pieces of the first ranks, which stand in the order of how common they are in a hundred
# languages.
_ENGLISH_WORDS = 40_000
_LATIN_RANK = 12_000
_LAST_LETTER = "ӿ"  # Latin and Cyrillic letters lie up to here; any of them alone is kept, so that no name is unknown


def cut_vocabulary(file: E5File) -> E5File:
    """The same model with the pieces that are needed; what it keeps, it reads as before."""
    english = set(_english_pieces(Tokens(file)))
    kept = [
        rank
        for rank, (piece, _) in enumerate(file.pieces)
        if rank < _SPECIAL or rank in english or _needed(piece.decode("utf-8"), rank)
    ]
    words = rows_of(file.tensors["emb.word"], kept, file.sizes.hidden)
    return replace(
        file,
        sizes=replace(file.sizes, vocabulary=len(kept)),
        pieces=[file.pieces[rank] for rank in kept],
        tensors={**file.tensors, "emb.word": words},
    )


def _english_pieces(tokens: Tokens) -> Iterator[int]:
    """By the frequencies of Speer 2022, "wordfreq"."""
    from wordfreq import top_n_list

    for word in top_n_list("en", _ENGLISH_WORDS):
        for form in (word, word.capitalize(), word.upper()):
            yield from tokens(form)


def _needed(piece: str, rank: int) -> bool:
    text = piece.removeprefix(_SPACE)
    if len(text) <= 1:
        return text <= _LAST_LETTER or not text.isalpha()
    if _LATIN.fullmatch(text):
        return rank < _LATIN_RANK
    return bool(_CYRILLIC.fullmatch(text)) or not any(character.isalpha() for character in text)
