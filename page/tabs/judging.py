"""What is asked beside an answer that is judged: what was not right, and what will be kept of it.

scripts/judging.js puts a copy of the form under the answer and tells what was sent; nothing is kept before that.
"""

from __future__ import annotations

import json
from typing import Any

import gradio as gr

from corpus import LANGUAGES
from page.feedback import MOST_WORDS, REASONS, Verdict, keep_feedback
from page.site import Site
from page.tabs.ask import AskTab
from page.tabs.quiet import QUIET
from page.translation import say
from page.views.conversation import Exchange
from page.views.markup import escaped

_BRIDGE = "window.atazan.judge = (detail) => trigger('click', detail)"
KEPT = ("verdict", "reason", "said", "language", "abstained", "citations", "fingerprint", "question")


class Judging:
    """The form in each language, and what becomes of what is sent."""

    def __init__(self, site: Site, language: gr.Radio, asking: AskTab) -> None:
        self._site = site
        # All languages at once: the form must not wait for the page to be translated.
        gr.HTML("".join(map(_form, LANGUAGES)), visible="hidden", elem_id="judging")
        bridge = gr.HTML(visible="hidden", elem_id="judged-bridge", js_on_load=_BRIDGE)
        told = gr.Textbox(visible="hidden", elem_id="judged", label="judged", show_label=False)
        bridge.click(
            self._judged, [asking.turns, asking.consent, language], told, trigger_mode="multiple", **QUIET
        ).then(None, [told], None, js="(text) => window.atazan.judged(JSON.parse(text))")

    def _judged(self, turns: list[Exchange], consent: bool, language: str, event: gr.EventData) -> str:
        """Keep the verdict, and tell the page's script whether it was and in what words: `{turn, kept, text}`. Without
        a form of its own, a verdict has the consent given beside the question."""
        detail: dict[str, Any] = event._data or {}
        turn = detail.get("turn")
        if not isinstance(turn, int) or not 0 <= turn < len(turns):
            return _told(turn, say("feedback_gone", language), is_kept=False)
        verdict: Verdict = "helpful" if detail.get("verdict") == "helpful" else "wrong"
        reason = next((known for known in REASONS if known == detail.get("reason")), None)
        answer, consents = turns[turn].answer, detail.get("consent", consent) is True
        try:
            keep_feedback(
                self._site.folders.data,
                answer,
                verdict,
                with_question=consents,
                reason=reason,
                words=str(detail.get("words", "")),
            )
        except OSError:
            return _told(turn, say("feedback_lost", language), is_kept=False)
        self._site.watch.judged(verdict, reason, answer.language, answer.question if consents else None)
        return _told(turn, say("thanks", language), is_kept=True)


def _told(turn: object, text: str, *, is_kept: bool) -> str:
    return json.dumps({"turn": turn, "kept": is_kept, "text": text}, ensure_ascii=False)


def _form(language: str) -> str:
    """The form to be copied. What will be kept is a list of terms; the script fills in what is there."""

    def said(key: str, **values: object) -> str:
        return escaped(say(key, language, **values))

    reasons = "".join(
        f'<label><input type="radio" name="reason" value="{reason}" required> {said(f"feedback_{reason}")}</label>'
        for reason in REASONS
    )
    kept = "".join(f'<div data-field="{name}"><dt>{said(f"feedback_{name}")}</dt><dd></dd></div>' for name in KEPT)
    return (
        f'<template lang="{language}"><form class="az-judging" lang="{language}" novalidate>'
        f"<fieldset><legend>{said('feedback_title')}</legend>{reasons}</fieldset>"
        f'<label class="az-judging-words">{said("feedback_words", most=MOST_WORDS)}'
        f'<textarea name="words" rows="2" maxlength="{MOST_WORDS}"></textarea></label>'
        f'<label><input type="checkbox" name="consent"> {said("consent")}</label>'
        f'<section><p class="az-meta">{said("feedback_shown")}:</p>'
        f"<dl><div><dt>{said('feedback_at')}</dt><dd>{said('feedback_at_sending')}</dd></div>{kept}</dl></section>"
        f'<p class="az-judging-told" role="alert" data-choose="{said("feedback_choose")}"></p>'
        f'<div class="az-row"><button type="submit" class="az-act az-send">{said("feedback_send")}</button>'
        f'<button type="button" class="az-act az-cancel">{said("feedback_cancel")}</button></div></form></template>'
    )
