"""A conversation is printed whole: every question and quote, nothing to press, the address and the day at the foot."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from tests.browser.conftest import Open, ask


def test_a_conversation_is_printed_whole(open_page: Open, tmp_path: Path) -> None:
    page = open_page("ru", scheme="dark")
    for question in ("Можно ли иметь второе гражданство?", "Есть ли смертная казнь?"):
        ask(page, question)
    page.pdf(path=str(tmp_path / "asked.pdf"), format="A4")
    sheets = [" ".join(sheet.extract_text().split()) for sheet in PdfReader(tmp_path / "asked.pdf").pages]
    printed = " ".join(sheets)
    page_of_the_law = "https://adilet.zan.kz/rus/docs/K2600000000"
    for words in ("второе гражданство?", "Есть ли смертная казнь?", "действует", page_of_the_law):
        assert words in printed
    for control in ("Копировать", "Сослаться", "Как это найдено", "Открыть в тексте", "Полезно"):
        assert control not in printed
    for number, sheet in enumerate(sheets, 1):
        assert f"{number} / {len(sheets)}" in sheet
        assert page.url.split("/?")[0] in sheet
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('#chat .az-card')).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
