"""Wording a subject told as a whole: what it comes to, then its provisions in plain words, group by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.answer import Citation, SubjectTold
from qa.composing.composition import plain_words, quoted
from qa.composing.two_texts import named
from qa.messages import message

_ENDS = (".", "!", "?")  # a step is a sentence, a heading is none


def overview_text(subjects: Sequence[SubjectTold], citations: Sequence[Citation], language: str) -> str:
    """The subjects in words; quotes are left to unfold, but where there are no plain words, and so is how
    the official texts part."""
    by_name = {citation.provision: citation for citation in citations}
    parts = [_told(subject, by_name, language) for subject in subjects]
    if near := outside(subjects, citations):
        parts.append(_listed(message("answer.nearest_too", language), near, language))
    if said := named(citations, language):
        parts.append(said)
    return "\n\n".join(parts)


def outside(subjects: Sequence[SubjectTold], citations: Sequence[Citation]) -> list[Citation]:
    """What is cited and belongs to none of the subjects: it came very near to the question all the same."""
    told = {name for subject in subjects for _, names in subject.groups for name in names}
    return [citation for citation in citations if citation.provision not in told]


def subject_opening(subject: SubjectTold, language: str) -> str:
    """What the subject comes to, and what the text leaves open; marked as our own words."""
    text = " ".join(filter(None, (subject.says, subject.open)))
    return message("answer.subject", language, title=subject.title, text=text, count=subject.count)


def shown_groups(subject: SubjectTold, by_name: Mapping[str, Citation]) -> list[tuple[str, list[Citation]]]:
    """The subject's headings with what is cited under each; headings of what is not are left out."""
    groups = [(heading, [by_name[name] for name in names if name in by_name]) for heading, names in subject.groups]
    return [(heading, cited) for heading, cited in groups if cited]


def _told(subject: SubjectTold, by_name: Mapping[str, Citation], language: str) -> str:
    groups = shown_groups(subject, by_name)
    return "\n\n".join([subject_opening(subject, language), *(_listed(*group, language) for group in groups)])


def _listed(heading: str, cited: Sequence[Citation], language: str) -> str:
    """A heading with what is cited under it: in plain words, or quoted where there are none."""
    lines = [f"– {c.plain or plain_words(c, language) or quoted(c)} ({c.label})" for c in cited]
    return "\n".join([heading if heading.endswith(_ENDS) else f"{heading}.", *lines])
