"""The product itself, asked as anybody asks it."""

from __future__ import annotations

from eval.asking.dataset import Item
from eval.asking.response import Cited, Response
from qa import AnswerError, Assistant


class Product:
    """The assistant. A question that it rejects as bad input counts as refused."""

    name = "full"

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def respond(self, item: Item) -> Response:
        try:
            answer = self._assistant.ask(item.question, as_of=item.as_of, document=item.document)
        except AnswerError as error:
            return Response((), (), True, str(error), item.language, trace=(str(error),))
        return Response(
            retrieved=answer.retrieved,
            cited=tuple(Cited(c.provision, c.quote, c.language) for c in answer.citations),
            abstained=answer.abstained is not None,
            text=answer.text,
            language=answer.language,
            trace=tuple(f"{step.stage}: {step.text}" for step in answer.trace),
            is_overview=answer.mode == "overview",
            is_opinion=answer.opinion,
            is_absent=answer.absent,
            is_later=bool(answer.citations) and not answer.citations[0].of_the_day,
        )
