"""How laws number and head their parts, in English, Russian and Kazakh.

Data for `structure.py`: one regular expression a printed form, matched against lines with their letters folded
(`corpus.text.folding`). Numbers with a hyphen (`94-1`, `3-1.`) are insertions of later amending laws.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text.folding import fold_letters

_NUMBER = r"\d{1,4}(?:[-‐‑–]\d{1,3})?"
_ORDINAL = rf"(?:[IVXLC]+(?:-\d+)?|{_NUMBER})"

# "1.The" occurs in print, "1.5 million" must not count: no digit may follow the full stop.
PARAGRAPH = re.compile(rf"^(?P<number>(?P<n>{_NUMBER})\.)\s*(?=[^\d\s])")
_BEFORE_A_DIGIT = re.compile(r"^(?P<number>(?P<n>\d{1,3})\.)\s+(?=\d)")
POINT = re.compile(rf"^(?P<number>(?P<n>{_NUMBER})\))\s*")


@dataclass(frozen=True, slots=True)
class Grammar:
    """The printed forms of one language; groups `n` (number) and `title`."""

    language: str
    section: re.Pattern[str]
    chapter: re.Pattern[str]
    article: re.Pattern[str]
    preamble: re.Pattern[str]
    preamble_opens: re.Pattern[str]
    adoption: re.Pattern[str]
    note: re.Pattern[str]
    footnote: re.Pattern[str]
    note_follows: re.Pattern[str]
    note_of_next: re.Pattern[str]
    notice: re.Pattern[str]
    signature: re.Pattern[str]
    excluded: re.Pattern[str]
    about_article: re.Pattern[str]

    def heads(self, line: str) -> bool:
        """Whether the line opens a section, chapter or article."""
        text = fold_letters(line)
        return bool(self.article.match(text) or self.section.match(text) or self.chapter.match(text))


_NEVER = re.compile(r"(?!)")

RUSSIAN = Grammar(
    language="ru",
    section=re.compile(
        rf"^(?:Раздел|РАЗДЕЛ|(?:Часть|ЧАСТЬ)(?=\s+[IVXLC]+\.?$))\s+(?P<n>{_ORDINAL})\b\.?\s*(?P<title>.*)$", re.S
    ),
    chapter=re.compile(rf"^(?:Глава|ГЛАВА)\s+(?P<n>{_ORDINAL})\b\.?\s*(?P<title>.*)$", re.S),
    article=re.compile(rf"^(?:Статья|СТАТЬЯ)\s+(?P<n>{_NUMBER})(?:\.\s*(?P<title>.*))?$", re.S),
    preamble=re.compile(r"^преамбула\.?$", re.I),
    preamble_opens=re.compile(r"^(?:Мы,|Участвующие в настоящ|Настоящ\w+ (?:Конституционный закон|Закон|Кодекс)\b)"),
    adoption=re.compile(
        r"^(?:Конституция принята|Принят[аоы]?\b|Закон Республики Казахстан от|Конституционный закон Республики"
        r" Казахстан от|Кодекс Республики Казахстан от|Вступил[аои]? в силу)"
    ),
    note=re.compile(r"^(?:Сноска|Примечани[ея]|См\. ?также)\b"),
    footnote=re.compile(r"^Сноска"),
    note_follows=re.compile(r"^Примечание\s+(?:ИЗПИ|РЦПИ)\s*!?$"),
    note_of_next=re.compile(r"^Примечание\s+(?:ИЗПИ|РЦПИ)"),
    notice=re.compile(r"^(?:Вниманию пользователей|Для удобства пользования|ОГЛАВЛЕНИЕ$)"),
    signature=re.compile(
        r"^(?:Президент(?:\s+Республики Казахстан)?(?:\s+[А-ЯЁӘҒҚҢӨҰҮІ]\.\s?[А-ЯЁӘҒҚҢӨҰҮІ]\w+|$)|В УДОСТОВЕРЕНИЕ ЧЕГО)"
    ),
    excluded=re.compile(r"^(?:исключ[её]н|утратил[аи]? силу|утратил[аи]?)", re.I),
    about_article=re.compile(rf"\b[Сс]тать[яиюе][йё]?\s+(?P<n>{_NUMBER})"),
)

ENGLISH = Grammar(
    language="en",
    section=re.compile(rf"^(?:Section|SECTION|Part|PART)\s+(?P<n>{_ORDINAL})\b\.?\s*(?P<title>.*)$", re.S),
    chapter=re.compile(rf"^(?:Chapter|CHAPTER)\s+(?P<n>{_ORDINAL})\b\.?\s*(?P<title>.*)$", re.S),
    article=re.compile(rf"^(?:Article|ARTICLE)\s+(?P<n>{_NUMBER})(?:\.\s*(?P<title>.*))?$", re.S),
    preamble=re.compile(r"^preamble\.?$", re.I),
    preamble_opens=re.compile(r"^(?:We,|The States Parties to the present)"),
    adoption=re.compile(r"^(?:Adopted\b|Passed\b|The Constitution was adopted|Law of the Republic of Kazakhstan)"),
    note=re.compile(r"^(?:Footnote|Note)\s*[.:]"),
    footnote=re.compile(r"^Footnote"),
    note_follows=_NEVER,
    note_of_next=_NEVER,
    notice=_NEVER,
    signature=re.compile(
        r"^(?:President(?:\s+of the Republic of Kazakhstan)?(?:\s+[A-Z]\.\s?[A-Z]\w+|$)|IN FAITH WHEREOF)"
    ),
    excluded=re.compile(r"^(?:is\s+)?(?:excluded|deleted|repealed)\b", re.I),
    about_article=re.compile(rf"\bArticle\s+(?P<n>{_NUMBER})"),
)

KAZAKH = Grammar(
    language="kk",
    section=re.compile(rf"^(?P<n>{_ORDINAL})[\s-]*(?:бөлім|Бөлім|БӨЛІМ)\b\.?\s*(?P<title>.*)$", re.S),
    chapter=re.compile(rf"^(?P<n>{_ORDINAL})[\s-]*(?:тарау|ТАРАУ)\b\.?\s*(?P<title>.*)$", re.S),
    article=re.compile(rf"^(?P<n>{_NUMBER})[\s‐‑-]*(?:бап|БАП)\b(?:\.\s*(?P<title>.*))?$", re.S),
    preamble=re.compile(r"^(?:преамбула|кіріспе)\.?$", re.I),
    preamble_opens=re.compile(r"^(?:Біз,|Осы (?:Пактіге қатысушы|Конституциялық заң|Заң)\b)"),
    adoption=re.compile(
        r"^(?:Конституция .{0,60}қабылданды|Қазақстан Республикасының .{0,60}(?:Заңы|Конституциясы)\b)"
    ),
    note=re.compile(r"^(?:Ескерту|Ескертпе|Қараңыз:|ЗҚАИ-ның ескертпесі|РҚАО-ның ескертпесі)"),
    footnote=re.compile(r"^Ескерту"),
    note_follows=re.compile(r"^(?:ЗҚАИ|РҚАО)-ның ескертпесі\s*!?$"),
    note_of_next=re.compile(r"^(?:ЗҚАИ|РҚАО)"),
    notice=re.compile(r"^(?:Қолданушылар(?:ға|дың)? назар|Қолданушыларға ыңғайлы|МАЗМҰНЫ$)"),
    signature=re.compile(
        r"^(?:Қазақстан Республикасының(?: Президенті(?:\s+[А-ЯӘҒҚҢӨҰҮІ]\.\s?\w+|$)|$)|ОСЫНЫ КУӘЛАНДЫРУ ҮШІН)"
    ),
    excluded=re.compile(r"^(?:алып тасталды|алынып тасталды|күші жойылды)", re.I),
    about_article=re.compile(rf"(?P<n>{_NUMBER})[\s‐‑-]*бап"),
)

GRAMMARS = {grammar.language: grammar for grammar in (KAZAKH, RUSSIAN, ENGLISH)}


def paragraph_after(text: str, previous: str) -> re.Match[str] | None:
    """The line's paragraph number, groups `number` (printed) and `n`; of a line that goes on with another number
    ("6. 2026 жылғы …") only where it is the next after the `previous` one in its article, "" for none."""
    if found := PARAGRAPH.match(text):
        return found
    bare = _BEFORE_A_DIGIT.match(text)
    main = previous.partition("-")[0]
    return bare if bare and int(bare["n"]) == int(main or 0) + 1 else None


def canonical_number(printed: str) -> str:
    """`94‐1` with any printed hyphen as `94-1`."""
    return re.sub(r"[‐‑–]", "-", printed)
