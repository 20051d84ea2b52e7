"""Prose over an answer: a generator writes it from the provisions cited, and only what they bear out is shown.

The worst that a model can do is to be left out: the extractive answer is there before it writes, and stays.
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator as Pieces
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

from corpus import LANGUAGES
from index import SearchIndex
from qa.answer import Answer, Citation, TraceStep, WrittenSentence
from qa.composing.composition import prose
from qa.evidence.changed_text import AS_KNOWN, ChangedTexts
from qa.labels import label_of_eid
from qa.messages import message
from qa.prose.checks.doubt import Doubt
from qa.prose.checks.source import Source
from qa.prose.entailment import Entailment
from qa.prose.generators.generator import Generator, GeneratorUnavailable
from qa.prose.judge import Claim, Judge
from qa.prose.outright import without_outright
from qa.prose.prompt import messages_for, without_instructions
from qa.prose.tagged_sentences import TaggedSentence, tagged_sentences
from qa.prose.verification import doubts
from qa.understanding.language import detect_language
from qa.understanding.references import find_references

_MOST_TOKENS = 400
_MOST_TOKENS_OF_A_WHOLE = 800
_MOST_SENTENCES = 10
_MOST_PROVISIONS = 24
_FEWEST_WORDS = 3
_LONGEST = 1200  # letters of a provision that the model is given


class Writer:
    """Safe to share by threads; one generator serves them all. Plain words that `changed` withholds are neither told to
    it nor bear out what it writes. With a `judge`, nothing is shown that it does not find borne out, and nothing at all
    of a model that may not judge; without one, what the rules let through."""

    def __init__(
        self,
        index: SearchIndex,
        generator: Generator,
        entailment: Entailment | None = None,
        changed: ChangedTexts = AS_KNOWN,
        judge: Judge | None = None,
    ) -> None:
        self.index = index
        self.generator = generator
        self._judge = judge
        self._entailment = entailment
        self._changed = changed

    def over(self, index: SearchIndex) -> Writer:
        """The same models over another index."""
        return Writer(index, self.generator, self._entailment, judge=self._judge)

    def write(self, answer: Answer, *, most_tokens: int | None = None) -> Iterator[Answer]:
        """The answer, growing sentence by sentence as each is judged; the last one is whole.

        Its mode is "written" where what is shown answers, that is, tells of the subject, or rests among others on the
        provision that the extractive answer begins with; else the answer comes back as it was, with what was dropped.
        Never raises for the generator's sake: its failure is told in the answer's notice. An abstention is not written
        about, nor what held on a day whose wording is not at hand.
        """
        if answer.abstained or not answer.citations or not answer.citations[0].of_the_day:
            yield answer
            return
        started = time.perf_counter()
        judged: list[WrittenSentence] = []
        text, is_judged = "", self._judge is not None
        if self._judge and not self._judge.may_judge():
            told = message("written.may_not_write", answer.language, model=self.generator.name)
            yield replace(answer, trace=(*answer.trace, TraceStep("generation", told)))
            return
        try:
            most_tokens = most_tokens or (_MOST_TOKENS_OF_A_WHOLE if answer.subjects else _MOST_TOKENS)
            with closing(self._stream(answer, most_tokens)) as pieces:
                for piece in pieces:
                    text += piece
                    # The last sentence may still grow, or its tag may yet come.
                    for sentence in tagged_sentences(text)[len(judged) : -1]:
                        judged.append(self.judged(sentence, answer, tuple(judged), is_judged=is_judged))
                        if not is_judged:
                            yield _grown(answer, judged, started)
                    if len(judged) >= _MOST_SENTENCES:
                        break
        except GeneratorUnavailable as error:
            yield self._told(answer, error)
            return
        for sentence in tagged_sentences(text)[len(judged) : _MOST_SENTENCES]:
            judged.append(self.judged(sentence, answer, tuple(judged), is_judged=is_judged))
        yield self._finished(answer, self._by_judge(judged, answer) if is_judged else judged, started)

    def judged(
        self,
        sentence: TaggedSentence,
        answer: Answer,
        before: tuple[WrittenSentence, ...],
        *,
        is_judged: bool = False,
    ) -> WrittenSentence:
        """The sentence with the provisions that it cites and all that speaks against showing it; `is_judged`: but what
        a second judge is to say."""
        cited = [c.provision for c in _told_of(answer)]
        known = tuple(cited[tag - 1] for tag in sentence.tags if 0 < tag <= len(cited))
        bare = replace(sentence, text=without_outright(sentence.text) or sentence.text)
        found = self._doubts(bare, answer.language, known, is_judged=is_judged)
        if any(bare.text == without_outright(other.text) for other in before):
            found = (Doubt("repeated", ""),)
        # Whether the provision answers "yes" is for a judge to say, and only of what opens the answer.
        text = sentence.text if is_judged and not before else bare.text
        return WrittenSentence(text, known, tuple(_reason(doubt, answer.language) for doubt in found))

    def _by_judge(self, judged: list[WrittenSentence], answer: Answer) -> list[WrittenSentence]:
        """The sentences, doubted too where the second judge does not find them borne out, or does not say; without the
        "yes" they begin with where that alone is not."""
        open_ones = [at for at, sentence in enumerate(judged) if not sentence.doubts]
        if not open_ones or self._judge is None:
            return judged
        asked = [(at, text) for at in open_ones for text in _wordings(judged[at].text)]
        claims = [self._claim(replace(judged[at], text=text), answer) for at, text in asked]
        try:
            verdict = self._judge.borne_out(claims) or frozenset()
        except GeneratorUnavailable:
            verdict = frozenset()
        for at in open_ones:
            borne_out = [text for place, (of, text) in enumerate(asked) if of == at and place in verdict]
            judged[at] = (
                replace(judged[at], text=borne_out[0])
                if borne_out
                else replace(judged[at], doubts=(_reason(Doubt("judge", ""), answer.language),))
            )
        return judged

    def _claim(self, sentence: WrittenSentence, answer: Answer) -> Claim:
        """The sentence with all that bears it out: official texts and plain words."""
        sources = [Source.of(name, self.index, self._changed) for name in sentence.provisions]
        spoken = [[p for p in source.texts if p.language in (answer.language, "ru", "kk")] for source in sources]
        texts = tuple(" / ".join(dict.fromkeys(p.text for p in texts)) for texts in spoken)
        is_answer = without_outright(sentence.text) != sentence.text
        return Claim(sentence.text, texts, (answer.reading or answer.question) if is_answer else "")

    def _doubts(
        self, sentence: TaggedSentence, language: str, known: tuple[str, ...], *, is_judged: bool = False
    ) -> tuple[Doubt, ...]:
        if not sentence.tags or len(known) < len(sentence.tags):
            return (Doubt("tag", ""),)
        if not sentence.text.endswith((".", "!", "…", ";")) or not _says_something(sentence.text):
            return (Doubt("unfinished", ""),)
        if detect_language(sentence.text) != language:
            return (Doubt("language", ""),)
        if any(self._changed.withheld(name) and not self.index.provision(name, language) for name in known):
            return (Doubt("changed", ""),)
        return doubts(
            sentence.text,
            language,
            known,
            self.index,
            is_strict=True,
            is_judged=is_judged,
            entailment=self._entailment,
            changed=self._changed,
        )

    def _stream(self, answer: Answer, most_tokens: int) -> Pieces[str, None, None]:
        texts = [self._text(c.provision, answer.language) for c in _told_of(answer)]
        asked, is_whole = answer.reading or answer.question, bool(answer.subjects)
        messages = messages_for(asked, answer.language, texts, is_whole=is_whole)
        yield from self.generator.stream(messages, most_tokens=most_tokens)

    def _text(self, provision: str, language: str) -> str:
        """What the provision says in the answer's language: its official text, else its plain words unless they
        are withheld, else what there is."""
        official = [self.index.provision(provision, code) for code in (language, *LANGUAGES)]
        plain = None if self._changed.withheld(provision) else self.index.plain(provision, language)
        found = official[0] or plain or next(p for p in official if p)
        private = self.index.documents[found.document].kind == "private"
        text = without_instructions(found.text) if private else found.text
        return f"{label_of_eid(found.eid, language)}. {text}"[:_LONGEST]

    def _finished(self, answer: Answer, judged: list[WrittenSentence], started: float) -> Answer:
        language = answer.language
        shown = [sentence for sentence in judged if not sentence.doubts]
        first = answer.citations[0].provision.split("__")[0]
        answers = any(
            answer.subjects or name.split("__")[0] == first for sentence in shown for name in sentence.provisions
        )
        counts = {"count": len(judged), "shown": len(shown), "model": self.generator.name}
        steps = [TraceStep("generation", message("written.wrote", language, **counts))]
        for sentence in judged:
            if sentence.doubts:
                told = message("written.dropped", language, sentence=sentence.text, reason="; ".join(sentence.doubts))
                steps.append(TraceStep("verification", told))
        if not answers:
            steps.append(TraceStep("verification", message("written.stands", language)))
        grown = replace(_grown(answer, judged, started), trace=(*answer.trace, *steps))
        if not answers:
            return replace(grown, mode=answer.mode)
        opening = f"{answer.notice}\n\n" if answer.notice else ""
        rest = answer.text.removeprefix(opening)
        return replace(grown, text=f"{opening}{prose(grown)}\n\n{rest}")

    def _told(self, answer: Answer, error: GeneratorUnavailable) -> Answer:
        told = message("written.unavailable", answer.language)
        step = TraceStep("generation", str(error))
        notice = "\n\n".join(filter(None, (told, answer.notice)))
        return replace(answer, notice=notice, text=f"{told}\n\n{answer.text}", trace=(*answer.trace, step))


def _grown(answer: Answer, judged: list[WrittenSentence], started: float) -> Answer:
    elapsed = answer.elapsed_ms + (time.perf_counter() - started) * 1000
    return replace(answer, mode="written", written=tuple(judged), elapsed_ms=round(elapsed, 1))


def _told_of(answer: Answer) -> tuple[Citation, ...]:
    """What the generator is told of: the beginning of a whole that is longer than it could tell."""
    return answer.citations[:_MOST_PROVISIONS]


def _wordings(sentence: str) -> tuple[str, ...]:
    """The sentence, and without the "yes" that it begins with."""
    return tuple(dict.fromkeys((sentence, without_outright(sentence))))


def _says_something(sentence: str) -> bool:
    """Whether there is more than a reference and a word or two."""
    for reference in reversed(find_references(sentence)):
        sentence = sentence[: reference.span[0]] + " " + sentence[reference.span[1] :]
    return len(re.findall(r"[^\W\d_]{2,}", sentence)) >= _FEWEST_WORDS


def _reason(doubt: Doubt, language: str) -> str:
    return message(f"doubt.{doubt.check}", language, found=doubt.found)
