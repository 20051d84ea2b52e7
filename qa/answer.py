"""What the assistant gives back: an answer with citations, or an abstention with its reason; and its trace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from corpus.subjects import Subject
from qa.understanding.conversation import Earlier

Stage = Literal["question", "scope", "retrieval", "abstention", "composition", "generation", "verification"]
Mode = Literal["extractive", "overview", "written"]
AbstentionReason = Literal["out_of_scope", "not_in_corpus", "repealed_only", "too_vague"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision, what it says in plain words, and the verbatim quote that supports the answer.

    `plain` is the plain-language layer's entry in the answer's language, None where the layer has none and where it is
    `withheld`, because the article's text has changed since this release; `quote` is of
    the official text, None where none is installed. `language` is the quote's, else the entry's. `key_sentence` is the
    one sentence of the quote that matched best, "" where the quote is hardly more than that. `lead_in` is the words
    that open the list a point stands in, quoted beside it. `others` are the same provision's quotes in its other
    official languages, `(language, quote)`.
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
    """A provision near the question that the answer does not build on."""

    provision: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence that a generator wrote, the provisions it cites, and why it is not shown; no doubts where it is."""

    text: str
    provisions: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubjectTold:
    """The subject that an answer tells as a whole; `groups` are headings with identifiers of provisions."""

    id: str
    title: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, subject: Subject, language: str) -> SubjectTold:
        groups = tuple((group.heading[language], group.provisions) for group in subject.groups)
        return cls(subject.id, subject.title(language), groups)

    def to_json(self) -> dict[str, Any]:
        groups = [{"heading": heading, "provisions": list(names)} for heading, names in self.groups]
        return {"id": self.id, "title": self.title, "groups": groups}


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole result of one question.

    `retrieved` is `(provision, score)`, best first; `elapsed_ms` milliseconds; `notice` what to know before reading, ""
    where nothing (`text` opens with it); `reading` how a question was understood that leans on the one before or has
    slips of spelling, else ""; `thread` what the next question may lean on. In the mode "written", sentences of a
    generator that passed verification open the answer; `written` are all that it wrote; in the mode "overview",
    `subject` is told as a whole and every essential provision of it cited. `newer` says, as `text` does, that a newer
    edition of what is cited was found, else "".
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
    subject: SubjectTold | None = None

    def to_json(self) -> dict[str, Any]:
        """The documented form, as `atazan ask --json` prints it."""
        return {
            "question": self.question,
            "language": self.language,
            "as_of": self.as_of.isoformat(),
            "mode": self.mode,
            "subject": self.subject.to_json() if self.subject else None,
            "abstained": {"reason": self.abstained.reason, "message": self.abstained.message}
            if self.abstained
            else None,
            "answer": self.text,
            "written": [
                {"sentence": s.text, "provisions": list(s.provisions), "dropped": "; ".join(s.doubts) or None}
                for s in self.written
            ],
            "citations": [
                {
                    "provision": c.provision,
                    "document": c.document,
                    "label": c.label,
                    "plain": c.plain,
                    "quote": c.quote,
                    "quotes": {code: text for code, text in ((c.language, c.quote), *c.others) if text is not None},
                    "url": c.url,
                    "status": c.status,
                    "language": c.language,
                }
                for c in self.citations
            ],
            "retrieved": [{"provision": provision, "score": score} for provision, score in self.retrieved],
            "fingerprint": self.fingerprint,
            "elapsed_ms": self.elapsed_ms,
        }
