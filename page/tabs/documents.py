"""The tab for the visitor's own documents: added, searched in this session alone, removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from page.admission import NotAdmitted
from page.background import Work
from page.site import BROWSER_SECRET, Site, client_of
from page.translation import DEFAULT, Translated, say
from page.views.markup import escaped
from qa import AnswerError
from qa.messages import message
from qa.setup.private_library import MAX_BYTES, MAX_FILES, MAX_PAGES, PrivateLibrary

_TYPES = [".pdf", ".docx", ".html", ".htm", ".txt", ".md"]
# Not read, but a visitor who chooses one is told what to do instead of finding it greyed out.
_ANSWERED = (
    ".doc .rtf .odt .epub .fb2 .pages .xls .xlsx .ods .ppt .pptx .odp .eml .msg .mht .mhtml .ps .zip .rar .7z"
    " .png .jpg .jpeg .tif .tiff .heic .webp .djvu"
).split()
_OFFERED = [*_TYPES, *_ANSWERED]
_FORGOTTEN_AFTER = 3 * 3600  # seconds without the visitor


class DocumentsTab:
    """The tab's components; the library itself lives in the session's state."""

    @staticmethod
    def session() -> gr.State:
        """The visitor's library, closed when the session ends."""
        return gr.State(None, time_to_live=_FORGOTTEN_AFTER, delete_callback=_close)

    def __init__(self, site: Site, texts: Translated, language: gr.Radio, library: gr.State) -> None:
        self._site = site
        texts.add(gr.HTML(_note(DEFAULT)), lambda code: gr.HTML(_note(code)))
        file = texts.add(
            gr.UploadButton(say("upload", DEFAULT), file_types=_OFFERED, elem_id="upload", variant="primary"),
            lambda code: gr.UploadButton(say("upload", code)),
        )
        self.said = said = gr.HTML(elem_id="upload-said")
        self.names = gr.BrowserState([], storage_key="atazan-documents", secret=BROWSER_SECRET)
        with gr.Row():
            held = texts.add(
                gr.Dropdown([], label=say("your_list", DEFAULT), elem_id="held", min_width=220),
                lambda code: gr.Dropdown(label=say("your_list", code)),
            )
            remove = texts.add(
                gr.Button(say("remove", DEFAULT), size="sm", elem_id="remove", scale=0, min_width=140),
                lambda code: gr.Button(say("remove", code)),
            )
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        changed: list[Any] = [library, file, said, held]
        file.upload(self._added, [file, library, language], changed, concurrency_limit=2, **quiet).then(
            _names, library, self.names, **quiet
        )
        remove.click(_removed, [held, library, language], [library, said, held], **quiet).then(
            _names, library, self.names, **quiet
        )

    @staticmethod
    def gone(names: object, language: str) -> str:
        """What was held before the page was opened anew, told once; "" where nothing was."""
        known = [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
        return _told(say("documents_gone", language, names=", ".join(known))) if known else ""

    def _added(
        self, path: str | None, library: PrivateLibrary | None, language: str, request: gr.Request
    ) -> Iterator[tuple[Any, Any, str, Any]]:
        """Read and index the file, telling how far it is; the box is emptied either way."""
        if not path:
            yield library, None, _told(message("upload.no_file", language)), gr.skip()
            return
        name, data = Path(path).name, Path(path).read_bytes()
        Path(path).unlink(missing_ok=True)  # nothing of it stays on disk but the index of this session
        yield library, None, _told(say("upload_reading", language, name=name)), gr.skip()
        try:
            with self._site.admission.admitted(client_of(request), language):
                library = self._site.libraries.of(
                    request, lambda: PrivateLibrary(self._site.assistant, self._site.folders.index)
                )
            held = library
            work = Work(lambda on_progress: held.add(data, name, language, on_progress))
            for done, total in work.steps():
                text = say("upload_indexing", language, name=name, done=done, total=total)
                yield library, gr.skip(), _told(text), gr.skip()
        except (AnswerError, NotAdmitted) as error:
            yield library, gr.skip(), _told(str(error)), gr.skip()
            return
        count = work.result.paragraphs
        yield library, gr.skip(), _told(say("upload_done", language, name=name, count=count)), _list(library, language)


def _removed(identifier: str | None, library: PrivateLibrary | None, language: str) -> tuple[Any, str, Any]:
    if library and identifier:
        library.remove(identifier)
    return library, "", _list(library, language)


def _names(library: PrivateLibrary | None) -> list[str]:
    return [held.document.titles["en"] for held in library.held] if library else []


def _list(library: PrivateLibrary | None, language: str) -> gr.Dropdown:
    choices = [
        (f"{held.document.titles[language]} ({say('paragraphs', language, count=held.paragraphs)})", held.document.id)
        for held in (library.held if library else ())
    ]
    return gr.Dropdown(choices, value=choices[-1][1] if choices else None)


def _close(library: PrivateLibrary | None) -> None:
    if library:
        library.close()


def _told(text: str) -> str:
    return f'<p role="status">{escaped(text)}</p>'


def _note(language: str) -> str:
    limits = {"megabytes": MAX_BYTES // 2**20, "pages": MAX_PAGES, "files": MAX_FILES}
    return f'<p class="az-note">{escaped(say("upload_note", language, **limits))}</p>'
