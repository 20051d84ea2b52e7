"""The tab for the visitor's own documents: given by choosing or dropping, listed, read, removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from page.admission import NotAdmitted
from page.background import Work
from page.own.shelf import ON_LOAD, Told, shelf_view, told_view
from page.own.whose import offered
from page.site import Site, client_of
from page.tabs.ask import AskTab
from page.tabs.quiet import QUIET
from page.translation import DEFAULT, Translated, say
from page.views.markup import escaped
from qa import AnswerError
from qa.setup.private_library import MAX_BYTES, MAX_FILES, MAX_PAGES, PrivateLibrary

_FORGOTTEN_AFTER = 3 * 3600  # seconds without the visitor


class DocumentsTab:
    """The tab's components; the library itself lives in the session's state."""

    @staticmethod
    def session() -> gr.State:
        """The visitor's library, closed when the session ends."""
        return gr.State(None, time_to_live=_FORGOTTEN_AFTER, delete_callback=_close)

    @staticmethod
    def entrance(texts: Translated) -> gr.UploadButton:
        """Where scripts/own.js puts each file chosen or dropped; on the page and in no tab, since one may drop files
        anywhere."""
        texts.add(gr.HTML(_drop_here(DEFAULT), elem_id="drop-here"), lambda code: gr.HTML(_drop_here(code)))
        # Of whatever kind: what cannot be read is refused in words.
        return gr.UploadButton("", visible="hidden", elem_id="entrance")

    def __init__(
        self,
        site: Site,
        texts: Translated,
        language: gr.Radio,
        library: gr.State,
        entrance: gr.UploadButton,
        names: gr.BrowserState,
        asking: AskTab,
    ) -> None:
        self._site = site
        texts.add(gr.HTML(_choosing(DEFAULT), elem_id="choosing"), lambda code: gr.HTML(_choosing(code)))
        self.said = [gr.HTML(elem_id="upload-said"), asking.added]
        self.shelf = gr.HTML(shelf_view(None, DEFAULT), elem_id="held", js_on_load=ON_LOAD)
        kept = (library, names)
        held = [library, self.shelf, asking.whose]
        entrance.upload(
            self._added,
            [entrance, asking.files, library, language],
            [asking.files, *held, *self.said],
            concurrency_limit=2,
            **QUIET,
        ).then(_names, *kept, **QUIET).then(None, None, None, js="() => window.atazan.received()", **QUIET)
        self.shelf.click(_removed, [library, language], [asking.files, *held, *self.said], **QUIET).then(
            _names, *kept, **QUIET
        )
        language.change(shelf_view, [library, language], self.shelf, **QUIET)

    @staticmethod
    def gone(names: object, language: str) -> str:
        """What was held before the page was opened anew, told once; "" where nothing was."""
        known = [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
        return told_view([Told("refused", say("documents_gone", language, names=", ".join(known)))]) if known else ""

    def _added(
        self,
        path: str,
        files: Sequence[Told],
        library: PrivateLibrary | None,
        language: str,
        request: gr.Request,
    ) -> Iterator[tuple[Any, ...]]:
        """Read and index the file, telling how far it is, below what became of those before it."""
        name, data = Path(path).name, Path(path).read_bytes()
        Path(path).unlink(missing_ok=True)  # nothing of it stays on disk but the index of this session

        def shown(told: Told) -> tuple[Any, ...]:
            view = told_view([*files, told])
            return gr.skip(), library, gr.skip(), gr.skip(), view, view

        yield shown(Told("going", say("upload_reading", language, name=name)))
        try:
            with self._site.admission.admitted(client_of(request), language):
                library = self._site.libraries.of(
                    request, lambda: PrivateLibrary(self._site.assistant, self._site.folders.index)
                )
            held = library
            work = Work(lambda on_progress: held.add(data, name, language, on_progress))
            for done, total in work.steps():
                yield shown(Told("going", say("upload_indexing", language, name=name, done=done, total=total)))
            count = work.result.paragraphs
            told = Told("added", say("upload_done", language, name=work.result.document.titles[language], count=count))
        except (AnswerError, NotAdmitted) as error:
            told = Told("refused", str(error))
        files = [*files, told]
        yield files, library, shelf_view(library, language), offered(library), told_view(files), told_view(files)


def _removed(library: PrivateLibrary | None, language: str, event: gr.EventData) -> tuple[Any, ...]:
    """Without the document that the event names; what was told of files given is old by then."""
    named: dict[str, Any] = event._data or {}
    if library and "document" in named:
        library.remove(str(named["document"]))
    return [], library, shelf_view(library, language), offered(library), "", ""


def _names(library: PrivateLibrary | None) -> list[str]:
    return [held.document.titles["en"] for held in library.held] if library else []


def _close(library: PrivateLibrary | None) -> None:
    if library:
        library.close()


def _choosing(language: str) -> str:
    """The field to choose files in or drop them on, and what becomes of them."""
    limits = {"megabytes": MAX_BYTES // 2**20, "pages": MAX_PAGES, "files": MAX_FILES}
    return (
        f'<div class="az-drop"><p>{escaped(say("upload_drop", language))}</p>'
        f'<label id="upload"><input type="file" id="upload-files" multiple>{escaped(say("upload", language))}</label>'
        f'<p class="az-note">{escaped(say("upload_note", language, **limits))}</p></div>'
    )


def _drop_here(language: str) -> str:
    """What shows while files are held over the page; of a file too large, no more is sent than shows that it is."""
    return f'<p data-most="{MAX_BYTES + 1}">{escaped(say("drop_here", language))}</p>'
