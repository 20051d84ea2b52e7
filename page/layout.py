"""The page put together: head, tabs, the language switch, deep links, and what the scripts tell."""

from __future__ import annotations

from typing import Any

import gradio as gr

from corpus import LANGUAGES
from page.changes.place import Place as AllChanges
from page.changes.place import place_of as change_named
from page.opening.sources import source
from page.own.reader import OwnReader
from page.programs import add_tools
from page.reading.place import Place
from page.site import BROWSER_SECRET, Site, browser_language
from page.tabs.about import about
from page.tabs.ask import AskTab
from page.tabs.compare import CompareTab
from page.tabs.documents import DocumentsTab
from page.tabs.evaluate import EvaluateTab
from page.tabs.judging import Judging
from page.tabs.quiet import QUIET
from page.tabs.read import ReadTab
from page.tabs.topics import FIRST, TopicsTab
from page.translation import DEFAULT, NATIVE, Translated, say
from page.views.arriving import arriving_view
from page.views.conversation import Asked, kept, to_keep
from page.views.markup import escaped

_LOOK = 1.0  # seconds between looks at what is still being read in
_TABS = ("ask", "read", "topics", "compare", "documents", "evaluate", "about")
# Parts of the page's style and script, in this order; head.css stands apart, Gradio would put its selector before it.
_STYLES = (
    *("frame", "asking", "input", "answer", "citing", "reading", "reader", "changes", "evaluate", "judging", "topics"),
    *("own", "narrow", "print"),
)
_SCRIPTS = (
    *("page", "asking", "pressed", "citing", "changes", "printing", "reading", "contents", "measuring"),
    *("judging", "theme", "own", "keyboard", "letters", "voice", "spoken", "connection"),
)
_FORGET = (600, 3600)  # seconds: how often uploads are looked over, and how old they may grow
# scripts call this with what was clicked inside an answer or an article.
_BRIDGE = "window.atazan.tell = (detail) => trigger('click', detail)"


def build(site: Site) -> gr.Blocks:
    """The page over a site; every visitor has a conversation and documents of their own."""
    texts = Translated()
    blocks = gr.Blocks(title="Atazan", analytics_enabled=False, delete_cache=_FORGET)
    with blocks:
        remembered = gr.BrowserState("", storage_key="atazan-language", secret=BROWSER_SECRET)
        # In no tab: what the browser kept is read where it is on the page, and tabs not opened yet are not.
        names = gr.BrowserState([], storage_key="atazan-documents", secret=BROWSER_SECRET)
        quoted = gr.BrowserState("", storage_key="atazan-quotes", secret=BROWSER_SECRET)
        with gr.Row(elem_classes="az-top"):
            texts.add(gr.HTML(_head(DEFAULT), elem_classes="az-head"), lambda code: gr.HTML(_head(code)))
            language = gr.Radio(
                [(NATIVE[code], code) for code in LANGUAGES],
                value=DEFAULT,
                label=say("language", DEFAULT),
                show_label=False,
                container=False,
                elem_id="language",
                min_width=350,
                scale=0,
            )
            texts.add(language, lambda code: gr.Radio(label=say("language", code)))
            theme = texts.add(
                gr.Button(say("theme", DEFAULT), size="sm", elem_id="theme", min_width=150, scale=0),
                lambda code: gr.Button(say("theme", code)),
            )
            theme.click(None, None, None, js="() => window.atazan.theme()", **QUIET)
        arriving = gr.HTML(visible=False, elem_id="arriving")
        looking = gr.Timer(_LOOK, active=False)
        whole = gr.State(True)
        entrance = DocumentsTab.entrance(texts)
        worded = gr.State(DEFAULT)  # the language that the page is worded in
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap") as tabs:
            tab_of: dict[str, gr.Tab] = {}
            tab = _tabs(texts, tab_of)
            with tab("ask"):
                library = DocumentsTab.session()
                asking = AskTab(site, texts, language, library)
                Judging(site, language, asking)
            with tab("read"):
                own = OwnReader(site, language, library)
                reading = ReadTab(site, texts, language)
            with tab("topics"):
                subjects = TopicsTab(site, texts, language)
            with tab("compare"):
                changes = CompareTab(site, texts, language)
            with tab("documents"):
                documents = DocumentsTab(site, texts, language, library, entrance, names, asking)
            with tab("evaluate"):
                EvaluateTab(site, texts, language)
            with tab("about"):
                texts.add(gr.HTML(about(DEFAULT)), lambda code: gr.HTML(about(code)))
        bridge = gr.HTML(visible="hidden", elem_id="bridge", js_on_load=_BRIDGE)

        def told(place: Place, topic: str, event: gr.EventData) -> tuple[Any, Place, str, Any]:
            """What an address asks for, once its tab was turned to."""
            detail: dict[str, Any] = event._data or {}
            if "tab" in detail:
                return gr.skip(), place, topic, gr.skip()
            if "topic" in detail:
                return gr.skip(), place, str(detail["topic"]), gr.skip()
            wanted = str(detail.get("doc", "")), str(detail.get("art", ""))
            if own.is_for(wanted[0]):
                return gr.skip(), place, topic, wanted
            place = reading.opened(detail)
            return place.document, place, topic, ("", "")

        def arrived(saved: str, quotes: str, request: gr.Request) -> tuple[Any, ...]:
            asked = dict(request.query_params) if request else {}
            code = next((c for c in (asked.get("lang"), saved) if c in LANGUAGES), None) or browser_language(request)
            site.watch.opened(code)
            named = asked.get("doc", ""), asked.get("art", "")
            place = reading.opened(asked)
            wanted = next((tab for key, tab in (("doc", "read"), ("topic", "topics")) if key in asked), None)
            wanted = wanted or (asked["tab"] if asked.get("tab") in _TABS else None)
            tab_open = gr.Tabs(selected=wanted) if wanted else gr.skip()
            own_place = named if own.is_for(named[0]) else ("", "")
            compared = change_named(asked) if wanted == "compare" else None
            matter = compared.matter if compared else gr.skip()
            opened = (code, tab_open, place.document, place, asked.get("topic") or FIRST, own_place, compared, matter)
            settled = ([code], quotes if quotes in LANGUAGES else gr.skip(), *underway(code))
            # With the rest: over a slow line each event more is a second in a language that is not theirs.
            return *opened, *settled, code, *worded_in(code, DEFAULT)

        def worded_in(code: str, worded: str) -> list[Any]:
            """The updates of what is worded; none where it is worded in the language already."""
            return texts(code) if code != worded else [gr.skip() for _ in texts.components]

        def asked_before(value: object, code: str, request: gr.Request) -> tuple[Any, ...]:
            """The conversation that the browser kept, and after it the question of the address, unless it is there."""
            questions = kept(value)
            named = (dict(request.query_params) if request else {}).get("q", "").strip()
            if named and named not in {asked.question for asked in questions}:
                questions.append(Asked(named, alone=True))
            if not questions:
                return gr.skip(), gr.skip(), gr.skip()
            history, turns = asking.told_again(questions, code, request)
            return history, turns, to_keep(turns) if turns else gr.skip()

        def underway(code: str) -> tuple[Any, Any, bool]:
            """What is still being read in, whether to look again, and whether all is there."""
            now = site.arrival.underway
            told = gr.HTML(arriving_view(now, code) if now else "", visible=now is not None)
            return told, gr.Timer(active=now is not None), now is None

        opened: list[Any] = [reading.document, reading.place, subjects.topic, own.place]
        bridge.click(
            told,
            [reading.place, subjects.topic],
            opened,
            trigger_mode="multiple",
            **QUIET,
        ).then(reading.view, reading.seen, reading.views, **QUIET).then(
            subjects.view, subjects.seen, subjects.views, **QUIET
        ).then(None, None, None, js="() => window.atazan.clause()", **QUIET)
        own.place.change(own.view, own.seen, own.text, **QUIET).then(
            None, None, None, js="() => window.atazan.clause()", **QUIET
        )
        bridge.click(changes.told, None, changes.opened, trigger_mode="multiple", **QUIET)
        tab_of["compare"].select(lambda place: place or AllChanges(), changes.place, changes.place, **QUIET)
        language.change(own.view, own.seen, own.text, **QUIET)
        language.change(
            lambda code, shown: (code, *worded_in(code, shown)),
            [language, worded],
            [worded, *texts.components],
            **QUIET,
        ).then(None, None, None, js="() => window.atazan.opened()", **QUIET)
        language.input(subjects.view, subjects.seen, subjects.views, **QUIET)
        turned: list[Any] = [reading.place, language, reading.edition]
        language.input(reading.turned, turned, [reading.shown, *reading.views], trigger_mode="always_last", **QUIET)
        language.input(lambda code: code, language, remembered, **QUIET)
        language.change(None, language, None, js="(code) => window.atazan.language(code)")
        language.input(None, language, None, js="(code) => window.atazan.pick(code)")
        for name, opened_tab in tab_of.items():
            opened_tab.select(None, None, None, js=f"() => window.atazan.tab('{name}')")
        asking.quotes_in.input(lambda code: code, asking.quotes_in, quoted, **QUIET)
        arrival = blocks.load(
            arrived,
            [remembered, quoted],
            [
                *(
                    language,
                    tabs,
                    *opened,
                    *changes.opened,
                    reading.shown,
                    asking.quotes_in,
                    arriving,
                    looking,
                    whole,
                    worded,
                ),
                *texts.components,
            ],
            **QUIET,
        )
        arrival.then(asked_before, [asking.kept, language], [asking.chat, asking.turns, asking.kept], **QUIET).then(
            None, None, None, js="() => { window.atazan.arrived = true; window.atazan.show(); }", **QUIET
        )
        arrival.then(
            lambda held, code: (*[documents.gone(held, code)] * len(documents.said), []),
            [names, language],
            [*documents.said, names],
            **QUIET,
        )
        looking.tick(underway, language, [arriving, looking, whole], **QUIET)
        whole.change(lambda code: gr.Dropdown(reading.choices(code)), language, reading.document, **QUIET).then(
            reading.view, reading.seen, reading.views, **QUIET
        ).then(changes.view, changes.seen, changes.shown, **QUIET)
        # Who chose a language before the page had found theirs keeps it.
        arrival.then(None, language, language, js="(code) => window.atazan.settled(code)").then(
            reading.view, reading.seen, reading.views, **QUIET
        ).then(subjects.view, subjects.seen, subjects.views, **QUIET)
        add_tools(site)
        blocks.unload(site.libraries.forget)
    return blocks


def head() -> str:
    """The page's own script, colours and margins, inline: nothing is loaded from elsewhere."""
    return f"<style>{source('styles/head.css')}</style><script>{_joined('scripts', _SCRIPTS, 'js')}</script>"


def css() -> str:
    """The page's own style."""
    return _joined("styles", _STYLES, "css")


def _joined(folder: str, names: tuple[str, ...], kind: str) -> str:
    return "\n".join(source(f"{folder}/{name}.{kind}") for name in names)


def _tabs(texts: Translated, known: dict[str, gr.Tab]) -> Any:
    """Makes a tab by its name, and puts it among those `known`."""

    def tab(name: str) -> Any:
        key = f"tab_{name}"
        known[name] = texts.add(
            gr.Tab(say(key, DEFAULT), id=name, elem_id=f"tab-{name}"), lambda code: gr.Tab(label=say(key, code))
        )
        return known[name]

    return tab


def _head(language: str) -> str:
    return f"<h1>{escaped(say('title', language))}</h1><p>{escaped(say('subtitle', language))}</p>"
