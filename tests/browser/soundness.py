"""What the page must be wherever one stands: no wider than its window, without what axe finds serious, in one language;
and what it prints."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import keep

AXE = Path(__file__).parents[2] / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
# Names that are the same in every language, formats, and the languages' own names.
_SAME = set(
    "Atazan English PDF DOCX Word HTML CSV JSON JSONL Lines Markdown HTTP MCP Esc UTF txt APA BibTeX URL".split()
)
# What is seen or read out, without code, figures of the benchmark, and what is marked as in another language.
_SEEN = """language => {
  const seen = [];
  const figures = 'script, style, pre, code, table, .az-benchmark, .az-bars, .az-figures';
  const other = `${figures}, [lang]:not(html):not([lang=${language}])`;
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest(other) || !element.checkVisibility({visibilityProperty: true})) continue;
    for (const name of ['title', 'placeholder', 'aria-label', 'alt', 'aria-description'])
      if (element.hasAttribute(name)) seen.push(element.getAttribute(name));
    for (const text of element.childNodes) if (text.nodeType === 3) seen.push(text.data);
  }
  return seen;
}"""


def english(page: Page, language: str) -> set[str]:
    """Latin words of three letters or more on the page, outside addresses, that are not the same in every language."""
    seen = [re.sub(r"https?://\S+|[\w.]+\.kz\b", "", text) for text in page.evaluate(_SEEN, language)]
    words = {word for text in seen for word in re.findall(r"[A-Za-z][A-Za-z']{2,}", text)}
    return words - _SAME - {"III", "VII", "VIII"}


def is_within_the_window(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def serious(page: Page) -> list[tuple[str, str]]:
    """What axe finds that is serious or worse, by rule and place; it is looked for as soon as axe-core is there."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (violation["id"], node["html"][:160])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def station(page: Page, name: str, language: str, foreign: frozenset[str] = frozenset()) -> None:
    """What must hold wherever a visitor stops; `foreign` words are the visitor's own."""
    keep(page, f"visit-{name}")
    assert is_within_the_window(page), name
    if AXE.is_file():
        assert serious(page) == [], (name, serious(page))
    if language != "en":
        assert english(page, language) <= foreign, (name, english(page, language))


def printed(page: Page) -> str:
    """All that the page prints, in one line."""
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    return " ".join(" ".join(sheet.extract_text().split()) for sheet in sheets)
