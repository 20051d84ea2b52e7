"""References to articles as people write them, in three languages: `article 18(2)`, `ст. 46 п. 17`, `18-бап`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import Provision

_N = r"\d{1,4}(?:-\d{1,3})?"
_LETTER = r"[a-zа-яі]"  # of a lettered point; Roman numerals stand inside one
_ROMAN = r"[ivx]{1,4}"

PREAMBLE = "preamble"


@dataclass(frozen=True, slots=True)
class Reference:
    """What was named; numbers as printed in the law, "" where not named. `article` is `PREAMBLE` for a preamble. `span`
    is its place in the text."""

    article: str
    paragraph: str = ""
    point: str = ""
    part: str = ""
    indent: str = ""
    span: tuple[int, int] = (0, 0)

    @property
    def article_eid(self) -> str:
        """The eId of the article, or of the preamble."""
        return PREAMBLE if self.article == PREAMBLE else f"art_{self.article}"

    @property
    def eid(self) -> str:
        """The eId as the numbers say it; `resolve` knows what else may be meant."""
        eid = self.article_eid
        units = (("para", self.paragraph), ("point", self.point), ("indent", self.indent), ("subpara", self.part))
        return eid + "".join(f"__{unit}_{number}" for unit, number in units if number)


@dataclass(frozen=True, slots=True)
class _Mention:
    kind: str
    number: str
    start: int
    end: int


# One pattern a unit and word order; `n` is the number. Order matters: a sub-point is not a point.
_UNITS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("article", rf"\b(?:articles?|arts?\.?)\s*(?:no\.?\s*)?(?P<n>{_N})\b"),
        ("article", rf"\b(?:стать(?:я|и|е|ю|ей|ёй|ях|ям|ями)|ст\.?)\s*(?:№\s*)?(?P<n>{_N})\b"),
        ("article", rf"\b(?P<n>{_N})\s*[-‐‑–]?\s*ба(?:п\w*|бы\w*)"),
        ("article", rf"\bбап\s*(?P<n>{_N})\b"),
        ("point", rf"\b(?:sub-?paragraph|subpara\.?|sub-?point|point|clause|item)\s*\(?(?P<n>{_N})\)?"),
        ("point", rf"\b(?:подпункт\w*|подп\.?|пп\.?)\s*(?P<n>{_N}|{_LETTER}(?=\)))\)?"),
        ("point", rf"\b(?P<n>{_N}|{_LETTER}(?=\)))\)?\s*[-‐‑–]?\s*тармақша\w*"),
        ("indent", rf"(?:(?<=\b[a-zа-яі]\)\s)|(?<=тармақша\s))(?P<n>{_ROMAN})\)"),
        ("paragraph", rf"(?:\b(?:paragraph|para\.?)|§)\s*(?P<n>{_N})\b"),
        ("paragraph", rf"\b(?:пункт\w*|п\.?)\s*(?P<n>{_N})\b"),
        ("paragraph", rf"\b(?P<n>{_N})\s*[-‐‑–]?\s*тарма(?:қ(?!ша)|ғ)\w*"),
        ("part", rf"\bpart\s*(?P<n>{_N})\b"),
        ("part", rf"\b(?:част\w+|ч\.)\s*(?P<n>{_N})\b"),
        ("part", rf"\b(?P<n>{_N})\s*[-‐‑–]?\s*бөлі(?:к|г)\w*"),
    )
)
_BRACKETS = re.compile(rf"\s*\(\s*(?P<n>{_N}|{_LETTER}|{_ROMAN})\s*\)")
_IN_BRACKETS = (("paragraph", re.compile(_N)), ("point", re.compile(f"{_N}|{_LETTER}")), ("indent", re.compile(_ROMAN)))
# A Cyrillic letter typed for the Latin one of a list that is lettered so.
_TO_LATIN = str.maketrans("асеорхі", "aceopxi")
_PREAMBLE = re.compile(r"\b(?:preambles?|преамбул\w{1,3}|кіріспе\w{0,6})\b", re.IGNORECASE)
# "articles 53 and 54", "статьи 17, 18 и 19"; in Kazakh the numbers stand before the word.
_AND = r"(?:\s*,\s*|\s+(?:and|и|және|мен)\s+)"
_LISTED_AFTER = re.compile(rf"{_AND}(?P<n>{_N})(?![\w)%]|\s*[-‐‑–]?\s*(?:тарма|бөлі|лет|год|years))", re.IGNORECASE)
_LISTED_BEFORE = re.compile(rf"(?P<n>{_N}){_AND}$", re.IGNORECASE)
_PLURAL = re.compile(r"^(?:articles|arts\.?|стать(?:и|ей|ях|ям|ями))", re.IGNORECASE)
_BETWEEN = re.compile(r"^[\s,;]*(?:of(?: the)?|in)?[\s,;]*$", re.IGNORECASE)
_BARE = re.compile(rf"^\s*(?P<n>{_N})\s*(?:\(\s*(?:{_N}|{_LETTER}|{_ROMAN})\s*\)\s*)*$")
_EID = re.compile(
    rf"^(?:[\w-]+#)?(?:preamble|art_(?P<article>{_N})(?:__para_(?P<paragraph>{_N}))?(?:__point_(?P<point>{_N}|{_LETTER}))?"
    rf"(?:__indent_(?P<indent>{_ROMAN}))?(?:__subpara_(?P<part>\d+))?)$"
)


def find_references(text: str) -> list[Reference]:
    """All references to articles in running text, in order."""
    mentions = _mentions(text)
    references = []
    for i, mention in enumerate(mentions):
        if mention.kind != "article":
            continue
        reference = Reference(mention.number, span=(mention.start, mention.end))
        reference = _bracketed(text, reference)
        for step in (1, -1):
            reference = _with_neighbours(text, mentions, i, step, reference)
        references.append(reference)
        references += _listed(text, mention)
    references += [Reference(PREAMBLE, span=match.span()) for match in list(_PREAMBLE.finditer(text))[:1]]
    return sorted(references, key=lambda reference: reference.span)


def parse_reference(text: str) -> Reference | None:
    """One reference standing alone, as typed after `atazan article`: also `18`, `18(2)`, `art_18__para_2`."""
    if match := _EID.match(text.strip()):
        paragraph, point, part, indent = (match[unit] or "" for unit in ("paragraph", "point", "part", "indent"))
        return Reference(match["article"] or PREAMBLE, paragraph, point, part, indent)
    if match := _BARE.match(text):
        return _bracketed(text, Reference(match["n"], span=match.span("n")))
    found = find_references(text)
    return found[0] if found else None


def resolve(reference: Reference, provisions: Sequence[Provision]) -> list[Provision]:
    """The provisions of one edition that the reference names, in printed order; empty when there are none.

    People number points and paragraphs alike: where the article has points but no such paragraph (`ст. 46 п. 17`),
    the point is meant.
    """
    article = reference.article_eid
    wanted = [article]
    if reference.paragraph and reference.point:
        wanted = [f"{article}__para_{reference.paragraph}__point_{reference.point}"]
    elif reference.paragraph:
        wanted = [f"{article}__para_{reference.paragraph}", f"{article}__point_{reference.paragraph}"]
    elif reference.point:
        wanted = [f"{article}__point_{reference.point}", f"{article}__para_{reference.point}"]
    if reference.indent:
        wanted = [f"{eid}__indent_{reference.indent}" for eid in wanted]
    for eid in dict.fromkeys([*wanted, *(eid.translate(_TO_LATIN) for eid in wanted)]):
        found = [p for p in provisions if p.eid == eid or p.eid.startswith(eid + "__")]
        if found and reference.part:
            ending = [p for p in found if p.eid == f"{eid}__subpara_{reference.part}"]
            found = ending or ([p for p in found if p.eid == eid] if reference.part == "1" else [])
        if found:
            return found
    return []


def only_reference(text: str, references: Sequence[Reference]) -> bool:
    """Whether the text says nothing beyond its references and words like "what does … say"."""
    rest = text
    for reference in sorted(references, key=lambda r: -r.span[0]):
        rest = rest[: reference.span[0]] + " " + rest[reference.span[1] :]
    return not [word for word in re.findall(r"\w+", rest.lower()) if word not in _LOOKUP_WORDS]


_LOOKUP_WORDS = frozenset(
    "what does do say says said about is are in the of and constitution text show me read tell please quote cite"
    " kazakhstan republic new current content contents provide give explain"
    " и что чем чём сказано говорит говорится написано о об в во статье статья конституции конституция текст покажи"
    " покажите прочитай процитируй приведи казахстана республики рк новой действующей содержание гласит какой какая"
    " расскажи және мен не жазылған айтылған айтылады деген қандай туралы конституцияның конституция конституцияда"
    " мәтіні мәтінін көрсет көрсетіңіз оқы оқып бер берші қазақстан республикасының жаңа дейді бап баптың бапта"
    " баптар баптарда".split()
)


def _mentions(text: str) -> list[_Mention]:
    taken: list[tuple[int, int]] = []
    found: list[_Mention] = []
    for kind, pattern in _UNITS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            found.append(_Mention(kind, match["n"], match.start(), match.end()))
    return sorted(found, key=lambda mention: mention.start)


def _listed(text: str, head: _Mention) -> list[Reference]:
    """The further articles of an enumeration that the mention is a part of."""
    found = []
    if _PLURAL.match(text[head.start : head.end]):
        end = head.end
        while match := _LISTED_AFTER.match(text, end):
            found.append(Reference(match["n"], span=(match.start("n"), match.end("n"))))
            end = match.end("n")
    elif text[head.start].isdigit():
        start = head.start
        while match := _LISTED_BEFORE.search(text[:start]):
            start = match.start("n")
            found.append(Reference(match["n"], span=(start, match.end("n"))))
    return found


def _bracketed(text: str, reference: Reference) -> Reference:
    """`18(2)(1)`: the first bracket is the paragraph, the second the point; `7(c)(ii)`: a letter is a point's, and a
    Roman numeral inside it an indent's."""
    for unit, form in _IN_BRACKETS:
        match = _BRACKETS.match(text, reference.span[1])
        if not match:
            break
        if form.fullmatch(match["n"]):
            reference = _with(reference, unit, match["n"], (reference.span[0], match.end()))
    return reference


def _with(reference: Reference, unit: str, number: str, span: tuple[int, int]) -> Reference:
    if unit == "paragraph":
        return replace(reference, paragraph=number, span=span)
    if unit == "point":
        return replace(reference, point=number, span=span)
    if unit == "indent":
        return replace(reference, indent=number, span=span)
    return replace(reference, part=number, span=span)


def _with_neighbours(text: str, mentions: list[_Mention], at: int, step: int, reference: Reference) -> Reference:
    """Attach paragraph, point and part mentions that stand directly before or after the article's."""
    i = at + step
    while 0 <= i < len(mentions):
        other = mentions[i]
        start, end = reference.span
        gap = text[end : other.start] if step > 0 else text[other.end : start]
        if other.kind == "article" or not _BETWEEN.match(gap) or getattr(reference, other.kind):
            break
        span = (start, other.end) if step > 0 else (other.start, end)
        reference = _with(reference, other.kind, other.number, span)
        i += step
    return reference


# Clauses of the asker's own document: "clause 2.2 of my contract", "статья 4 договора", "шарттың 3-тармағы". Their
# numbers are none of the Constitution's.
_OWN_NUMBER = r"(?P<n>\d{1,3}(?:\.\d{1,3}){0,3})"
_OWN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:articles?|arts?\.|clauses?|sections?|paragraphs?|points?|items?|parts?)\s*(?:no\.?\s*)?{_OWN_NUMBER}\.?\s+"
        r"(?:of|in|under)\s+(?:(?:my|our|the|this|that|his|her|their)\s+)?(?:\w+\s+){0,2}?"
        r"(?:contract|agreement|lease|tenancy|charter|by-?laws|policy|offer|document|file|house rules)\b",
        rf"\b(?:contract|agreement|lease|charter)(?:'s)?,?\s+(?:clause|section|paragraph|point|article)\s*{_OWN_NUMBER}",
        rf"(?:\bстать(?:я|и|е|ю|ей)|\bст\.|\bпункт\w*|\bп\.|\bподпункт\w*|\bраздел\w*|\bчаст[ьи]\w*)\s*№?\s*{_OWN_NUMBER}\.?\s+"
        r"(?:(?:этого|моего|нашего|данного|своего|их|его|её)\s+)?(?:\w+(?:ого|его)\s+)?"
        r"(?:договора|контракта|соглашения|устава|приказа|приложения|правил|документа|файла|оферты)\b",
        rf"\b(?:договор|контракт|соглашени|устав|приказ)\w*,?\s+(?:п\.|пункт\w*|раздел\w*|ст\.)\s*{_OWN_NUMBER}",
        r"\b\w*(?:шарт|келісім|жарғы|бұйрық|бұйрығ|құжат|қағида|ереже)\w*(?:[тдн][ыі]ң)\s+(?:өзінің\s+)?"
        rf"{_OWN_NUMBER}\s*[-‐‑–]?\s*(?:ба[пб]|тарма[қғ]|бөлім)\w*",
    )
)


# Where nothing but documents of one's own is asked, a number alone means one of their clauses.
_ALONE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:clause|section|paragraph|point|item)\s*(?:no\.?\s*)?{_OWN_NUMBER}",
        rf"(?:\bпункт\w*|\bп\.|\bподпункт\w*|\bраздел\w*)\s*№?\s*{_OWN_NUMBER}",
        rf"\b{_OWN_NUMBER}\s*[-‐‑–]?\s*(?:тарма[қғ]|бөлім)\w*",
    )
)
_FEW_WORDS = 8


def clause_alone(text: str) -> str:
    """The number of a clause in a short question that names no document; "" where there is none."""
    if len(text.split()) > _FEW_WORDS:
        return ""
    found = (match["n"] for pattern in _ALONE if (match := pattern.search(text)))
    return next(found, "")


def own_clause(text: str) -> str:
    """The number of the clause asked for, as it was typed; "" where none of a document of one's own is."""
    found = (match["n"] for pattern in _OWN if (match := pattern.search(text)))
    return next(found, "")
