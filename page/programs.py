"""The same for programs: six tools over HTTP and MCP. Their names, arguments and results are stable.

Their docstrings are what a client reads, so they tell the whole of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import gradio as gr
from gradio.events import api

from corpus import CorpusError
from page.admission import NotAdmitted
from page.arguments import BadArguments, Parameters
from page.doors.tool_calls import COME_BACK
from page.site import Site, browser_language, client_of
from page.watching import Kind
from qa import AnswerError
from qa.labels import label_of
from qa.messages import message
from qa.reading.comparison import compare as compared
from qa.reading.topic import read_topic, topics_json
from qa.turn import where_of
from qa.understanding.question import parse_date

_MOST_HITS = 50
_LONGEST_NAME = 200
_AT_ONCE = 32


def add_tools(site: Site) -> None:
    """Register `ask`, `search`, `read_article`, `compare`, `topic` and `topics` on the blocks being built."""

    def ask(
        question: str,
        language: str = "",
        as_of: str = "",
        document: str = "",
        written: bool = False,
        where: str = "both",
        act: str = "",
        kind: str = "",
        text_language: str = "",
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Answer a question about the Constitution of Kazakhstan and related documents.

        The answer is the provisions themselves, quoted letter for letter, or that they do not answer the question.

        Args:
            question: The question, in Kazakh, Russian or English; at most 2,000 characters.
            language: Language of the answer: kk, ru or en. Empty: that of the question.
            as_of: The law on this day, as YYYY-MM-DD. Empty: today, or the day that the question names.
            document: Ask this document only, for example kz-constitution-1995. Empty: the law in force.
            written: With the server's language model, where it has one: it chooses among what is found, and writes
                prose of which every sentence is verified.
            where: Where to look, on a server with a library of laws: both (the Constitution, then the laws),
                constitution or laws.
            act: Ask this act of the library only, by its id. Empty: all.
            kind: Ask acts of this kind only: constitutional_law, code, law, decree, resolution, order, treaty or other.
            text_language: Ask texts of laws in this language only: kk or ru. Empty: all.

        Returns:
            question, language, as_of, mode (extractive, overview, facts or written), opinion and absent (whether a
            judgement was asked for, whether what was asked for is not there), subject (null, or the subject told as a
            whole: id, title, says, open, count, groups) and subjects (all told), abstained (null, or reason and
            message), answer (text), written (each with sentence, provisions, dropped: null, or why it is not part of
            the answer), citations (each with provision, document, label, plain, quote, url, status, language,
            texts_differ: null, or where its Kazakh and its Russian text part, as in read_article), further (the same,
            of what unfolds), more_on (subjects to read on under), confidence (null, or the chance that what is cited
            first is right), retrieved (provision and score), fingerprint, elapsed_ms; with a library of laws also
            library (fingerprint; acts cited, each with id, title, status; see_also, each with provision, label, url;
            told: null, or what is to be known of it, for instance that it could not be asked).
        """
        return _admitted(
            site,
            "ask",
            request,
            language,
            lambda: site.assistant.ask(
                question,
                language=language or None,
                as_of=parse_date(as_of, language or "en") if as_of else None,
                document=document or None,
                written=written,
                where=where_of(where or "both", _listed(act), _listed(kind), _listed(text_language), language or "en"),
            ).to_json(),
        )

    def search(words: str, document: str = "", limit: int = 10, request: gr.Request | None = None) -> dict[str, Any]:
        """List the provisions nearest to the words, best first, without judging whether they answer anything.

        Args:
            words: Words or a sentence, in Kazakh, Russian or English.
            document: Search this document only. Empty: all of them.
            limit: How many provisions, from 1 to 50.

        Returns:
            hits: each with provision, label, language, score, text.
        """

        def found() -> dict[str, Any]:
            if not 1 <= limit <= _MOST_HITS:
                raise BadArguments(message("argument.beyond", "en", name="limit", least=1, most=_MOST_HITS))
            hits = site.assistant.search(words, document=document or None, limit=limit).hits
            return {
                "hits": [
                    {
                        "provision": hit.provision.id,
                        "label": label_of(hit.provision, hit.provision.language),
                        "language": hit.provision.language,
                        "score": hit.score,
                        "text": hit.provision.text,
                    }
                    for hit in hits
                ]
            }

        return _admitted(site, "search", request, "", found)

    def read_article(
        reference: str, document: str = "", language: str = "", as_of: str = "", request: gr.Request | None = None
    ) -> dict[str, Any]:
        """Read an article, or a part of it, in the official text, with plain words beside it and notes apart.

        Args:
            reference: For example 18, 18(2), "ст. 46 п. 17", 18-бап, or an identifier such as art_18__para_2.
            document: For example kz-constitution-1995. Empty: the Constitution in force on the day.
            language: Language to read in: kk, ru or en. Empty: that of the reference.
            as_of: The Constitution in force on this day, in its wording of then, as YYYY-MM-DD. Empty: today.

        Returns:
            document, status, language, edition, url, heading, plain_heading, provisions (each with provision, label,
            plain, text, texts_differ: null, or where its Kazakh and its Russian text part: weight, which is case or
            shade; kk and ru, each with says and phrase; why), notes, plain_withheld (null, or that the article's text
            has changed since this release and its plain words are withheld), newer (null, or that a newer edition was
            found), history (the laws that changed the article: law, number, kind, since), later_wording (null, or that
            its wording on the day is not at hand).
        """
        day = as_of or None
        return _admitted(
            site,
            "read_article",
            request,
            language,
            lambda: site.room.read(
                reference,
                document=document or None,
                language=language or None,
                as_of=parse_date(day, language or "en") if day else None,
            ).to_json(),
        )

    def compare(
        matter: str, language: str = "", document: str = "", request: gr.Request | None = None
    ) -> dict[str, Any]:
        """Say what the Constitution of 2026 changed in that of 1995 on a matter, with the provisions of both.

        Args:
            matter: A topic, a question, or an article, for example "detention" or "18(2)".
            language: Language of the plain words: kk, ru or en. Empty: that of the matter.
            document: Whose article a number is: kz-constitution-1995, or, empty, the Constitution in force.

        Returns:
            matter, language, pairs (each with old and new: identifiers of provisions or articles of either
            Constitution; kind: same, moved, narrowed, widened, reworded, merged, split, new or dropped; changed: by
            language what changed in substance, null where nothing did), provisions (by identifier: label, plain, quote,
            url, status, language).
        """
        return _admitted(
            site,
            "compare",
            request,
            language,
            lambda: compared(site.assistant, matter, language=language or None, document=document or None).to_json(),
        )

    def topic(name: str, language: str = "", request: gr.Request | None = None) -> dict[str, Any]:
        """Tell a subject of the Constitution in force as a whole, with every provision that belongs to it.

        Args:
            name: A subject's name or id, for example "education", "права задержанного" or "how a law is made".
            language: Language to read in: kk, ru or en. Empty: that of the name.

        Returns:
            subject (its id), kind (subject, body, right, duty or procedure), language, title, above and below (ids of
            broader and narrower subjects), says (the whole in a few sentences; null where a text of it
            has changed since this release), open (null, or what the text leaves
            open), status, count, groups (each with heading, of a procedure the step, and provisions: provision, label,
            plain, lead_in, quote, url, language, essential).
        """
        return _admitted(
            site,
            "topic",
            request,
            language,
            lambda: read_topic(site.room, name[:_LONGEST_NAME], language or None).to_json(),
        )

    def topics(language: str = "", request: gr.Request | None = None) -> dict[str, Any]:
        """List the subjects of the Constitution in force, the narrower after the broader.

        Args:
            language: Language of the titles: kk, ru or en. Empty: English.

        Returns:
            subjects: each with subject (its id), title, above (the broader subject's id, or null).
        """
        return _admitted(site, "topics", request, language, lambda: {"subjects": topics_json(language or "en")})

    for tool in (ask, search, read_article, compare, topic, topics):
        # Without a queue MCP calls the tool itself; with one it would ask this server over the network, as a visitor
        # of its own.
        api(_checked(tool), api_name=tool.__name__, queue=False, concurrency_limit=_AT_ONCE)


def _listed(name: str) -> list[str]:
    return [name] if name else []


def _checked(tool: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The tool, with one sentence where it is given what it does not take."""
    parameters = Parameters.of(tool)

    @wraps(tool)
    def checked(*given: Any) -> dict[str, Any]:
        *values, request = given
        try:
            return tool(*parameters.in_order(values, browser_language(request)), request)
        except BadArguments as error:
            raise gr.Error(str(error), print_exception=False) from error

    return checked


def _admitted(
    site: Site, kind: Kind, request: gr.Request | None, language: str, answer: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """The tool's result; bad input and a busy server come back as an error of one sentence."""
    try:
        with (
            site.watch.request(kind, language) as watched,
            site.admission.admitted(client_of(request), language or "en"),
        ):
            result = answer()
            watched.told(result)
            return result
    except NotAdmitted as error:
        raise gr.Error(str(error), title=COME_BACK, print_exception=False) from error
    except (AnswerError, CorpusError) as error:
        raise gr.Error(str(error), print_exception=False) from error
