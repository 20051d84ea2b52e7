"""Citations as a lawyer writes them in each language: `Art. 18(2)`, `ст. 18 п. 2`, `18-бап 2-тармақ`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from corpus import Provision

_STEP = re.compile(r"^(art|para|point|indent|subpara|par|sec|chp)_(.+)$")
_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split(),
}
# In the order in which a citation names them.
_FORMS = {
    "ru": {
        "art": "ст. {}",
        "para": "п. {}",
        "point": "подп. {})",
        "indent": "{})",
        "subpara": "ч. {}",
        "par": "абз. {}",
    },
    "kk": {
        "art": "{}-бап",
        "para": "{}-тармақ",
        "point": "{}) тармақша",
        "indent": "{})",
        "subpara": "{}-бөлік",
        "par": "{}-абзац",
    },
}
_PREAMBLE = {"en": "Preamble", "ru": "Преамбула", "kk": "Кіріспе"}


def label_of(provision: Provision, language: str) -> str:
    """The label of a provision in the reader's language."""
    label = label_of_eid(provision.eid, language)
    if provision.page and provision.eid.startswith("par_"):
        return {"en": f"p. {provision.page}", "ru": f"с. {provision.page}", "kk": f"{provision.page}-бет"}[language] + (
            f", {label}"
        )
    return label


@lru_cache(maxsize=4096)  # an answer names some twenty provisions
def label_of_eid(eid: str, language: str) -> str:
    """The label of an eId such as `art_73__para_1__point_4`."""
    if eid.startswith("preamble"):
        return _PREAMBLE[language]
    steps = {match[1]: match[2].split("~")[0] for step in eid.split("__") if (match := _STEP.match(step))}
    return (_english(steps) if language == "en" else _spelled(steps, _FORMS[language])) or eid


def article_label(number: str, language: str) -> str:
    """The label of a whole article, or of the preamble, whether or not it exists."""
    if number == "preamble":
        return _PREAMBLE[language]
    return label_of_eid(f"art_{number}", language)


def _english(steps: dict[str, str]) -> str:
    if "par" in steps:
        return f"para. {steps['par']}"
    text = f"Art. {steps['art']}" if "art" in steps else ""
    text += "".join(f"({steps[unit]})" for unit in ("para", "point", "indent") if unit in steps)
    return text + (f", part {steps['subpara']}" if "subpara" in steps else "")


def _spelled(steps: dict[str, str], forms: dict[str, str]) -> str:
    return " ".join(form.format(steps[unit]) for unit, form in forms.items() if unit in steps)


def edition_label(edition: str, language: str) -> str:
    """An edition's name as written in the language; a date as a date, anything else as it is."""
    try:
        return date_label(date.fromisoformat(edition), language)
    except ValueError:
        return edition


def date_label(day: date, language: str) -> str:
    """A date as written in the language: `1 July 2026`, `1 июля 2026 года`, `2026 жылғы 1 шілде`."""
    month = _MONTHS[language][day.month - 1]
    if language == "en":
        return f"{day.day} {month} {day.year}"
    if language == "ru":
        return f"{day.day} {month} {day.year} года"
    return f"{day.year} жылғы {day.day} {month}"


def labels_of(sides: Sequence[str], language: str) -> str:
    """Labels of provisions or articles, in one line; a dash where there are none."""
    return "; ".join(label_of_eid(side.split("#")[1], language) for side in sides) or "–"
