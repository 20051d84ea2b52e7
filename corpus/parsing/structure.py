"""From a stream of lines to sections, articles, paragraphs, points and notes; nothing is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.parsing.enumerators import Member, list_members
from corpus.parsing.grammar import GRAMMARS, POINT, Grammar, canonical_number, paragraph_after
from corpus.parsing.identifiers import Identifiers
from corpus.parsing.lookahead import Lookahead
from corpus.provision import Block, Heading, HeadingLevel, Note, NoteKind, Provision
from corpus.readers.lines import Line

Numbering = Mapping[str, Sequence[str]]
_ABBREVIATIONS = {"section": "sec", "chapter": "chp"}


@dataclass(slots=True)
class _Parser:
    """Reads one edition line by line; every line ends up in exactly one block, in order."""

    document: str
    language: str
    grammar: Grammar
    lines: list[Line]
    ahead: Lookahead
    members: Mapping[int, Member]  # lettered ones, by their line
    numbering: Numbering
    blocks: list[Block] = field(default_factory=list)
    at: int = 0
    section: str = ""
    section_eid: str = ""
    whole: Heading | None = None  # the last section, which chapters are parts of
    article_eid: str = ""
    article_title: str = ""
    paragraph_eid: str = ""
    point_eid: str = ""
    point_number: str = ""
    lead_in: str = ""
    lead_in_eid: str = ""
    eids: Identifiers = field(default_factory=Identifiers)
    pending_notes: list[int] = field(default_factory=list)
    closed: NoteKind | None = None
    paragraphs: int = 0  # of the article so far, and the last one's number as printed
    paragraph: str = ""
    point_of_indents: str = ""

    def parse(self) -> tuple[Block, ...]:
        while self.at < len(self.lines):
            self._take_line()
        self._settle_pending(self.article_eid or self.section_eid or self.document)
        return tuple(self.blocks)

    def _take_line(self) -> None:
        line, text = self.lines[self.at], self.ahead.texts[self.at]
        grammar = self.grammar
        if self.closed or text.startswith("©"):  # the publisher's line and all below it
            self.closed = self.closed or "colophon"
            self._add_note(line, self.closed, self.document)
        elif grammar.notice.match(text):
            self._add_note(line, "notice", self._here())
        elif self.ahead.is_note(self.at):
            self._take_note(line)
        elif match := grammar.article.match(text):
            self._open_article(line, canonical_number(match["n"]), line.text[slice(*match.span("title"))])
        elif match := grammar.section.match(text):
            self._open_part(line, "section", match["n"], line.text[slice(*match.span("title"))])
        elif match := grammar.chapter.match(text):
            self._open_part(line, "chapter", match["n"], line.text[slice(*match.span("title"))])
        elif self.article_eid:
            self._take_law(line)
        else:
            self._take_front_matter(line)

    # Headings

    def _open_part(self, line: Line, level: HeadingLevel, printed: str, title: str) -> None:
        number, rows = canonical_number(printed), [line.text]
        whole = self.whole if level == "chapter" else None
        eid = self.eids.unique(f"{whole.eid}__chp_{number}" if whole else f"{_ABBREVIATIONS[level]}_{number}")
        self.at += 1
        # "Section II" stands alone in print; its title is the next line.
        if not title and (following := self.ahead.title_at(self.at)):
            title = following.text
            rows.append(title)
            self.at += 1
        rest = self.ahead.rest_of_title(self.at) if title.isupper() else []
        self.at += len(rest)
        title = " ".join([title, *rest])
        heading = Heading(eid, level, number, title.strip(), "\n".join([*rows, *rest]), line.page)
        self._append_heading(heading)
        self.whole = heading if level == "section" else whole
        self.section = f"{whole.title}. {title}" if whole else title
        self.section_eid = eid
        self.article_eid = self.article_title = self.paragraph_eid = self.point_eid = ""
        self.lead_in = self.lead_in_eid = ""

    def _open_article(self, line: Line, number: str, title: str) -> None:
        eid = self.eids.unique(f"art_{number}")
        self.paragraph_eid = self.point_eid = self.lead_in = self.lead_in_eid = ""
        self.paragraphs, self.paragraph, self.article_eid = 0, "", eid
        if title and self.ahead.heading_holds_text:
            self.article_title = ""
            self._add_provision(line, line.text[: len(line.text) - len(title)].rstrip(), self.eids.next_part(eid))
            return
        self._append_heading(Heading(eid, "article", number, title.strip(), line.text, line.page))
        self.article_title = title.strip()
        self.at += 1

    def _take_front_matter(self, line: Line) -> None:
        text = self.ahead.texts[self.at]
        if self.section_eid:  # text between a section's heading and its first article
            self._add_provision(line, "", self.eids.next_part(self.section_eid))
        elif self.grammar.preamble_opens.match(text):
            self._take_preamble(line)
        elif not self.blocks:
            self._add_heading(line, "title", "title")
        elif self.grammar.preamble.match(text):
            self._add_heading(line, "preamble", "preamble")
        elif self.grammar.adoption.match(text):
            self._add_heading(line, "title", self.eids.unique("title"))
        elif self.ahead.preamble_follows(self.at):  # what a bulletin prints above a treaty
            self._add_note(line, "notice", self.document)
        else:
            self._take_preamble(line)

    def _add_heading(self, line: Line, level: HeadingLevel, eid: str) -> None:
        self._append_heading(Heading(eid, level, "", line.text, line.text, line.page), settles=False)
        self.at += 1

    def _take_preamble(self, line: Line) -> None:
        """All lines up to the first heading are one provision: a preamble's lines are parts of one sentence."""
        texts: list[str] = []
        while self.at < len(self.lines):
            text = self.ahead.texts[self.at]
            if self.ahead.is_note(self.at) or self.grammar.heads(text) or self.grammar.notice.match(text):
                break
            texts.append(self.lines[self.at].text)
            self.at += 1
        opening = self._provision(line, "", self.eids.unique("preamble", beside_headings=True))
        self._append(replace(opening, text="\n".join(texts)))

    # The law itself

    def _take_law(self, line: Line) -> None:
        text = self.ahead.texts[self.at]
        if self.grammar.signature.match(text) and not self.ahead.more_law(self.at):
            self.closed = "signature"
            return
        paragraph, point = paragraph_after(text, self.paragraph), POINT.match(text)
        if paragraph or (not point and self._lacks_its_number()):
            self._take_paragraph(line, paragraph)
        elif point:
            self._take_point(line, point["number"], canonical_number(point["n"]))
        elif member := self.members.get(self.at):
            self._take_member(line, member)
        else:
            self._take_part(line)

    def _take_paragraph(self, line: Line, printed: re.Match[str] | None) -> None:
        meant = self._numbers_meant()
        number = self.paragraph = canonical_number(printed["n"]) if printed else ""
        number = meant[self.paragraphs] if self.paragraphs < len(meant) else number
        self.paragraphs += 1
        self.paragraph_eid, self.point_eid = self.eids.unique(f"{self.article_eid}__para_{number}"), ""
        self.lead_in = self.lead_in_eid = ""
        if member := self.members.get(self.at):  # "3. a)": the paragraph begins with its list
            self._take_member(line, member)
        else:
            self._add_provision(line, printed["number"] if printed else "", self.paragraph_eid)

    def _lacks_its_number(self) -> bool:
        """Whether the catalogue says that the article's first paragraph, which stands here, is printed without one."""
        return self.paragraphs == 0 and bool(self._numbers_meant())

    def _numbers_meant(self) -> Sequence[str]:
        """Where the print of this article misnumbers its paragraphs: the numbers they have in truth."""
        return self.numbering.get(self.article_eid.removeprefix("art_"), ())

    def _take_member(self, line: Line, member: Member) -> None:
        """A lettered member of a list, or a Roman one inside it."""
        container = self.paragraph_eid or self.article_eid
        if member.unit == "indent":
            eid = f"{self.point_of_indents or container}__indent_{member.name}"
        else:
            eid = self.point_of_indents = f"{container}__point_{member.name}"
        self.point_eid, self.point_number = self.eids.unique(eid), ""
        self._add_provision(line, member.number, self.point_eid, lead_in=self.lead_in)

    def _take_point(self, line: Line, printed: str, number: str) -> None:
        container = self.paragraph_eid or self.article_eid
        eid = f"{container}__point_{number}"
        if eid in self.eids and self.lead_in_eid:  # a second list inside the same paragraph
            eid = f"{self.lead_in_eid}__point_{number}"
        self.point_eid, self.point_number = self.eids.unique(eid), number
        self._add_provision(line, printed, self.point_eid, lead_in=self.lead_in)

    def _take_part(self, line: Line) -> None:
        """An unnumbered part: of the point before it if its list goes on afterwards, else of the paragraph."""
        if self.point_number and self.ahead.list_continues(self.at, self.point_number):
            self._add_provision(line, "", self.eids.next_part(self.point_eid), lead_in=self.lead_in)
            return
        self.point_eid = self.point_number = ""
        self._add_provision(line, "", self.eids.next_part(self.paragraph_eid or self.article_eid))

    def _add_provision(self, line: Line, number: str, eid: str, lead_in: str = "") -> None:
        self._append(self._provision(line, number, eid, lead_in))
        if line.text.endswith(":"):
            self.lead_in, self.lead_in_eid = line.text[len(number) :].lstrip(), eid
        self.at += 1

    def _provision(self, line: Line, number: str, eid: str, lead_in: str = "") -> Provision:
        return Provision(
            document=self.document,
            eid=eid,
            language=self.language,
            text=line.text,
            number=number,
            lead_in=lead_in,
            section=self.section,
            article_title=self.article_title,
            excluded=bool(self.grammar.excluded.match(line.text[len(number) :].lstrip())),
            page=line.page,
            anchor=line.anchor,
        )

    def _append(self, provision: Provision) -> None:
        self.eids.take(provision.eid)
        self.blocks.append(provision)
        self._settle_pending(provision.eid)

    def _append_heading(self, heading: Heading, *, settles: bool = True) -> None:
        """`settles`: notes that announce what follows are about the heading."""
        self.blocks.append(heading)
        self.eids.take_for_heading(heading.eid)
        if settles:
            self._settle_pending(heading.eid)

    # Notes

    def _here(self) -> str:
        return self.point_eid or self.paragraph_eid or self.article_eid or self.section_eid or self.document

    def _add_note(self, line: Line, kind: NoteKind, about: str) -> None:
        self.blocks.append(Note(kind, about, line.text, line.page))
        self.at += 1

    def _take_note(self, line: Line) -> None:
        """A note names its article, or stands under what it is about; an announced change stands above it."""
        text = line.text
        self.at += 1
        if self.grammar.note_follows.match(text) and self.at < len(self.lines):
            text = f"{text}\n{self.lines[self.at].text}"
            self.at += 1
        # In brackets stands when a change took effect: "for that see Article 3".
        said = re.sub(r"\([^()]*\)", "", text)
        kind: NoteKind = "reference" if re.search(r"См\.|See\b|қараңыз", said) else "amendment"
        named = self.grammar.about_article.search(text)
        if named and f"art_{canonical_number(named['n'])}" == self.article_eid:
            about = self.article_eid
        elif self.grammar.note_of_next.match(text):
            self.pending_notes.append(len(self.blocks))
            about = self._here()
        elif self.grammar.footnote.match(text):  # stands under the whole article or below a section's heading
            about = self.article_eid or self.section_eid or self.document
        else:
            about = self._here()
        self.blocks.append(Note(kind, about, text, line.page))

    def _settle_pending(self, eid: str) -> None:
        for position in self.pending_notes:
            note = self.blocks[position]
            assert isinstance(note, Note)
            self.blocks[position] = replace(note, about=eid)
        self.pending_notes.clear()


def parse(document: str, language: str, lines: list[Line], numbering: Numbering | None = None) -> tuple[Block, ...]:
    """Blocks of one edition; joining their texts with newlines gives the lines' text back exactly.

    `lines` must be normalised. `numbering` gives, by the number of an article whose print misnumbers its paragraphs,
    their true numbers in order. Raises KeyError for a language without a grammar.
    """
    grammar = GRAMMARS[language]
    ahead = Lookahead(grammar, lines)
    members = list_members(ahead.texts, grammar.heads)
    return _Parser(document, language, grammar, lines, ahead, members, numbering or {}).parse()
