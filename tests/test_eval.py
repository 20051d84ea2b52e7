"""The benchmark: sound data sets, measures that can be wrong, systems that answer, reports that open from disk."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus import Folders
from eval.asking.dataset import DatasetError, Item, article_of, load
from eval.asking.response import Cited, Outcome, Response
from eval.asking.validation import problems
from eval.command import evaluate, printed
from eval.measures import by_question
from eval.measures.fact_match import missing_facts
from eval.measures.quote_fidelity import official_texts
from eval.reports.report import Report, report
from eval.reports.trec import write_trec
from eval.statistics.calibration import calibration_error
from eval.statistics.comparison import compare
from eval.statistics.significance import confidence_interval, paired_randomisation
from eval.systems.windows import windows_of
from qa import Assistant
from qa.setup.installed import installed
from tests.conftest import TODAY

_DATASETS = Path(__file__).parent.parent / "eval" / "datasets"
_FILES = sorted(_DATASETS.glob("*.jsonl"))
_LAW = {("d#art_1", "en"): "Bees may be kept. Dogs may not."}


def _outcome(
    identifier: str = "q",
    *,
    gold: tuple[str, ...] = ("d#art_1",),
    cited: tuple[str, ...] = ("d#art_1",),
    **changes: object,
) -> Outcome:
    """A question answered rightly, unless changed."""
    item = Item(identifier, "May one keep bees?", "en", answerable=bool(gold), gold=gold, parallel="", category="fact")
    response = Response(
        retrieved=tuple((name, 1.0 / rank) for rank, name in enumerate((*cited, "d#art_8"), start=1)),
        cited=tuple(Cited(name, "Bees may be kept.", "en") for name in cited),
        abstained=not cited,
        text="Bees may be kept.",
        language="en",
    )
    in_item = {key: value for key, value in changes.items() if key in Item.__dataclass_fields__}
    in_response = {key: value for key, value in changes.items() if key in Response.__dataclass_fields__}
    return Outcome(replace(item, **in_item), replace(response, **in_response))  # type: ignore[arg-type]


def _means(outcomes: list[Outcome]) -> dict[str, float | None]:
    values = by_question(outcomes, _LAW)
    return {name: sum(v for _, v in rows) / len(rows) if rows else None for name, rows in values.items()}


@pytest.mark.parametrize(
    ("outcome", "measure", "value"),
    [
        (_outcome(), "recall@1", 1.0),
        (_outcome(cited=("d#art_2", "d#art_1__para_3")), "recall@1", 0.0),
        (_outcome(cited=("d#art_2", "d#art_1__para_3")), "recall@3", 1.0),
        (_outcome(cited=("d#art_2", "d#art_1__para_3")), "rr", 0.5),
        (_outcome(gold=("d#art_1", "d#art_2")), "recall@1", 1.0),
        (_outcome(gold=("d#art_1", "d#art_2")), "recall_all@5", 0.0),
        (_outcome(gold=("d#art_1", "d#art_8")), "recall_all@5", 1.0),
        (_outcome(cited=("d#art_2", "d#art_1")), "citation_precision", 0.5),
        (_outcome(cited=("d#art_2", "d#art_1")), "citation_recall", 1.0),
        (_outcome(cited=()), "citation_precision", None),
        (_outcome(cited=()), "citation_recall", 0.0),
        (_outcome(cited=()), "false_refusal_rate", 1.0),
        (_outcome(cited=()), "abstention_precision", 0.0),
        (_outcome(gold=(), cited=()), "abstention_precision", 1.0),
        (_outcome(gold=(), cited=()), "abstention_recall", 1.0),
        (_outcome(gold=()), "abstention_recall", 0.0),
        (_outcome(gold=()), "recall@1", None),
        (_outcome(), "quote_fidelity", 1.0),
        (_outcome(cited=("d#art_2",)), "quote_fidelity", 0.0),  # words of another provision
        (_outcome(language="ru"), "answer_language", None),
        (_outcome(facts=("2",)), "fact_match", 0.0),
        (_outcome(facts=("2",), text="Two hives at most."), "fact_match", 1.0),
        (_outcome(facts=("2",), text="Не более двух ульев."), "fact_match", 1.0),
        (_outcome(facts=("bees",)), "fact_match", 1.0),
        (_outcome(), "document_match", 1.0),
        (_outcome(cited=("e#art_1",)), "document_match", 0.0),
        (_outcome(facts=("2/3",), text="at least two thirds"), "fact_match", 1.0),
        (_outcome(), "says_nothing", 0.0),
        (_outcome(cited=()), "says_nothing", None),
        (_outcome(text=" "), "says_nothing", 1.0),
        (_outcome(text="Art. 1. Official text:\n«The President shall:»"), "says_nothing", 1.0),
    ],
)
def test_measures_on_one_question(outcome: Outcome, measure: str, value: float | None) -> None:
    if measure == "answer_language":  # `language` stands in both; the answer's alone is another here
        outcome = replace(_outcome(), response=replace(outcome.response, language="ru"))
        value = 0.0
    assert _means([outcome])[measure] == value


@pytest.mark.parametrize(
    ("cited", "value"),
    [
        ([("d#art_1", "Bees may be kept:", None)], 1.0),
        ([("d#art_1", "Bees may be kept:", "Who may keep bees.")], 0.0),
        ([("d#art_1", "Bees may be kept:", "Bees may be kept:")], 1.0),
        ([("d#art_1", None, "")], 1.0),
        ([("d#art_1", "Bees may be kept:", None), ("d#art_1__point_1", "by gardeners;", None)], 0.0),
        ([("d#art_1", "Bees may be kept:", None), ("d#art_10__point_1", "to dogs:", None)], 1.0),
        ([("d#art_1", "Bees may be kept:", None), ("d#art_2", "Dogs may not.", None)], 0.0),
    ],
)
def test_a_lead_in_without_its_list_says_nothing(cited: list[tuple[str, str | None, str | None]], value: float) -> None:
    outcome = _outcome()
    shown = tuple(Cited(name, quote, "en", plain) for name, quote, plain in cited)
    outcome = replace(outcome, response=replace(outcome.response, cited=shown))
    assert _means([outcome])["says_nothing"] == value
    assert value == 0 or report("set", "full", [outcome], {(n, "en"): q or "" for n, q, _ in cited}).failures


def test_parallel_consistency_wants_the_same_article_in_every_language() -> None:
    english = _outcome("a", parallel="g")
    russian = Outcome(replace(english.item, id="b", language="ru"), english.response)
    other = Outcome(russian.item, _outcome(cited=("d#art_2",)).response)
    silent = Outcome(russian.item, _outcome(cited=()).response)
    assert _means([english, russian])["parallel_consistency"] == 1.0
    assert _means([english, other])["parallel_consistency"] == 0.0
    assert _means([english, silent])["parallel_consistency"] == 0.0
    assert _means([english])["parallel_consistency"] is None


def test_a_report_counts_what_went_wrong_and_has_the_documented_form() -> None:
    right, wrong = _outcome("a"), _outcome("b", cited=("d#art_2",))
    untold, untrue = _outcome("c", facts=("7",)), _outcome("d", cited=("d#art_1__para_1",))
    found = report("set", "full", [right, wrong, untold, untrue, _outcome("e", gold=())], _LAW)
    assert [failure.outcome.item.id for failure in found.failures] == ["b", "c", "d", "e"]
    record = found.to_json()
    assert list(record) == ["dataset", "system", "n", "metrics", "by_language", "failures"]
    assert record["n"] == 5
    wanted = (
        "recall@1 recall@3 recall@5 rr ndcg@10 citation_precision citation_recall quote_fidelity abstention_precision "
        "abstention_recall false_refusal_rate fact_match parallel_consistency latency_ms_p50 latency_ms_p95"
    )
    assert set(wanted.split()) <= set(record["metrics"])
    assert set(record["by_language"]) == {"en"}
    assert record["failures"][0] == {
        "id": "b",
        "question": "May one keep bees?",
        "expected": ["d#art_1"],
        "got": ["d#art_2"],
    }
    assert json.loads(json.dumps(record)) == record


def test_intervals_and_tests_take_a_group_as_one_draw() -> None:
    values = [1.0, 0.0] * 20
    alone = confidence_interval(values, [str(n) for n in range(40)])
    together = confidence_interval(values, [str(n // 4) for n in range(40)])
    assert alone is not None
    assert alone[0] < 0.5 < alone[1]
    assert together == (0.5, 0.5)  # every group is half right
    assert confidence_interval([1.0], ["a"]) is None
    groups = [str(n) for n in range(30)]
    assert paired_randomisation([1.0] * 30, [0.0] * 30, groups)[1] < 0.01
    assert paired_randomisation([1.0] * 30, [1.0] * 30, groups) == (0.0, 1.0)
    difference, chance = paired_randomisation([1.0, 0.0] * 15, [0.0, 1.0] * 15, groups)
    assert (difference, chance > 0.5) == (0.0, True)


def test_trec_files_hold_what_was_measured(tmp_path: Path) -> None:
    judged, ranked = write_trec(tmp_path, "full", [_outcome("a", cited=("d#art_2", "d#art_1__para_2", "d#art_1"))])
    assert judged.read_text() == "a 0 d#art_1 1\n"
    rows = [line.split() for line in ranked.read_text().splitlines()]
    assert [(row[0], row[2], row[3], row[5]) for row in rows] == [
        ("a", "d#art_2", "1", "full"),
        ("a", "d#art_1", "2", "full"),
        ("a", "d#art_8", "3", "full"),
    ]


# Data sets


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1: this is not JSON"),
        ("[]", "an object in braces is wanted"),
        ('{"id": "a"}', "line 1, field “question”: a text"),
        ('{"id": "a", "question": "?", "language": "de", "answerable": false}', "“de” is none of these: kk, ru, en"),
        ('{"id": "a", "question": "?", "language": "en", "answerable": "no"}', "field “answerable”: true or false"),
        ('{"id": "a", "question": "?", "language": "en", "answerable": true}', "needs provisions or facts"),
        (
            '{"id": "a", "question": "?", "language": "en", "answerable": true, "gold": "x"}',
            "field “gold”: a list of texts",
        ),
        (
            '{"id": "a", "question": "?", "language": "en", "answerable": false, "split": "train"}',
            "“train” is none of these",
        ),
        ('{"id": "a", "question": "?", "language": "en", "answerable": false, "as_of": "soon"}', "YYYY-MM-DD"),
        ("", "mine.jsonl: there are no questions"),
    ],
)
def test_a_line_that_is_not_of_the_schema_is_told(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(DatasetError, match=re.escape(message)):
        load(file)


def test_what_looks_wrong_in_a_data_set_is_found() -> None:
    item = Item("a", "May one keep bees?", "en", answerable=True, gold=("d#art_1",), parallel="g", document="d")
    again = replace(item, id="b", question="may one keep bees", language="ru", gold=("d#art_2",))
    found = problems([item, again], {"d#art_1__para_1"}, {"d"})
    assert found == [
        "b, field “gold”: there is no provision “d#art_2”.",
        "b: asks the same as a.",
        "g: its questions differ in 'gold'.",
    ]
    assert problems([item], {"d#art_1__para_1"}, {"d"}) == []


@pytest.mark.parametrize("file", _FILES, ids=lambda path: path.stem)
def test_our_data_sets_are_sound_and_say_what_they_are(assistant: Assistant, file: Path) -> None:
    items = load(file)
    identifiers = {p.id for p in assistant.index.provisions}
    assert problems(items, identifiers, assistant.index.documents) == []
    assert f"## {file.name}\n" in (_DATASETS / "README.md").read_text(encoding="utf-8")
    groups = {item.group for item in items}
    tested = {item.group for item in items if item.split == "test"}
    assert len(tested) >= len(groups) * 0.28 or file.stem.endswith(("-practice", "-dev"))
    assert all(item.split for item in items)


def test_the_sets_are_as_large_and_as_wide_as_they_say() -> None:
    items = load(_DATASETS / "kz-2026.jsonl")
    assert len({item.group for item in items}) >= 200
    assert len({article for item in items for article in item.gold_articles}) >= 85
    assert all(len({i.language for i in items if i.group == g}) == 3 for g in {item.group for item in items})
    unanswerable = load(_DATASETS / "kz-2026-unanswerable.jsonl")
    assert len({item.group for item in unanswerable}) >= 80
    words = {item.question.casefold() for item in items}
    assert not words & {item.question.casefold() for item in unanswerable}


# Running


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every ninth development question, with some that have no answer."""
    rows = [
        item
        for name in ("kz-2026", "kz-2026-unanswerable")
        for item in load(_DATASETS / f"{name}.jsonl", split="dev")[::9]
    ]
    file = tmp_path_factory.mktemp("eval") / "small.jsonl"
    keys = ("id", "question", "language", "answerable", "gold", "category", "parallel", "split")
    lines = [json.dumps({key: getattr(item, key) for key in keys}, ensure_ascii=False) for item in rows]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def reports(assistant: Assistant, installed_folders: Folders, small: Path) -> dict[str, Report]:
    out = small.parent / "out"
    names = ["full", "bm25", "dense", "rrf"]
    found = evaluate(assistant, installed_folders, [small], split="dev", systems=names, out=out, today=lambda: TODAY)
    return {each.system: each for each in found}


def test_the_product_beats_the_simple_systems(reports: dict[str, Report]) -> None:
    for name in ("bm25", "dense", "rrf"):
        other = reports[name]
        assert other.figures["quote_fidelity"].mean == 1.0
        assert other.figures["false_refusal_rate"].mean == 0.0
        assert 0.1 < (other.figures["recall@1"].mean or 0) < 1
        comparison = compare(reports["full"], other)
        assert comparison is not None
        assert comparison.difference > 0.05
        assert comparison.chance < 0.05


def test_the_report_opens_from_disk_and_shows_every_failure_escaped(reports: dict[str, Report], small: Path) -> None:
    page = (small.parent / "out" / "report.html").read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href)="(?!#|data:)', page)
    assert page.count("<svg") >= 3
    for name, found in reports.items():
        assert f"{name}: {len(found.failures)} of {len(found.outcomes)} went wrong" in page
    assert {path.name for path in (small.parent / "out").iterdir()} >= {"small.full.run", "small.full.qrels"}


def test_one_report_is_an_object_and_several_an_array(reports: dict[str, Report]) -> None:
    found = list(reports.values())
    assert json.loads(printed(found[:1], as_json=True))["system"] == "full"
    assert [row["system"] for row in json.loads(printed(found, as_json=True))] == list(reports)
    assert "recall@1" in printed(found[:1], as_json=False)


def test_a_gold_that_does_not_exist_stops_the_run(
    assistant: Assistant, installed_folders: Folders, tmp_path: Path
) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text('{"id": "a", "question": "?", "language": "en", "answerable": true, "gold": ["kz#art_1"]}')
    with pytest.raises(DatasetError, match="line 1, field “gold”: there is no provision “kz#art_1”"):
        evaluate(assistant, installed_folders, [file], split=None, systems=["full"], out=None)


def test_windows_cover_the_whole_text_and_know_what_they_touch(assistant: Assistant) -> None:
    provisions = assistant.index.edition("udhr", "en")
    windows = list(windows_of(provisions))
    assert {name for window in windows for name in window.provisions} == {p.id for p in provisions}
    assert all(len(window.text) <= 1000 for window in windows)
    assert windows[0].text[-200:] == windows[1].text[:200]


# Floors that a change must not fall below, on the development questions


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_accuracy_on_development_questions_does_not_fall(
    assistant: Assistant, installed_folders: Folders, language: str
) -> None:
    from eval.asking.runner import run
    from eval.systems.product import Product

    files = (_DATASETS / "kz-2026.jsonl", _DATASETS / "kz-2026-unanswerable.jsonl")
    items = [item for file in files for item in load(file, split="dev") if item.language == language]
    texts = official_texts(installed(installed_folders).texts())
    figures = report("dev", "full", run(Product(assistant), items), texts).figures
    # What is told with a provision, and more so a whole, counts against the precision of a point.
    floors = {"recall@1": 0.97, "recall@5": 0.99, "citation_precision": 0.88, "citation_recall": 0.95}
    # Of our own hand's questions on what is not there 0.94 were refused while hardly any story of strangers' was.
    floors |= {"quote_fidelity": 1.0, "abstention_recall": 0.90, "fact_match": 0.85, "answer_language": 1.0}
    low = {name: figures[name].mean for name, floor in floors.items() if (figures[name].mean or 0) < floor}
    assert low == {}
    assert (figures["false_refusal_rate"].mean or 0) <= 0.035


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_accuracy_on_which_law_was_in_force_when_does_not_fall(
    assistant: Assistant, installed_folders: Folders, language: str
) -> None:
    from eval.asking.runner import run
    from eval.systems.product import Product

    items = [item for item in load(_DATASETS / "kz-timeline.jsonl", split="dev") if item.language == language]
    texts = official_texts(installed(installed_folders).texts())
    figures = report("timeline", "full", run(Product(assistant), items), texts).figures
    floors = {"document_match": 0.97, "recall@1": 0.88, "quote_fidelity": 1.0}
    assert {name: figures[name].mean for name, floor in floors.items() if (figures[name].mean or 0) < floor} == {}


def test_helpers_name_articles_and_missing_facts() -> None:
    assert article_of("d#art_1__para_2__point_3") == "d#art_1"
    assert missing_facts(_outcome(facts=("3", "bees"))) == ["3"]


def test_chances_that_are_true_have_no_calibration_error() -> None:
    told = np.repeat([0.25, 0.75], 40)
    right = np.tile([1.0, 0.0, 0.0, 0.0], 10).tolist() + np.tile([1.0, 1.0, 1.0, 0.0], 10).tolist()
    assert calibration_error(told, np.array(right)) == pytest.approx(0.0)
    assert calibration_error(told, np.zeros(80)) == pytest.approx(0.5)
    assert calibration_error(np.ones(3), np.zeros(3)) == pytest.approx(1.0)
