"""What the assistant gives back: an answer with citations, or an abstention with its reason; and its trace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from corpus import Document
from corpus.divergences import Divergence
from corpus.parsing.amendments import Amendment, Resolution
from corpus.subjects import Subject
from qa.candidates import Candidates
from qa.understanding.conversation import Earlier

Stage = Literal["question", "scope", "retrieval", "abstention", "composition", "generation", "verification"]
Mode = Literal["extractive", "overview", "facts", "written"]
AbstentionReason = Literal["out_of_scope", "not_in_corpus", "repealed_only", "too_vague", "not_a_question"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision, what it says in plain words, and the verbatim quote that supports the answer.

    `plain` is the plain-language layer's entry in the answer's language, None where the layer has none and where it is
    `withheld`, because the article's text has changed since this release; `quote` is of
    the official text, None where none is installed. `language` is the quote's, else the entry's. `key_sentence` is the
    one sentence of the quote that matched best, "" where the quote is hardly more than that. `lead_in` is the words
    that open the list a point stands in, quoted beside it. `others` are the same provision's quotes in its other
    official languages, `(language, quote)`. `later` are the changes of its article after which the wording quoted is
    not vouched for as that of the day asked about; `last_change` is what gave the article that wording, None where it
    was never changed. `overtaken` are the changes since that wording which may have been in force on the day already.
    `resolutions` of the Constitutional Court or Council are on it, by the notes. `edition` is the first day in force of
    the wording quoted, `one_of_several` where the document has others: installed too, or, of an act, before it.
    `divergence` is where its Kazakh and its Russian text part, told in the answer's language; None where they do
    not, where there is no quote, and where the plain words are withheld. `page` and `heading` are where it stands
    in a document of the asker's own: the printed page, None where it has none, and the heading above it; of
    official texts the label tells.
    """

    provision: str
    document: str
    document_title: str
    label: str
    plain: str | None
    quote: str | None
    key_sentence: str
    lead_in: str
    url: str
    status: str
    language: str
    edition: str
    others: tuple[tuple[str, str], ...] = ()
    withheld: bool = False
    later: tuple[Amendment, ...] = ()
    last_change: Amendment | None = None
    resolutions: tuple[Resolution, ...] = ()
    overtaken: tuple[Amendment, ...] = ()
    one_of_several: bool = False
    divergence: Divergence | None = None
    page: int | None = None
    heading: str = ""

    @property
    def of_the_day(self) -> bool:
        """Whether the wording is vouched for as that of the day asked about, if one is."""
        return not self.later and not self.overtaken

    def to_json(self) -> dict[str, Any]:
        return {
            "provision": self.provision,
            "document": self.document,
            "label": self.label,
            "plain": self.plain,
            "quote": self.quote,
            "quotes": {code: text for code, text in ((self.language, self.quote), *self.others) if text is not None},
            "url": self.url,
            "status": self.status,
            "language": self.language,
            "edition": (self.edition or None) if self.quote is not None else None,
            "wording": {
                "of_the_day": self.of_the_day,
                "last_change": self.last_change.to_json() if self.last_change else None,
                "later": [change.to_json() for change in self.later],
                "overtaken": [change.to_json() for change in self.overtaken],
            },
            "resolutions": [{"date": r.day.isoformat(), "number": r.number} for r in self.resolutions],
            "texts_differ": self.divergence.to_json() if self.divergence else None,
        }


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why there is no answer, in the asker's language, ready to show."""

    reason: AbstentionReason
    message: str


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One stage of answering, worded for the asker."""

    stage: Stage
    text: str


@dataclass(frozen=True, slots=True)
class SeeAlso:
    """A provision near the question that the answer does not build on; `heading` is its article's in plain words, ""
    where there are none."""

    provision: str
    label: str
    url: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence that a generator wrote, the provisions it cites, and why it is not shown; no doubts where it is."""

    text: str
    provisions: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubjectTold:
    """A subject that an answer tells as a whole: what it comes to (`says`), what the text leaves open ("" for nothing),
    how many provisions on it are known; `groups` are headings with identifiers of provisions."""

    id: str
    title: str
    says: str
    open: str
    count: int
    groups: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, subject: Subject, language: str) -> SubjectTold:
        groups = tuple((group.heading[language], group.provisions) for group in subject.groups)
        said = subject.says[language], subject.open.get(language, "")
        return cls(subject.id, subject.title(language), *said, len(subject.provisions), groups)

    def to_json(self) -> dict[str, Any]:
        groups = [{"heading": heading, "provisions": list(names)} for heading, names in self.groups]
        told = {"id": self.id, "title": self.title, "says": self.says, "open": self.open or None, "count": self.count}
        return {**told, "groups": groups}


@dataclass(frozen=True, slots=True)
class SubjectNamed:
    """A subject to read on under, by its id and its title in the asker's language."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class FromLibrary:
    """What a library of legislation has to do with an answer: the `acts` that citations are of, as a catalogue would
    have them; provisions of laws to read on in; what is `told` of it, for instance that it could not be asked, ""
    where nothing; its `fingerprint`, "" where it could not be asked."""

    fingerprint: str = ""
    acts: tuple[Document, ...] = ()
    see_also: tuple[SeeAlso, ...] = ()
    told: str = ""

    def to_json(self, language: str) -> dict[str, Any]:
        acts = [{"id": act.id, "title": act.titles[language], "status": act.status} for act in self.acts]
        near = [{"provision": item.provision, "label": item.label, "url": item.url} for item in self.see_also]
        return {"fingerprint": self.fingerprint, "acts": acts, "see_also": near, "told": self.told or None}


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole result of one question.

    `retrieved` is `(provision, score)`, best first; `elapsed_ms` milliseconds; `notice` what to know before reading, ""
    where nothing (`text` opens with it); `reading` how a question was understood that leans on the one before or has
    slips of spelling, else ""; `thread` what the next question may lean on. In the mode "written", sentences of a
    generator that passed verification open the answer; `written` are all that it wrote; in the mode "overview",
    `subjects`, one or two, are told as a whole and every essential provision of them cited; in the mode "facts",
    something of the document itself is told. `further` belongs to the answer too and unfolds: the rest of a subject, of
    a list, of an article. `more_on` are subjects to read on under. `opinion`: a judgement or a motive was asked for,
    which no text gives; `absent`: what was asked for is not there, and the nearest subject is told. `newer` says, as
    `text` does, that a newer edition of what is cited was found, else "". `candidates` are what a model at hand may
    choose from, None where the answer was not searched for; `tokens` are those that it read and wrote to choose.
    `leans`: the question was completed from the one before. `confidence` is the chance that what is cited first is
    right, from 0 to 1; None where the answer was not searched for among plain words. `doubtful`: it is the nearest in
    a document of the user's, and may answer something else. `library` is what a library of laws adds, None without one.
    """

    question: str
    language: str
    as_of: date
    abstained: Abstention | None
    text: str
    citations: tuple[Citation, ...]
    see_also: tuple[SeeAlso, ...]
    retrieved: tuple[tuple[str, float], ...]
    fingerprint: str
    elapsed_ms: float
    trace: tuple[TraceStep, ...]
    notice: str = ""
    reading: str = ""
    thread: Earlier | None = None
    mode: Mode = "extractive"
    written: tuple[WrittenSentence, ...] = ()
    newer: str = ""
    subjects: tuple[SubjectTold, ...] = ()
    further: tuple[Citation, ...] = ()
    more_on: tuple[SubjectNamed, ...] = ()
    opinion: bool = False
    absent: bool = False
    candidates: Candidates | None = None
    tokens: tuple[int, int] = (0, 0)
    leans: bool = False
    confidence: float | None = None
    doubtful: bool = False
    library: FromLibrary | None = None

    @property
    def acts(self) -> dict[str, Document]:
        """The acts of a library that are cited, by their ids."""
        return {act.id: act for act in self.library.acts} if self.library else {}

    def to_json(self) -> dict[str, Any]:
        """The documented form, as `atazan ask --json` prints it."""
        return {
            "question": self.question,
            "language": self.language,
            "as_of": self.as_of.isoformat(),
            "mode": self.mode,
            "opinion": self.opinion,
            "absent": self.absent,
            "subject": self.subjects[0].to_json() if self.subjects else None,
            "subjects": [subject.to_json() for subject in self.subjects],
            "abstained": {"reason": self.abstained.reason, "message": self.abstained.message}
            if self.abstained
            else None,
            "answer": self.text,
            "written": [
                {"sentence": s.text, "provisions": list(s.provisions), "dropped": "; ".join(s.doubts) or None}
                for s in self.written
            ],
            "citations": [citation.to_json() for citation in self.citations],
            "further": [citation.to_json() for citation in self.further],
            "more_on": [{"id": subject.id, "title": subject.title} for subject in self.more_on],
            "confidence": self.confidence,
            "retrieved": [{"provision": provision, "score": score} for provision, score in self.retrieved],
            "fingerprint": self.fingerprint,
            "elapsed_ms": self.elapsed_ms,
            **({"library": self.library.to_json(self.language)} if self.library else {}),
        }
