"""Words of a text as search terms: Snowball stems for English and Russian, light suffix stripping for Kazakh.

Snowball has no Kazakh. `eval/kazakh_analysis.py` compares character n-grams with the suffix stripping below
(figures in docs/retrieval.md): they find alike, and stems also match single words of the glossary.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

import Stemmer

from corpus.text.folding import fold_letters

_WORD = re.compile(r"\w+(?:[-‐‑]\w+)*")

# Kazakh endings: plural, possessive, case and personal endings and what they pile up to.
# (Case paradigms as in school grammars; vowel and consonant harmony written out.)
_KAZAKH_ENDINGS = frozenset(
    (
        "лар лер дар дер тар тер лары лері дары дері тары тері ларды лерді дарды дерді тарды терді"
        " лардың лердің дардың дердің тардың тердің ларға лерге дарға дерге тарға терге"
        " ларының лерінің дарының дерінің тарының терінің ларын лерін дарын дерін тарын терін"
        " ларына леріне дарына деріне тарына теріне ларында лерінде дарында дерінде тарында терінде"
        " ның нің дың дің тың тің ға ге қа ке на не ды ді ты ті ны ні да де та те нда нде"
        " дан ден тан тен нан нен мен бен пен сы сі ы і сын сін ын ін сына сіне ына іне"
        " сының сінің ының інің сында сінде ында інде сынан сінен ынан інен"
        " ым ім ың ің мыз міз ымыз іміз ңыз ңіз лық лік дық дік тық тік ған ген қан кен"
        " а е ба бе па пе ма ме мын мін сың сің у й п ып іп ып уға уге уды уді удың удің алы елі са се"
    ).split()
)
_LONGEST_ENDING = max(map(len, _KAZAKH_ENDINGS))
_LEAST_LEFT = 3  # letters of a word that an ending is cut from
# Whole words that end like inflected ones: not cut further.
_KAZAKH_WHOLE = frozenset({"құрылтай"})
_LONGEST_WORD = 100  # letters; what is longer is no word, and has no endings
# Words that Snowball's Russian stemmer takes for others: "судья" for "суд", "статья" for "стать", "семья" for "семь".
_RUSSIAN_IN_YA = re.compile(r"(суд|стат|сем)(?:ь[яиею]\w*|ей)")
_GRAM = 4
_LOOK_ALIKES = str.maketrans("әіңғүұқөһ", "аингуукох")


def words(text: str) -> list[str]:
    """Lower-case words; look-alike letters are of one alphabet, ё is е, hyphens of every print are one."""
    return _WORD.findall(fold_letters(text).lower().replace("ё", "е").replace("‐", "-").replace("‑", "-"))


def terms(text: str, language: str) -> list[str]:
    """Search terms of the text in the language (kk, ru or en)."""
    found = words(text)
    if language == "kk":
        return [strip_kazakh(word) for word in found]
    stemmed = _stemmed(found, language)
    return [_apart(word, stem) for word, stem in zip(found, stemmed, strict=True)] if language == "ru" else stemmed


def stems(text: str, language: str) -> list[str]:
    """Stems of the text's words in English or Russian; of two words that a stemmer takes for one, the same."""
    return _stemmed(words(text), language)


def character_grams(text: str, size: int = _GRAM) -> list[str]:
    """Overlapping character n-grams inside words, the other candidate for Kazakh; short words whole."""
    grams: list[str] = []
    for word in words(text):
        grams += [word[i : i + size] for i in range(len(word) - size + 1)] if len(word) > size else [word]
    return grams


def spelling_grams(text: str, size: int = _GRAM) -> list[str]:
    """Character n-grams of words as they are often typed: a start mark, Kazakh letters as their Russian look-alikes.

    They find a word also where it is misspelt or typed without the letters that a keyboard lacks.
    """
    grams: list[str] = []
    for word in typed(" ".join(words(text))).split():
        marked = f"_{word}"
        grams += [marked[i : i + size] for i in range(len(marked) - size + 1)] or [marked]
    return grams


def typed(word: str) -> str:
    """The lower-case word as typed without Kazakh letters: each as its Russian look-alike."""
    return word.translate(_LOOK_ALIKES)


def strip_kazakh(word: str) -> str:
    """The word without its endings, as long as three letters are left.

    Endings pile up (number, possession, case), and verbs end in letters that nouns have in their stems, so it is
    cut to where no ending is left: forms of a word meet there, if below its dictionary form.
    """
    return _stripped(word) if len(word) <= _LONGEST_WORD else word


@lru_cache(maxsize=65536)  # texts repeat their words
def _stripped(word: str) -> str:
    while word not in _KAZAKH_WHOLE:
        longest = min(_LONGEST_ENDING, len(word) - _LEAST_LEFT)
        length = next((n for n in range(longest, 0, -1) if word[-n:] in _KAZAKH_ENDINGS), 0)
        if not length:
            break
        word = word[:-length]
    return word


def _stemmed(found: list[str], language: str) -> list[str]:
    return [str(stem) for stem in _stemmer(language).stemWords(found)]


def _apart(word: str, stem: str) -> str:
    """The Russian word's stem, or the word it is a form of where that has another word's stem."""
    ya = _RUSSIAN_IN_YA.fullmatch(word)
    return f"{ya[1]}ья" if ya else stem


@cache
def _stemmer(language: str) -> Any:
    return Stemmer.Stemmer({"ru": "russian", "en": "english"}[language])
