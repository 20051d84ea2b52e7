"""The chat: a thin face over `qa`. Run it with `make run` or `atazan serve`."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

import gradio as gr

from corpus import LANGUAGES
from qa import AnswerError, Assistant
from qa.answer import Answer, Citation
from qa.composition import standing
from qa.messages import message

Message = dict[str, str]

_NATIVE = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
_EXAMPLES = ("q1", "q2", "q3", "q4")
_QUEUE = 64
_WORKERS = 4

CSS = """
.gradio-container { max-width: 60rem !important; margin: 0 auto !important; }
footer { display: none !important; }
.az-head h1 { margin: 0; font-size: 1.7rem; } .az-head p { margin: .2rem 0 0; opacity: .8; }
#language { align-self: center; justify-content: flex-end; }
.az-welcome { max-width: 34rem; margin: 4rem auto; padding: 0 1rem; text-align: center; opacity: .85; }
.az-note { font-size: .875rem; opacity: .85; margin: 0; }
.az-answer > p { margin: .3rem 0 .6rem; }
.az-card { border: 1px solid var(--border-color-primary); border-radius: .6rem; padding: .3rem .8rem .5rem;
  margin: .5rem 0; background: var(--background-fill-primary); }
.az-card summary { cursor: pointer; font-weight: 600; padding: .3rem 0; }
.az-card blockquote { margin: .3rem 0 .5rem; padding: .1rem 0 .1rem .8rem; border-left: 3px solid var(--color-accent);
  white-space: pre-line; }
.az-lead { opacity: .8; display: block; margin-bottom: .2rem; }
.az-card mark { background: color-mix(in srgb, var(--color-accent) 22%, transparent); color: inherit; }
.az-of { font-weight: 400; opacity: .85; margin-left: .3rem; }
.az-badge { display: inline-block; font-size: .8rem; font-weight: 500; border-radius: 1rem; padding: 0 .6rem;
  margin-left: .5rem; border: 1px solid currentColor; color: #12692f; }
.az-badge.repealed { color: #a3300b; } .az-badge.private, .az-badge.declaration { color: #33518a; }
.dark .az-badge { color: #86d8a0; } .dark .az-badge.repealed { color: #ffac8c; }
.dark .az-badge.private, .dark .az-badge.declaration { color: #a9c4ff; }
.az-words { font-size: 1.05rem; margin: .2rem 0 .6rem; }
.az-mark { display: block; font-size: .8rem; opacity: .8; margin-top: .15rem; }
.az-meta { font-size: .875rem; opacity: .85; }
.az-how summary { cursor: pointer; font-size: .875rem; } .az-how ol { font-size: .875rem; padding-left: 1.4rem; }
"""


def page(assistant: Assistant) -> gr.Blocks:
    """The page over an assistant; every visitor has a conversation of their own."""
    blocks = gr.Blocks(title="Atazan", analytics_enabled=False, fill_height=True)
    with blocks:
        with gr.Row(equal_height=True):
            head = gr.HTML(_head("en"), elem_classes="az-head")
            language = gr.Radio(
                [(_NATIVE[code], code) for code in LANGUAGES],
                value="en",
                label=message("page.language", "en"),
                show_label=False,
                container=False,
                elem_id="language",
                min_width=370,
                scale=0,
            )
        chat = gr.Chatbot(
            elem_id="chat",
            show_label=False,
            height="54vh",
            placeholder=_welcome("en"),
            buttons=[],
            latex_delimiters=[],
            feedback_options=None,
            layout="panel",
            label="Atazan",
        )
        box = gr.Textbox(
            elem_id="question",
            show_label=False,
            label=message("page.ask", "en"),
            placeholder=message("page.placeholder", "en"),
            submit_btn=message("page.ask", "en"),
            max_lines=4,
            autofocus=True,
        )
        hint = gr.HTML(_note("page.examples", "en"))
        with gr.Row():
            examples = [
                gr.Button(message(f"example.{key}", "en"), size="sm", elem_id=f"example-{key}") for key in _EXAMPLES
            ]
        with gr.Row():
            with gr.Column(scale=1, min_width=260):
                note = gr.HTML(_note("page.disclaimer", "en"))
            clear = gr.Button(message("page.clear", "en"), size="sm", scale=0, min_width=160)

        texts = [head, language, chat, box, hint, *examples, note, clear]
        language.change(_translated, language, texts, show_progress="hidden", api_visibility="private")
        blocks.load(_browser_language, None, language, show_progress="hidden", api_visibility="private")

        def respond(question: str, history: list[Message]) -> Iterator[tuple[str, list[Message]]]:
            yield from _respond(assistant, question, history)

        asked = [box, chat]
        box.submit(respond, asked, asked, show_progress="hidden", api_visibility="private")
        for button in examples:
            button.click(respond, [button, chat], asked, show_progress="hidden", api_visibility="private")
        clear.click(lambda: ("", []), None, asked, show_progress="hidden", api_visibility="private")
    return blocks


def launch(assistant: Assistant, *, host: str = "127.0.0.1", port: int = 7860, block: bool = True) -> gr.Blocks:
    """Serve the page; loads nothing from other hosts, opens no share link."""
    blocks = page(assistant)
    blocks.queue(max_size=_QUEUE, default_concurrency_limit=_WORKERS)
    fonts = ["system-ui", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
    blocks.launch(
        server_name=host,
        server_port=port,
        share=False,
        quiet=True,
        prevent_thread_lock=not block,
        theme=gr.themes.Default(font=fonts, font_mono=["ui-monospace", "monospace"]),
        css=CSS,
        footer_links=[],
        allowed_paths=[],
        enable_monitoring=False,
        ssr_mode=False,
    )
    return blocks


def _respond(assistant: Assistant, question: str, history: list[Message]) -> Iterator[tuple[str, list[Message]]]:
    """The conversation with the answer growing card by card; the box is emptied at once."""
    history = [*history, {"role": "user", "content": _escaped(question)}]
    try:
        answer = assistant.ask(question)
    except AnswerError as error:
        yield "", [*history, {"role": "assistant", "content": _escaped(str(error))}]
        return
    for content in _growing(answer, assistant):
        yield "", [*history, {"role": "assistant", "content": content}]


def _growing(answer: Answer, assistant: Assistant) -> Iterator[str]:
    parts: list[str] = []
    for part in _parts(answer, assistant):
        parts.append(part)
        yield f'<div class="az-answer" lang="{answer.language}">{"".join(parts)}</div>'


def _parts(answer: Answer, assistant: Assistant) -> Iterator[str]:
    language = answer.language
    if answer.abstained:
        yield f"<p>{_html(answer.abstained.message)}</p>"
    if answer.notice:
        yield f"<p>{_html(answer.notice)}</p>"
    for position, citation in enumerate(answer.citations):
        yield _card(citation, assistant, language, is_open=position == 0)
    if answer.see_also:
        links = ", ".join(_link(item.url, item.label) for item in answer.see_also)
        title = message("page.nearest" if answer.abstained else "page.see_also", language)
        yield f'<p class="az-meta">{_html(title)}: {links}</p>'
    yield _how(answer)


def _card(citation: Citation, assistant: Assistant, language: str, *, is_open: bool) -> str:
    document = assistant.index.documents[citation.document]
    badge = message(f"status.{citation.status}", language)
    lead_in = f'<span class="az-lead">{_html(citation.lead_in)}</span>' if citation.lead_in else ""
    facts = [citation.document_title, standing(document, language)]
    if citation.quote is not None and citation.status != "private":
        facts.append(message(f"answer.quote_in_{citation.language}", language))
    about = "; ".join(_html(fact) for fact in facts if fact)
    link = _link(citation.url, message("page.official", language)) if citation.url else ""
    return (
        f'<details class="az-card {_html(citation.provision.split("#")[1])}"{" open" if is_open else ""}>'
        f'<summary>{_html(citation.label)} <span class="az-of">{_html(document.short_titles[language])}</span>'
        f'<span class="az-badge {citation.status}">{_html(badge)}</span></summary>'
        f"{_plain(citation, language)}"
        f"{_quote(citation, lead_in, language)}"
        f'<div class="az-meta">{about}{" · " if link else ""}{link}</div></details>'
    )


def _plain(citation: Citation, language: str) -> str:
    """What the provision says in this project's words, marked as such."""
    if not citation.plain:
        return ""
    mark = _html(message("page.plain", language))
    return f'<p class="az-words" lang="{language}">{_html(citation.plain)}<span class="az-mark">{mark}</span></p>'


def _quote(citation: Citation, lead_in: str, language: str) -> str:
    """The quote with its key sentence marked; where no official text is installed, a line that says so."""
    if citation.quote is None:
        return f'<p class="az-meta">{_html(message("answer.no_text", language))}</p>'
    before, key, after = (
        citation.quote.partition(citation.key_sentence) if citation.key_sentence else (citation.quote, "", "")
    )
    text = f"{_html(before)}{f'<mark>{_html(key)}</mark>' if key else ''}{_html(after)}"
    return f'<blockquote lang="{citation.language}">{lead_in}{text}</blockquote>'


def _how(answer: Answer) -> str:
    language = answer.language
    steps = [_html(step.text) for step in answer.trace]
    steps += [
        _html(message("page.candidate", language, label=provision, score=f"{score:.3f}"))
        for provision, score in answer.retrieved[:5]
    ]
    steps.append(
        _html(message("page.elapsed", language, ms=f"{answer.elapsed_ms:.0f}", fingerprint=answer.fingerprint))
    )
    rows = "".join(f"<li>{step}</li>" for step in steps)
    return f'<details class="az-how"><summary>{_html(message("page.how", language))}</summary><ol>{rows}</ol></details>'


def _link(url: str, text: str) -> str:
    if not url:
        return _html(text)
    return f'<a href="{_html(url)}" target="_blank" rel="noopener noreferrer">{_html(text)}</a>'


def _html(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _escaped(text: str) -> str:
    """The text as the chat shows it letter for letter: inside an HTML block Markdown is not read."""
    return f'<div class="az-plain">{_html(" ".join(text.split()))}</div>'


def _head(language: str) -> str:
    return f"<h1>{_html(message('page.title', language))}</h1><p>{_html(message('page.subtitle', language))}</p>"


def _welcome(language: str) -> str:
    """What the empty conversation says."""
    return f'<div class="az-welcome">{_html(message("page.welcome", language))}</div>'


def _note(key: str, language: str) -> str:
    return f'<p class="az-note">{_html(message(key, language))}</p>'


def _translated(language: str) -> list[Any]:
    """Every text of the page in the language, in the order of `texts`."""
    return [
        gr.HTML(_head(language)),
        gr.Radio(label=message("page.language", language)),
        gr.Chatbot(placeholder=_welcome(language)),
        gr.Textbox(
            label=message("page.ask", language),
            placeholder=message("page.placeholder", language),
            submit_btn=message("page.ask", language),
        ),
        gr.HTML(_note("page.examples", language)),
        *(gr.Button(message(f"example.{key}", language)) for key in _EXAMPLES),
        gr.HTML(_note("page.disclaimer", language)),
        gr.Button(message("page.clear", language)),
    ]


def _browser_language(request: gr.Request) -> str:
    """The first of the browser's languages that the page speaks."""
    accepted = request.headers.get("accept-language", "") if request else ""
    for part in accepted.split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return "en"


def main() -> None:
    """`python app.py` is `atazan serve`."""
    import sys

    from qa.cli import main as cli

    sys.argv[1:1] = ["serve"]
    cli()


if __name__ == "__main__":
    main()
