"""The search terms of a library's texts and questions: the stems of each language, told apart from those of others, so
that one BM25 index holds all of them and a word counts only where question and text share its language."""

from __future__ import annotations

from corpus.text.folding import fold_letters
from index.words.analysis import stems, terms


def stored_terms(text: str, language: str) -> str:
    """The text's terms as a store keeps them: one a word, parted by spaces."""
    return " ".join(f"{language}_{term}" for term in terms(text, language))


def asked_terms(text: str, language: str) -> list[str]:
    """The terms of a question's words in a language, in their order, each once."""
    asked = terms(text, language)
    if language == "ru":
        asked += stems(text, language)  # of "судья" and the like, libraries stored by earlier releases hold no more
    return list(dict.fromkeys(f"{language}_{term}" for term in asked))


def title_key(title: str) -> str:
    """What two spellings of one title have in common."""
    return " ".join(fold_letters(title).casefold().replace("ё", "е").split())
