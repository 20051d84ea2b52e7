"""Questions that lean on the one before: "and foreigners?", "а в 2019 году?", "ал 3-тармақ ше?".

No generator rewrites them. What a follow-up leaves out is taken over from the question before: the article it names no
number of, the document, the day, or the matter, which the search then reads before the follow-up's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.digest import names, terms_of
from qa.labels import label_of_eid
from qa.understanding.question import Question, understand, without_names
from qa.understanding.references import Reference

# A follow-up says so by its first words or by its last…
_OPENING = re.compile(
    r"^(?:and|but|or|what about|how about|also|then|in that case|even if|why not|why|since when|until when"
    r"|а|и|но|или|тогда|в этом случае|а если|даже если|почему|зачем|с какого времени"
    r"|ал|және|бірақ|немесе|онда|бұл жағдайда|ал егер|неге|неліктен|қашаннан)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"\bше\W*$|\bа как же\b|\bкак насч[её]т\b", re.IGNORECASE)
# …or by asking for no more than a measure, a time or a person…
_BARE = re.compile(
    r"^(?:(?:for |until |by |since )?(?:how long|how many|how much|how often|when|where|who|whom|which)"
    r"|(?:на |до |с |за )?(?:какой срок|сколько|когда|где|как долго|кем|кто|кому)"
    r"|қанша|неше|қашан|қайда|кім|кімге|қандай мерзімге|қай мерзімге)(?:\s+\w+)?\W*$",
    re.IGNORECASE,
)
# …or by a word that stands for what was named before.
_STANDING_FOR = re.compile(
    r"\b(?:it|its|they|them|their|he|him|his|she|her|this|that|these|those"
    r"|он|она|оно|они|его|е[её]|ему|ей|им|их|ним|ней|них|нему|нём|нем|это|этого|этому|этим|этом|этой|эту|эти|этих"
    r"|тот|того|тому|там|туда|(?<!кто\s)(?<!что\s)(?:такой|такое|такие|таких)"
    r"|ол|олар|оны|оның|оған|онда|олардың|оларды|оларға|бұл|бұны|бұның|бұған|мұндай|сол|соны|соның|соған|сонда)\b",
    re.IGNORECASE,
)
_LONGEST_STANDING_FOR = 7  # in words; a longer question names what its pronouns stand for
_CLAUSES = re.compile(r"[,;:?!.–—]|\b(?:and|or|but|и|а|или|но|және|ал|әрі|бірақ)\b", re.IGNORECASE)
_FEW_WORDS = 3
_KAZAKH_LETTERS = "[әғқңөұүһіӘҒҚҢӨҰҮҺІ]"
# "Paragraph 3" alone is one of the article spoken of.
_PARTS = (
    re.compile(r"\b(?:paragraph|para\.?|clause|point|part)\s*\(?(\d{1,3})\)?", re.IGNORECASE),
    re.compile(r"\b(?:пункт\w*|подпункт\w*|част\w+|п\.)\s*(\d{1,3})", re.IGNORECASE),
    re.compile(r"\b(\d{1,3})\s*[-‐‑–]?\s*(?:тармақ\w*|тармағ\w*|бөлі\w*)", re.IGNORECASE),
)
_FILLING = frozenset(
    "and but or what about how then also in on of the under by was were is did does it that there same now today year"
    " а и но или как насчёт насчет же тогда в во на о об по это было есть там теперь сейчас год году года г"
    " ал және бірақ немесе ше онда сонда қазір туралы бойынша жылы жылғы қалай болды ма ме ба бе".split()
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a follow-up may lean on: the last question that stood by itself, as it was read, the language it was
    answered in, and the article first cited with its document ("" where none was). `shown` are identifiers of what was
    cited, `subjects` the ids of the subjects told as a whole."""

    question: str
    language: str
    article: str = ""
    document: str = ""
    shown: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


def followed(question: Question, earlier: Earlier | None) -> Question:
    """The question, completed from the earlier one where it leans on it: `context` is then what is to be read before
    it, and `reading` how it is understood, to be shown. A question that stands by itself comes back as it is."""
    if earlier is None:
        return question
    before = understand(earlier.question, language=earlier.language)
    question = _in_its_language(question, before)
    if part := _part_named(question, earlier.article):
        return replace(
            question,
            references=(part,),
            only_reference=True,
            document=question.document or earlier.document,
            as_of=question.as_of or before.as_of,
            reading=label_of_eid(part.eid, question.language),
        )
    if not _leans(question):
        return question
    inherited = replace(
        question,
        document=question.document or before.document,
        commitments=question.commitments or (before.commitments and not question.document),
        as_of=question.as_of or before.as_of,
    )
    if question.references:
        return inherited
    reading = f"{before.text} {question.text}"
    if (question.document or question.as_of) and not _says_more(question):
        # Only another text or day is asked about: the matter is wholly that of the question before.
        return replace(
            inherited,
            topic=before.topic,
            written_in=before.written_in,
            references=before.references,
            only_reference=before.only_reference,
            gone=before.gone,
            reading=reading,
        )
    return replace(inherited, context=before.topic, gone=question.gone or before.gone, reading=reading)


def _in_its_language(question: Question, before: Question) -> Question:
    """A few words hardly tell Russian from Kazakh: they are in the language spoken before, if its letters allow."""
    few = len(re.findall(r"[^\W\d_]+", question.text)) <= _FEW_WORDS
    if not few or "en" in (question.written_in, before.written_in) or re.search(_KAZAKH_LETTERS, question.text):
        return question
    language = before.language if question.language == question.written_in else question.language
    return replace(question, written_in=before.written_in, language=language)


def refers_back(text: str) -> bool:
    """Whether a word of it stands for what was named before."""
    return bool(_STANDING_FOR.search(text))


def _leans(question: Question) -> bool:
    text = question.text
    if any(pattern.search(text) for pattern in (_OPENING, _CLOSING, _BARE)):
        return True
    stands_for = _STANDING_FOR.search(text)
    if not stands_for or len(text.split()) > _LONGEST_STANDING_FOR:
        return False
    return not _named_before(text[: stands_for.start()], question.written_in)


def _named_before(text: str, language: str) -> bool:
    """Whether an earlier clause of the question names what a word of a later one can stand for: "who is the
    Vice-President and what does he do?"."""
    clauses = _CLAUSES.split(text)
    return len(clauses) > 1 and any(
        names(term.names[language], clause) for clause in clauses[:-1] for term in terms_of()
    )


def _says_more(question: Question) -> bool:
    """Whether the question has words of its own beside the document, the day and words that fill."""
    words = re.findall(r"[^\W\d_]+", without_names(question.text).lower())
    return any(word not in _FILLING for word in words)


def _part_named(question: Question, article: str) -> Reference | None:
    """The paragraph or point of the article spoken of, where the question names it and no article."""
    if question.references or not article:
        return None
    for pattern in _PARTS:
        if match := pattern.search(question.text):
            return Reference(article, paragraph=match[1], span=match.span())
    return None
