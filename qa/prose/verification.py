"""Whether a sentence about the law is borne out by the provisions it cites: rules that no model talks its way past.

Each check (`qa.prose.checks`) can only doubt. They look at the provision's official text and its plain words: quotes,
numbers, named bodies, whether it commands, permits or forbids, exceptions, and whether the sentence is about that
provision at all. What they cannot see is a wrong sentence that keeps all of these.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus import LANGUAGES
from corpus.text.folding import fold_letters
from index import SearchIndex
from qa.evidence.changed_text import AS_KNOWN, ChangedTexts
from qa.prose.checks.bodies import unnamed_bodies
from qa.prose.checks.closeness import in_other_words
from qa.prose.checks.doubt import Doubt
from qa.prose.checks.force import of_another_force
from qa.prose.checks.numbers import unfounded_numbers
from qa.prose.checks.quotes import misquoted
from qa.prose.checks.source import Source
from qa.prose.checks.support import about_another
from qa.prose.checks.tags import uncited_articles, unknown_tags
from qa.prose.entailment import Entailment

_ENTAILED = 0.5  # the least probability of entailment


def doubts(
    sentence: str,
    language: str,
    cited: Sequence[str],
    index: SearchIndex,
    *,
    is_strict: bool = False,
    is_judged: bool = False,
    entailment: Entailment | None = None,
    changed: ChangedTexts = AS_KNOWN,
) -> tuple[Doubt, ...]:
    """All that speaks against showing the sentence; empty where nothing does. `language` is the sentence's, `cited` are
    identifiers of provisions. Of a machine's sentence (`is_strict`) it is also asked that it stays close to their
    words, unless a second judge tells whether they bear it out (`is_judged`); an `entailment` model is asked last.
    Plain words that `changed` withholds bear nothing out."""
    sentence = fold_letters(sentence)
    sources = [Source.of(identifier, index, changed) for identifier in cited]
    if unknown := unknown_tags(sources):
        return tuple(unknown)
    found = [
        *misquoted(sentence, sources),
        *uncited_articles(sentence, sources),
        *unfounded_numbers(sentence, language, sources),
        *unnamed_bodies(sentence, language, sources),
    ]
    if not found and not is_judged:  # what follows costs a search; one doubt is enough
        found += about_another(sentence, language, sources, index)
        found += of_another_force(sentence, language, sources, index)
    if is_strict and not is_judged and not found:
        found += in_other_words(sentence, language, sources, index)
    if entailment and not found:
        found += _not_entailed(sentence, sources, entailment)
    return tuple(found)


def _not_entailed(sentence: str, sources: Sequence[Source], entailment: Entailment) -> list[Doubt]:
    premises = (
        " ".join(p.text for p in source.texts if p.language == code) for source in sources for code in LANGUAGES
    )
    best = max(entailment.probability(premise, sentence) for premise in premises if premise)
    return [Doubt("entailment", f"{best:.2f}")] if best < _ENTAILED else []
