"""The product itself, asked as anybody asks it."""

from __future__ import annotations

from eval.asking.batch import Replies, key_of
from eval.asking.dataset import Item
from eval.asking.response import Cited, Response
from qa import Answer, AnswerError, Assistant


class Product:
    """The assistant, with what a model at hand chose where there is one: its reader, or `replies` to what was asked of
    a model about the `dataset`. A question that it rejects as bad input counts as refused."""

    name = "full"

    def __init__(self, assistant: Assistant, replies: Replies | None = None, dataset: str = "") -> None:
        self._assistant = assistant
        self._replies, self._dataset = replies, dataset

    def respond(self, item: Item) -> Response:
        try:
            answer = self._answer(item)
        except AnswerError as error:
            return Response((), (), True, str(error), item.language, trace=(str(error),))
        return Response(
            retrieved=answer.retrieved,
            cited=tuple(Cited(c.provision, c.quote, c.language, c.plain) for c in answer.citations),
            abstained=answer.abstained is not None,
            text=answer.text,
            language=answer.language,
            trace=tuple(f"{step.stage}: {step.text}" for step in answer.trace),
            is_overview=answer.mode == "overview",
            is_opinion=answer.opinion,
            is_absent=answer.absent,
            is_later=bool(answer.citations) and not answer.citations[0].of_the_day,
            tokens=answer.tokens,
        )

    def _answer(self, item: Item) -> Answer:
        is_chosen = self._replies is not None
        answer = self._assistant.ask(item.question, as_of=item.as_of, document=item.document, choosable=is_chosen)
        if self._replies is None:
            return self._assistant.read(answer, as_of=item.as_of, document=item.document)
        reading = self._replies.reading(key_of(self._dataset, item), answer, self._assistant.index)
        if reading is None:
            return answer
        return self._assistant.read(answer, reading=reading, as_of=item.as_of, document=item.document)
