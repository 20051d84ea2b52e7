"""Whether a sentence about the law is borne out by the provisions it cites: rules that no model talks its way past.

Each check can only doubt. They look at the provision's official text and its plain words: quotes, numbers, named
bodies, whether it commands, permits or forbids, exceptions, and whether the sentence is about that provision at all.
What they cannot see is a wrong sentence that keeps all of these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Literal

from corpus import LANGUAGES, Provision
from corpus.digest import names, terms_of
from corpus.folding import fold_letters
from corpus.numbers import numbers_in
from index import SearchIndex
from index.analysis import terms, words
from qa.changed_text import AS_KNOWN, ChangedTexts
from qa.entailment import Entailment
from qa.glossary import translations
from qa.prompt import without_instructions
from qa.references import find_references

Check = Literal[
    "changed",
    "tag",
    "unfinished",
    "language",
    "repeated",
    "quote",
    "number",
    "body",
    "force",
    "exception",
    "support",
    "closeness",
    "entailment",
]

# How far the best of the cited provisions may lie behind the best of all for the sentence, in the index's score.
_BEHIND = 0.022
# Of a generator's sentence more is asked than of a person's: how like a clause of the provision it must be (cosine),
# and how many of its longer words may be the model's own.
_LIKE = 0.93
_OWN_WORDS = 0.34
_WORD_OF_ITS_OWN = 4  # letters
# Words that frame a sentence about the law and say nothing of what it holds.
_FRAME = frozenset(
    "constitution constitutional kazakhstan republic says state states provision article according"
    " конституция конституции казахстан казахстана казахстане республика республики гласит согласно статья статье"
    " конституция конституцияда қазақстан қазақстанда қазақстанның республикасы республикасының бойынша сәйкес".split()
)
_BE_DONE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+\s+){0,2}?(\w{3,}ed|chosen|given|held|made|taken)\b", re.I
)
_ENTAILED = 0.5  # the least probability of entailment
_WORDS_OF_EXCEPTION = 2
_SHORTEST_QUOTE = 2  # words; a single word in quotation marks is a name
_QUOTED = re.compile(r"“([^”]+)”|«([^»]+)»|„([^“”]+)[“”]|\"([^\"]+)\"")
# What says "two" or "twice" in other words.
_TWO = {
    "en": r"\b(?:dual|double|both|more than once)\b",
    "ru": r"\b(?:двойн\w+|об(?:а|е|оих|еих|оим|еим|оими|еими)|(?<!не )(?:более|больше) одного раза)\b",
    "kk": r"\b(?:қос\w*|екеу\w*|бір (?:рет|реттен) артық|бір реттен көп)\b",
}
_ASIDE = re.compile(r"\(([^)]*)\)|[,;]([^,;(]*)")
_CLAUSE = re.compile(r"(?<=[.;:!?])\s+|\s+[–—]\s+(?=but\b|а\b|но\b)")
_NEGATIVE = {
    "en": r"\b(?:not|\w+n't|no|never|nobody|none|neither|nor|cannot|forbidden|banned|prohibited|inadmissible)\b",
    "ru": r"\b(?:не|ни|нельзя|никогда|никто|никого|никому|нет|запрещ\w+|запрет\w*|недопуст\w+)\b",
    "kk": r"\b(?:емес|жоқ|тыйым\w*|ешкім\w*|ешбір|ешқашан)\b"
    r"|\b(?!немесе)\w+[мбп][ае](?:й(?:ды|ді|мын|мін|тын|тін)|са|се|ған|ген|ды|ді|у|уы|уі|уға|уге)\b",
}
_MEASURE = {
    "en": r"\b(?:no|not) (?:less|more|fewer|later|earlier|older|younger) than\b",
    "ru": r"\bне (?:менее|более|меньше|больше|моложе|младше|старше|позднее|ранее|реже)\b",
    "kk": r"\b(?:кем|артық|кеш|ерте) емес\b",
}
# Set phrases whose negative word denies nothing that a sentence says.
_SET_PHRASE = {
    "en": r"\b(?:whether or not|not only)\b",
    "ru": r"\b(?:как бы то ни было|не только|каким бы \w+ ни)\b",
    "kk": r"\b(?:азаматтығы жоқ|коммерциялық емес|ғана емес|қол сұғылма\w+|араласпау\w*)\b",
}
_WITHOUT = {"en": r"\bwithout\b", "ru": r"\bбез\b", "kk": r"\b\w+с[ыі]з\b"}
_COMMAND = {
    "en": r"\b(?:must|shall|has to|have to|obliged|required|compulsory|duty)\b",
    "ru": r"\b(?:обязан\w*|должн?[аыо]?|должен|обязательн\w+|надлежит|следует)\b",
    "kk": r"\b(?:міндет\w*|тиіс(?!інше)\w*|керек|қажет)\b",
}
_PERMISSION = {
    "en": r"\b(?:may|can|allowed|permitted|free to)\b",
    "ru": r"\b(?:может|могут|можно|вправе|разреш\w+|допускается)\b",
    "kk": r"\b(?:болады|алады|рұқсат\w*|мүмкін)\b",
}
_ABSOLUTE = {
    "en": r"\b(?:always|never|under any circumstances|without (?:any )?(?:exceptions?|limits?)|in all cases)\b",
    "ru": r"\b(?:всегда|никогда|ни при каких|без (?:всяких |каких-либо )?(?:исключений|ограничений)|во всех случаях)\b",
    "kk": r"\b(?:әрқашан|ешқашан|ешқандай|ешбір)\b",
}
_EXCEPTION = {
    "en": r"\b(?:unless|except|other than|only (?:in|on|where|if|by)|otherwise)\b",
    "ru": r"\b(?:кроме|за исключением|если иное|если \w+ не|только|иначе|лишь)\b",
    "kk": r"\b(?:басқа|қоспағанда|өзгеше|тек|болмаса)\b",
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a sentence is not shown: the check that failed, and what it fell over."""

    check: Check
    found: str


@dataclass(frozen=True, slots=True)
class Source:
    """A provision as it can bear out a sentence: its official texts and plain words, in whatever language, look-alike
    letters folded."""

    provision: str
    texts: tuple[Provision, ...]

    @classmethod
    def of(cls, identifier: str, index: SearchIndex, changed: ChangedTexts = AS_KNOWN) -> Source:
        """Everything the index holds of the provision, but plain words that are withheld; no texts where it holds
        none."""
        wordings = (index.provision,) if changed.withheld(identifier) else (index.provision, index.plain)
        places = (at(identifier, code) for code in LANGUAGES for at in wordings)
        found = [p for p in places if p is not None]
        if found and index.documents[found[0].document].kind == "private":
            found = [replace(p, text=without_instructions(p.text)) for p in found]
        return cls(identifier, tuple(replace(p, text=fold_letters(p.text)) for p in found))

    @property
    def document(self) -> str:
        return self.provision.split("#")[0]


def doubts(
    sentence: str,
    language: str,
    cited: Sequence[str],
    index: SearchIndex,
    *,
    is_strict: bool = False,
    entailment: Entailment | None = None,
    changed: ChangedTexts = AS_KNOWN,
) -> tuple[Doubt, ...]:
    """All that speaks against showing the sentence; empty where nothing does. `language` is the sentence's, `cited` are
    identifiers of provisions. Of a machine's sentence (`is_strict`) it is also asked that it stays close to their
    words; an `entailment` model is asked last. Plain words that `changed` withholds bear nothing out."""
    sentence = fold_letters(sentence)
    sources = [Source.of(identifier, index, changed) for identifier in cited]
    unknown = [Doubt("tag", source.provision) for source in sources if not source.texts]
    if unknown or not sources:
        return tuple(unknown) or (Doubt("tag", ""),)
    found = [
        *_quotes(sentence, sources),
        *_references(sentence, sources),
        *_numbers(sentence, language, sources),
        *_bodies(sentence, language, sources),
    ]
    if not found:  # what follows costs a search; one doubt is enough
        found += _support(sentence, language, sources, index)
        found += _force(sentence, language, sources, index)
    if is_strict and not found:
        found += _closeness(sentence, language, sources, index)
    if entailment and not found:
        premises = (
            " ".join(p.text for p in source.texts if p.language == code) for source in sources for code in LANGUAGES
        )
        best = max(entailment.probability(premise, sentence) for premise in premises if premise)
        found += [Doubt("entailment", f"{best:.2f}")] if best < _ENTAILED else []
    return tuple(found)


def _quotes(sentence: str, sources: Sequence[Source]) -> list[Doubt]:
    """Quoted words must stand in a cited official text, letter for letter."""
    quotes = [next(filter(None, match.groups())) for match in _QUOTED.finditer(sentence)]
    official = [p.text for source in sources for p in source.texts if p.wording == "official"]
    return [
        Doubt("quote", quote)
        for quote in quotes
        if len(quote.split()) >= _SHORTEST_QUOTE and not any(quote.rstrip(" .,;") in text for text in official)
    ]


def _references(sentence: str, sources: Sequence[Source]) -> list[Doubt]:
    """An article that the sentence names must be one that it cites."""
    articles = {p.article for source in sources for p in source.texts}
    said = " ".join(p.text for source in sources for p in source.texts)
    within = {reference.article for reference in find_references(said)}
    return [
        Doubt("tag", reference.article)
        for reference in find_references(sentence)
        if reference.article not in articles | within
    ]


def _numbers(sentence: str, language: str, sources: Sequence[Source]) -> list[Doubt]:
    """Numbers, terms, shares and years must stand in a cited provision, in words or digits, in any language."""
    for reference in reversed(find_references(sentence)):
        sentence = sentence[: reference.span[0]] + " " + sentence[reference.span[1] :]
    known = {number for source in sources for p in source.texts for number in numbers_in(p.body, p.language)}
    if any(_has(_TWO, p.body, p.language) for source in sources for p in source.texts):
        known.add(Fraction(2))
    return [Doubt("number", str(number)) for number in sorted(numbers_in(sentence, language) - known)]


def _bodies(sentence: str, language: str, sources: Sequence[Source]) -> list[Doubt]:
    """Named bodies must be named by a cited provision or its heading."""
    texts = [(p, f"{p.article_title}. {p.lead_in} {p.body}") for source in sources for p in source.texts]
    found = []
    for term in terms_of():
        if not names(term.names[language], sentence):
            continue
        stems = {code: (*term.names[code], *(term.official if code == "ru" else ())) for code in LANGUAGES}
        if not any(names(stems[p.language], text) for p, text in texts):
            found.append(Doubt("body", term.names[language][0]))
    return found


def _support(sentence: str, language: str, sources: Sequence[Source], index: SearchIndex) -> list[Doubt]:
    """The sentence must be about what it cites: no other provision may lie much nearer to it."""
    result = index.search(
        sentence,
        language=language,
        documents=sorted({source.document for source in sources}),
        limit=index.count,
        translations=translations(sentence, language),
    )
    articles = {source.provision.split("__")[0] for source in sources}
    best = result.hits[0]
    ours = next((hit for hit in result.hits if hit.provision.article_id in articles), None)
    if ours is None or best.score - ours.score > _BEHIND:
        return [Doubt("support", best.provision.id)]
    return []


def _closeness(sentence: str, language: str, sources: Sequence[Source], index: SearchIndex) -> list[Doubt]:
    """Much the same must be said by one clause, in much the same
    words: rules and ranking alone let through what strings the provision's words together otherwise."""
    texts = [p for source in sources for p in source.texts if p.language == language]
    clauses = [clause for p in texts for clause in (p.body, *_CLAUSE.split(p.body)) if len(clause.split()) > 2]
    if not clauses:  # the provision is in another language alone: the ranking has compared them
        return []
    vectors = index.embedder.embed_passages([sentence, *clauses])
    known = {
        term
        for p in texts
        for term in terms(" ".join((p.article_title, p.lead_in, p.text, *p.everyday, *p.asked)), language)
    }
    longer = [word for word in words(sentence) if len(word) >= _WORD_OF_ITS_OWN and word not in _FRAME]
    own = [word for word in longer if not known.intersection(terms(word, language))]
    scores = vectors[1:] @ vectors[0]
    if float(scores.max()) < _LIKE or len(own) > _OWN_WORDS * len(longer):
        return [Doubt("closeness", ", ".join(own))]
    if own and own[0] == longer[0]:  # what it speaks of, the provision does not
        return [Doubt("closeness", own[0])]
    clause = clauses[int(scores.argmax())]
    if turned := _turned(longer, clause, language) or (_passive(sentence, clause) if language == "en" else ""):
        return [Doubt("closeness", turned)]
    return []


def _passive(sentence: str, clause: str) -> str:
    """A verb that an English sentence has in the passive though the clause has it in the active: "the people are
    elected" of "the people elect"; "" where there is none."""
    active = {terms(word, "en")[0] for word in words(_BE_DONE.sub(" ", clause))}
    for match in _BE_DONE.finditer(sentence):
        verb = terms(match[1], "en")[0]
        if verb in active and verb not in {terms(done[1], "en")[0] for done in _BE_DONE.finditer(clause)}:
            return match[0]
    return ""


def _turned(said: Sequence[str], clause: str, language: str) -> str:
    """A word that the sentence names oftener than the clause, or begins with though the clause has it after the words
    that follow: "the President is appointed by the President", "the people are elected"; "" where there is none."""
    stems = [terms(word, language)[0] for word in said]
    theirs = terms(clause, language)
    for stem in stems:
        if 0 < theirs.count(stem) < stems.count(stem):
            return stem
    shared = [stem for stem in stems if stem in theirs]
    if len(shared) > 2 and theirs.index(shared[0]) > max(theirs.index(stem) for stem in shared[1:3]):
        return shared[0]
    return ""


def _force(sentence: str, language: str, sources: Sequence[Source], index: SearchIndex) -> list[Doubt]:
    """What the sentence commands, permits, forbids or holds without exception, the nearest clause must too."""
    clauses = [
        clause
        for source in sources
        for p in source.texts
        if p.language == language
        for clause in _CLAUSE.split(p.body)
        if len(clause.split()) > 2
    ]
    if not clauses:
        return []
    vectors = index.embedder.embed_passages([sentence, *clauses])
    nearest = clauses[int((vectors[1:] @ vectors[0]).argmax())]
    found: list[Doubt] = []
    negative, theirs = (_is_negative(text, language) for text in (sentence, nearest))
    # "No one may be held without a court" and "only a court decides" say the same.
    conditional = theirs and _has(_WITHOUT, nearest, language) and not _has(_PERMISSION, sentence, language)
    excepted = theirs and not negative and _describes_exception(sentence, nearest, language)
    if negative != theirs and not (conditional or excepted):
        found.append(Doubt("force", nearest))
    elif not (negative or theirs):
        commands, permits = (_has(marks, sentence, language) for marks in (_COMMAND, _PERMISSION))
        # A figure that must be met is a condition of what is permitted: no command is made of that.
        measured = bool(numbers_in(sentence, language))
        if commands and not measured and not _has(_COMMAND, nearest, language) and _has(_PERMISSION, nearest, language):
            found.append(Doubt("force", nearest))
        if permits and not _has(_PERMISSION, nearest, language) and _has(_COMMAND, nearest, language):
            found.append(Doubt("force", nearest))
    whole = " ".join(clauses)
    if _has(_ABSOLUTE, sentence, language) and _has(_EXCEPTION, whole, language):
        found.append(Doubt("exception", nearest))
    return found


def _describes_exception(sentence: str, clause: str, language: str) -> bool:
    """Whether the sentence speaks of what the clause excepts: it has words that stand in the exception alone."""
    asides = (first or second for first, second in _ASIDE.findall(clause))
    exception = next((aside for aside in asides if _has(_EXCEPTION, aside, language)), "")
    alone = _beginnings(exception) - _beginnings(clause.replace(exception, " "))
    return len(alone & _beginnings(sentence)) >= _WORDS_OF_EXCEPTION


def _beginnings(text: str) -> set[str]:
    """The first letters of the longer words: enough to know a word again in another form."""
    return {word[:5].lower() for word in re.findall(r"[^\W\d_]{4,}", text)}


def _is_negative(text: str, language: str) -> bool:
    """Whether the text denies or forbids; "no less than" does not."""
    for phrases in (_MEASURE, _SET_PHRASE):
        text = _compiled(phrases[language]).sub(" ", text)
    return _has(_NEGATIVE, text, language)


def _has(marks: dict[str, str], text: str, language: str) -> bool:
    return bool(_compiled(marks[language]).search(text))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
