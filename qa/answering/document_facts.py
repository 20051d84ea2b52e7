"""Telling facts of a document itself: how many articles and which sections, when adopted, in which languages, what its
preamble says, what it is about. From the catalogue and the structure of the text; typed in nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus import LANGUAGES, Document, Edition, load_catalogue
from corpus.concordance import load_concordance
from corpus.parsing.amendments import later_than
from corpus.subjects import load_sections
from index import Hit
from qa.answer import Answer
from qa.answering.way import Way
from qa.composing.document_places import Fact, place_asked, sections_of
from qa.evidence.answer_type import wants
from qa.evidence.provisions import hit_of, text_of
from qa.labels import date_label, label_of_eid
from qa.turn import Turn
from qa.understanding.asides import ABOUT_CONSTITUTION, AboutConstitution, aside_scores
from qa.understanding.beyond.other_states import asks_about_another_state
from qa.understanding.forms import Form, has_form
from qa.understanding.subject_question import subject_asked

# What is learned of such questions is about 1 for one of them; less suffices where the question's form says so too, and
# still less where it speaks of the Constitution by name.
_SURE = 0.4
_WITH_FORM = 0.25
_NAMED = 0.1
_POINTED_AT = 0.2
_COMPARED = 0.3  # which is mostly done of a matter
_ON_A_DAY = 0.25  # of a past day or an old text mostly a matter is asked about, not when the text came and went
_BY_FORM = 0.05  # where the form is asked of nothing else: only the Constitution has a preamble, or sections to count
_TELLING: Mapping[AboutConstitution, Form] = {"preamble": "preamble", "articles": "count", "summary": "whole_of_it"}
# By its own name or that of its preamble, and not by the Constitutional Court's; or by a word for what was named.
_NAMES = re.compile(
    r"constitu(?!tional)|конститу(?!ци(?:онн|ялық))|basic law|основн\w+ закон|ата заң|преамбул|preambl|кіріспе",
    re.IGNORECASE,
)
_POINTS_AT = re.compile(r"\b(?:it|its|е[её]|н[её]м|ней|там|ол|оның|онда)\b", re.IGNORECASE)
_DATED = ("art_94__para_1", "art_94__para_2")  # on taking effect, and on the day of adoption
# Since the Constitution is new people ask what has become of old laws, judges and deputies; and languages have an
# article. What another provision answers this surely, in log-odds above what is needed, is no fact of the document,
# unless it is surely learned to be one; nor is what is hardly one, and hardly answered by its dates either.
_OF_THE_DOCUMENT: Mapping[AboutConstitution, tuple[str, ...]] = {"adopted": _DATED, "in-force": _DATED, "languages": ()}
_ANSWERED, _HARDLY_ANSWERED = 2.0, 1.0
_A_FACT_SURELY, _HARDLY_A_FACT = 0.8, 0.25


class DocumentFacts(Way):
    """The question is on the document as such."""

    def answers(self, turn: Turn) -> Answer | None:
        question, index = turn.question, self.retrieval.index
        names_one = question.references and not has_form("before_the_first", question.text, question.written_in)
        is_other = question.context or question.reading or names_one or question.gone
        if index.matters is None or is_other:
            return None
        name = turn.scope.primary[0] if turn.scope.primary else ""
        document = next((d for d in load_catalogue().documents if d.id == name), None)
        if document is None or document.kind != "constitution" or subject_asked(question):
            return None
        fact = place_asked(turn, document, self.retrieval) or self._told(turn, document)
        if fact is None:
            return None
        turn.step("question", "trace.fact", document=document.short_titles[question.language])
        cited = [hit_of(p) for name in fact.provisions if (p := text_of(index, name, question.language))]
        found: Sequence[Hit] = self.retrieval.find(turn, [document.id], named=turn.scope.named)[0].hits
        answer = self.reply.citing(turn, cited, found, others=(), notice=fact.text)
        return replace(answer, mode="facts")

    def _told(self, turn: Turn, document: Document) -> Fact | None:
        kind = self._kind(turn, document)
        return self._fact(turn, document, kind) if kind else None

    def _kind(self, turn: Turn, document: Document) -> AboutConstitution | None:
        """Which fact is asked for; dates of adoption and of taking effect are told together."""
        question, matters = turn.question, self.retrieval.index.matters
        text, language = question.text, question.written_in
        assert matters is not None
        is_named = bool(_NAMES.search(text))
        is_news = wants("news", text, language) and not (is_named or _POINTS_AT.search(text))
        is_task = wants("task", text, language) and not has_form("summary", text, language)
        if is_news or is_task or asks_about_another_state(text, language):
            return None
        scores = aside_scores(matters.of(text, question.topic, language))
        scores["adopted"] = scores["in-force"] = scores["adopted"] + scores["in-force"]
        with_form = _NAMED if is_named else _POINTED_AT if _POINTS_AT.search(text) else _WITH_FORM
        with_form = _COMPARED if question.compares else with_form
        asked = [k for k in ABOUT_CONSTITUTION if scores[k] >= _least(k, text, language, with_form, is_named)]
        if (turn.dated or document.until) and scores["adopted"] < _ON_A_DAY:
            asked = [k for k in asked if k not in ("adopted", "in-force")]
        best = max(asked, key=lambda kind: scores[kind], default=None)
        if best is None and has_form("adopted", text, language) and self._finds_its_dates(turn, document):
            best = "adopted"
        if best and self._is_of_a_provision(turn, document, best, scores[best]):
            return None
        # How many articles it has, or languages, is known; how many voted for it, no text says.
        return None if best not in ("articles", "languages") and wants("number", text, language) else best

    def _is_of_a_provision(self, turn: Turn, document: Document, kind: AboutConstitution, score: float) -> bool:
        """Whether a provision answers what is like a question on such a fact, or nothing does."""
        if kind not in _OF_THE_DOCUMENT or score >= _A_FACT_SURELY:
            return False
        found, case = self.retrieval.find(turn, [document.id], named=turn.scope.named)
        if case is None:
            return False
        margin, first = case.margin - case.needed, found.hits[0].provision.id
        is_own = first in {f"{document.id}#{eid}" for eid in _OF_THE_DOCUMENT[kind]}
        return (margin >= _ANSWERED and not is_own) or (score < _HARDLY_A_FACT and margin < _HARDLY_ANSWERED)

    def _finds_its_dates(self, turn: Turn, document: Document) -> bool:
        """Whether what comes nearest to the question is the Constitution's word on its own dates."""
        found, case = self.retrieval.find(turn, [document.id], named=turn.scope.named)
        dated = {f"{document.id}#{eid}" for eid in _DATED}
        return bool(case and case.sufficient and found.hits[0].provision.id in dated)

    def _fact(self, turn: Turn, document: Document, kind: AboutConstitution) -> Fact | None:
        if kind == "articles":
            return self._articles(turn, document)
        if kind in ("adopted", "in-force"):
            return self._dates(turn, document)
        if kind == "languages":
            return _languages(turn, document)
        if document.id != load_concordance().new:
            return None
        return self._preamble(turn, document) if kind == "preamble" else self._summary(turn, document)

    def _articles(self, turn: Turn, document: Document) -> Fact:
        sections = sections_of(self.retrieval.index, document.id, turn.question.language)
        listed = "; ".join(
            turn.say("fact.section", number=s.number, title=s.title, first=s.first, last=s.last) for s in sections
        )
        title = document.titles[turn.question.language]
        count = self._edition(turn, document).articles
        has_preamble = any(name.startswith(f"{document.id}#preamble") for name in self.retrieval.index.identifiers)
        key = "fact.articles_and_preamble" if has_preamble else "fact.articles"
        told = turn.say(key, document=title, articles=count, sections=len(sections), listed=listed)
        return Fact("\n\n".join(filter(None, (self._since_then(turn, document), told))))

    def _edition(self, turn: Turn, document: Document) -> Edition:
        """The edition that is asked, in the reader's language or what there is; the catalogue's newest without any."""
        there = self.retrieval.index.languages(document.id)
        asked = ((code, self.reply.editions.get((document.id, code))) for code in (turn.question.language, *there))
        found = (document.edition_of(code, text.edition) for code, text in asked if text)
        return next((edition for edition in found if edition), document.newest[0])

    def _since_then(self, turn: Turn, document: Document) -> str:
        """Which articles were added or taken out after the day asked about; "" where none were."""
        if turn.day is None:
            return ""
        changed: dict[str, list[str]] = {"inserted": [], "excluded": []}
        for name, amendments in self.retrieval.index.contents.history.amendments.items():
            if name.startswith(f"{document.id}#"):
                for change in later_than(amendments, turn.day, turn.question.language):
                    if change.kind in changed:
                        changed[change.kind].append(label_of_eid(name.split("#")[1], turn.question.language))
        if not any(changed.values()):
            return ""
        told = [turn.say(f"later.{kind}_since", articles=", ".join(names)) for kind, names in changed.items() if names]
        return turn.say("later.counted", date=date_label(turn.day, turn.question.language), changes="; ".join(told))

    def _dates(self, turn: Turn, document: Document) -> Fact | None:
        language = turn.question.language
        if document.adopted is None or document.since is None:
            return None
        told = {
            "document": document.titles[language],
            "adopted": date_label(document.adopted, language),
            "since": date_label(document.since, language),
        }
        before = next((d for d in load_catalogue().documents if d.kind == "constitution" and d.until), None)
        if document.until is not None or before is None or before.adopted is None:
            until = date_label(document.until, language) if document.until else ""
            return Fact(turn.say("fact.dates_past", until=until, **told))
        told |= {"before": before.short_titles[language], "before_adopted": date_label(before.adopted, language)}
        return Fact(turn.say("fact.dates", **told), tuple(f"{document.id}#{eid}" for eid in _DATED))

    def _preamble(self, turn: Turn, document: Document) -> Fact:
        names = tuple(n for n in self.retrieval.index.identifiers if n.startswith(f"{document.id}#preamble"))
        return Fact(turn.say("fact.preamble", document=document.titles[turn.question.language]), names)

    def _summary(self, turn: Turn, document: Document) -> Fact:
        language = turn.question.language
        titles = {s.first: s.title for s in sections_of(self.retrieval.index, document.id, language)}
        listed = "\n".join(
            turn.say(
                "fact.summary_line",
                title=titles.get(section.first, ""),
                first=section.first,
                last=section.last,
                text=section.says[language],
            )
            for section in load_sections()
        )
        return Fact(turn.say("fact.summary", document=document.titles[language], listed=listed))


def _least(kind: AboutConstitution, text: str, language: str, with_form: float, is_named: bool) -> float:
    """What must be learned of a question to be of the kind, by its form. Of nothing named, a form tells little: a term
    of office has its beginning too, and a trial its language."""
    telling = _TELLING.get(kind)
    if telling and has_form(telling, text, language) and (is_named or kind != "preamble"):
        return _BY_FORM
    is_before = kind == "preamble" and has_form("before_the_first", text, language)
    return with_form if (is_before or has_form(kind, text, language)) and (is_named or kind != "languages") else _SURE


def _languages(turn: Turn, document: Document) -> Fact:
    language = turn.question.language
    there = [turn.say(f"page.{e.language}") for e in document.newest]
    missing = [turn.say(f"page.{code}") for code in LANGUAGES if document.edition(code) is None]
    pages = ", ".join(document.pages[e.language] for e in document.newest)
    told = {"document": document.titles[language], "languages": ", ".join(there), "pages": pages}
    if missing:
        return Fact(turn.say("fact.languages_but", missing=", ".join(missing), **told))
    return Fact(turn.say("fact.languages", **told))
