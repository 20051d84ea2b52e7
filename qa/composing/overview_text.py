"""Wording a subject told as a whole: what it comes to, then its provisions in plain words, group by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.answer import Citation, SubjectTold
from qa.composing.composition import plain_words, quoted
from qa.messages import message


def overview_text(subjects: Sequence[SubjectTold], citations: Sequence[Citation], language: str) -> str:
    """The subjects in words; quotes are left to unfold, but where there are no plain words."""
    by_name = {citation.provision: citation for citation in citations}
    return "\n\n".join(_told(subject, by_name, language) for subject in subjects)


def subject_opening(subject: SubjectTold, language: str) -> str:
    """What the subject comes to, and what the text leaves open; marked as our own words."""
    text = " ".join(filter(None, (subject.says, subject.open)))
    return message("answer.subject", language, title=subject.title, text=text, count=subject.count)


def shown_groups(subject: SubjectTold, by_name: Mapping[str, Citation]) -> list[tuple[str, list[Citation]]]:
    """The subject's headings with what is cited under each; headings of what is not are left out."""
    groups = [(heading, [by_name[name] for name in names if name in by_name]) for heading, names in subject.groups]
    return [(heading, cited) for heading, cited in groups if cited]


def _told(subject: SubjectTold, by_name: Mapping[str, Citation], language: str) -> str:
    parts = [subject_opening(subject, language)]
    for heading, cited in shown_groups(subject, by_name):
        lines = [
            f"– {citation.plain or plain_words(citation, language) or quoted(citation)} ({citation.label})"
            for citation in cited
        ]
        parts.append("\n".join([f"{heading}.", *lines]))
    return "\n\n".join(parts)
