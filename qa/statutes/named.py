"""Answering of acts that a question names: their articles, or what in them comes nearest to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.stores import Filters, StoredProvision
from qa.answer import Answer
from qa.labels import article_label, label_of_eid
from qa.legislation import Legislation
from qa.legislation.named_acts import NamedAct
from qa.statutes.citing import ActTexts, name_of, near, provision_of
from qa.statutes.reply import StatuteReply
from qa.turn import Turn
from qa.understanding.references import Reference, only_reference, resolve

_MOST_READ = 8  # provisions shown of what is only named; the rest unfolds
_MOST_NEAR = 3
_SEARCHED = 20


def answer_on_articles(turn: Turn, named: Sequence[NamedAct], legislation: Legislation, reply: StatuteReply) -> Answer:
    """The articles named, each of the act that is named nearest to it; or which of them is not there."""
    texts, language = ActTexts(legislation.store), turn.question.language
    rows: list[StoredProvision] = []
    for reference in turn.question.references:
        act = min(named, key=lambda each: _apart(each.span, reference.span))
        if not act.acts:
            told = turn.say("laws.not_held", name=act.name)
            turn.step("scope", "laws.not_held", name=act.name)
            return reply.abstain(turn, told, fingerprint=texts.store.fingerprint())
        found = next((f for name in act.acts if (f := _resolved(reference, name, texts, language))), [])
        if not found:
            return _not_there(turn, reference, act, texts, reply)
        rows += [row for row in found if row not in rows]
    turn.step("scope", "trace.act_named", acts=", ".join(name_of(texts.act(row.act), language) for row in rows[:1]))
    text = turn.question.text
    for act in named:  # blanked, so that the places of references stay
        text = text[: act.span[0]] + " " * (act.span[1] - act.span[0]) + text[act.span[1] :]
    if only_reference(text, turn.question.references):
        answer = reply.citing(turn, texts, rows[:_MOST_READ], (), further=rows[_MOST_READ:])
    else:
        # "Does article 113 allow …?" is read by what fits best.
        filters = Filters(acts=tuple(dict.fromkeys(row.act for row in rows)))
        hits = legislation.find(
            replace(turn.question, topic=text), filters=filters, limit=_SEARCHED * 5, most_of_one_act=_SEARCHED * 5
        )
        place = {hit.provision.id: at for at, hit in enumerate(hits)}
        best = sorted(rows, key=lambda row: (place.get(row.id, len(hits)), row.ordinal))[:_MOST_NEAR]
        left = [row for row in rows if row not in best]
        answer = reply.citing(turn, texts, best, (), further=left, asked=text)
    return answer or reply.abstain(turn, turn.say("abstain.not_in_corpus"), fingerprint=texts.store.fingerprint())


def answer_in_acts(
    turn: Turn, named: Sequence[NamedAct], legislation: Legislation, reply: StatuteReply, filters: Filters
) -> Answer | None:
    """What in the acts named comes nearest to the question; None where they have nothing in the filters."""
    acts = tuple(act for each in named for act in each.acts[:_MOST_NEAR])
    question, text = turn.question, turn.question.topic
    for each in named:
        text = text.replace(question.text[slice(*each.span)], " ")
    topic = " ".join(text.split())
    texts = ActTexts(legislation.store)
    # The act is named: it is asked whether or not it is in force, and what it is is told.
    hits = legislation.find(
        replace(question, topic=topic if len(topic) > _MOST_NEAR else question.topic),
        filters=Filters(acts=acts, languages=filters.languages),
        limit=_SEARCHED,
        most_of_one_act=_SEARCHED,
    )
    if not hits:
        return None
    titles = ", ".join(name_of(texts.act(act), question.language) for act in acts)
    turn.step("scope", "trace.act_named", acts=titles)
    shown = [hit.provision for hit in hits[:_MOST_NEAR]]
    left = [
        hit.provision for hit in hits[_MOST_NEAR:] if hit.provision.article_eid not in {r.article_eid for r in shown}
    ]
    notice = turn.say("laws.nearest_in", act=titles)
    return reply.citing(turn, texts, shown, hits, notice=notice, see_also=left[:_MOST_NEAR], asked=topic)


def _resolved(reference: Reference, act: str, texts: ActTexts, language: str) -> list[StoredProvision]:
    """The provisions of the act that the reference names, in the reader's language or another."""
    for code in sorted(texts.act(act), key=lambda code: (code != language, code != "ru")):
        rows = {row.eid: row for row in texts.article(act, code, reference.article_eid)}
        if found := resolve(reference, [provision_of(row) for row in rows.values()]):
            return [rows[p.eid] for p in found]
    return []


def _not_there(turn: Turn, reference: Reference, named: NamedAct, texts: ActTexts, reply: StatuteReply) -> Answer:
    """That the act has no such article, and which it has; or that the article has no such part."""
    language, act = turn.question.language, named.acts[0]
    code = next(iter(sorted(texts.act(act), key=lambda code: (code != language, code != "ru"))))
    title, label = name_of(texts.act(act), language), article_label(reference.article, language)
    fingerprint = texts.store.fingerprint()
    if inside := texts.article(act, code, reference.article_eid):
        part = label_of_eid(reference.eid, language)
        told = turn.say("abstain.no_such_part", label=part, document=title, article=label)
        return reply.abstain(turn, told, fingerprint=fingerprint, see_also=[near(inside[0], texts, language)])
    articles: dict[str, StoredProvision] = {}
    for row in texts.store.provisions(act, code):
        if row.eid.startswith("art_"):
            articles.setdefault(provision_of(row).article, row)
    numbers = list(articles)
    if not numbers:
        return reply.abstain(turn, turn.say("laws.no_articles", act=title), fingerprint=fingerprint)
    wanted = _number(reference.article)
    closest = sorted(numbers, key=lambda number: abs(_number(number) - wanted))[:_MOST_NEAR]
    told = turn.say(
        "laws.no_article",
        act=title,
        label=label,
        count=len(numbers),
        first=article_label(numbers[0], language),
        last=article_label(numbers[-1], language),
        near=", ".join(article_label(number, language) for number in numbers if number in closest),
    )
    shown = [near(articles[number], texts, language) for number in numbers if number in closest]
    return reply.abstain(turn, told, fingerprint=fingerprint, see_also=shown)


def _number(article: str) -> float:
    """An article's number as one can measure distances by: 113-1 stands between 113 and 114."""
    whole, _, inserted = article.partition("-")
    return int(whole) + int(inserted or 0) / 1000 if whole.isdecimal() else 0.0


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)
