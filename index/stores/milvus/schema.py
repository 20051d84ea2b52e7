"""How a library lies on Milvus: its two collections, their indexes, and how filters are said in its expressions.

Every part is of what `milvus-lite` and a cluster both take. The cluster's own limits hold: a string of 65,535 bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from index.embedders.embedder import FloatArray
from index.stores.rows import Filters, StoredAct, StoredProvision
from index.stores.wording import title_key

SCHEMA = 1  # raise it whenever the collections or what stands in them change
PROVISIONS, ACTS = "atazan_provisions", "atazan_acts"
TOLD = "library"  # key of the one row among the acts that is of the library itself; its form is the same in each schema

ACT_FIELDS = [field.name for field in fields(StoredAct)]
PROVISION_FIELDS = [field.name for field in fields(StoredProvision)]
_NUMBERS = {"ordinal", "since", "until", "provisions"}
_LONGEST = 65_535  # bytes of a string
_PIECE = 16_000  # characters that are never more bytes than that
_PIECES = 1_024

# Graph and scalar quantisation to 8 bits (Malkov and Yashunin 2018): a quarter of the memory of whole vectors.
_VECTORS: dict[str, Any] = {
    "index_type": "HNSW_SQ",
    "metric_type": "IP",
    "params": {"M": 16, "efConstruction": 200, "sq_type": "SQ8"},
}
_WORDS: dict[str, Any] = {
    "index_type": "SPARSE_INVERTED_INDEX",
    "metric_type": "BM25",
    "params": {"bm25_k1": 1.2, "bm25_b": 0.75},  # as SQLite's FTS5
}
_SCALAR = {"index_type": "INVERTED"}
_FILTERED = ("act", "article", "language", "kind", "status", "since", "until", "turn")
_INDEXES: dict[str, dict[str, dict[str, Any]]] = {
    PROVISIONS: {"vector": _VECTORS, "words": _WORDS} | dict.fromkeys(_FILTERED, _SCALAR),
    ACTS: {"none": {"index_type": "FLAT", "metric_type": "IP"}}
    | dict.fromkeys(("id", "language", "title_key", "short_key"), _SCALAR),
}
# Letters of no text here, in place of what some analysers part words at: a marked term ("ru_суд") stays one word.
_AS_LETTERS = str.maketrans("_-", "ʔʕ")
_FROM_LETTERS = str.maketrans("ʔʕ", "_-")
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_UNSAFE_IN_KEYS = {code: f"%{code:02X}" for code in (*range(33), *map(ord, '"%\\'))}


@dataclass(frozen=True, slots=True)
class Told:
    """What the library says of itself: `turn` is another one after every write."""

    schema: int
    embedder: str
    dimension: int
    turn: str


def collection_schema(collection: str, dimension: int) -> Any:
    """The fields of a collection, for `MilvusClient.create_collection`."""
    from pymilvus import DataType, Function, FunctionType, MilvusClient

    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("key", DataType.VARCHAR, max_length=_LONGEST, is_primary=True)
    names = PROVISION_FIELDS if collection == PROVISIONS else ACT_FIELDS
    for name in names:
        if name in _NUMBERS:
            schema.add_field(name, DataType.INT64)
        elif name == "text":
            schema.add_field(
                name, DataType.ARRAY, element_type=DataType.VARCHAR, max_capacity=_PIECES, max_length=_LONGEST
            )
        elif name == "terms":
            schema.add_field(
                name,
                DataType.VARCHAR,
                max_length=_LONGEST,
                enable_analyzer=True,
                analyzer_params={"tokenizer": "standard"},
            )
        else:
            schema.add_field(name, DataType.VARCHAR, max_length=_LONGEST)
    if collection == ACTS:
        for name in ("title_key", "short_key", "told"):
            schema.add_field(name, DataType.VARCHAR, max_length=_LONGEST)
        schema.add_field("none", DataType.FLOAT_VECTOR, dim=2)  # no collection goes without a vector
        return schema
    schema.add_field("article", DataType.VARCHAR, max_length=_LONGEST)
    schema.add_field("turn", DataType.VARCHAR, max_length=64)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
    schema.add_field("words", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_function(
        Function(
            name="bm25", function_type=FunctionType.BM25, input_field_names=["terms"], output_field_names=["words"]
        )
    )
    return schema


def missing_indexes(collection: str, present: Iterable[str]) -> Any:
    """The indexes that the collection has not yet, for `MilvusClient.create_index`."""
    from pymilvus import MilvusClient

    indexes = MilvusClient.prepare_index_params()
    for name, how in _INDEXES[collection].items():
        if name not in set(present):
            indexes.add_index(field_name=name, index_name=name, **how)
    return indexes


def provision_row(provision: StoredProvision, vector: FloatArray, turn: str) -> dict[str, Any]:
    """A provision as a row; `turn` names the writing that it belongs to."""
    row = asdict(provision) | {"key": provision.key, "article": provision.article_eid, "turn": turn}
    row["text"] = [provision.text[at : at + _PIECE] for at in range(0, len(provision.text) or 1, _PIECE)]
    row["terms"] = _fitting(words_to_search(provision.terms))
    return row | {"vector": vector.tolist()}


def provision_of(row: Mapping[str, Any]) -> StoredProvision:
    """The provision of a row."""
    values = {name: row[name] for name in PROVISION_FIELDS}
    return StoredProvision(
        **values | {"text": "".join(row["text"]), "terms": str(row["terms"]).translate(_FROM_LETTERS)}
    )


def act_row(act: StoredAct) -> dict[str, Any]:
    """The marker of an act in one language: that it is here says that the act is whole."""
    keys = {"title_key": title_key(act.title), "short_key": title_key(act.short)}
    return asdict(act) | keys | {"key": act_key(act.id, act.language), "told": "", "none": [0.0, 0.0]}


def act_of(row: Mapping[str, Any]) -> StoredAct:
    """The act of a marker."""
    return StoredAct(**{name: row[name] for name in ACT_FIELDS})


def act_key(identifier: str, language: str) -> str:
    """A marker's key: in the order of identifier and language, without a character that ends a string of an
    expression, since the client's own iterator writes keys into expressions as they are."""
    return f"{identifier.translate(_UNSAFE_IN_KEYS)} {language}"


def told_row(told: Told) -> dict[str, Any]:
    """What the library says of itself, as a row among the acts."""
    empty = {name: 0 if name in _NUMBERS else "" for name in (*ACT_FIELDS, "title_key", "short_key")}
    return empty | {"key": TOLD, "told": json.dumps(asdict(told)), "none": [0.0, 0.0]}


def told_of(row: Mapping[str, Any]) -> Told:
    """What that row says."""
    return Told(**json.loads(row["told"]))


def words_to_search(terms: str) -> str:
    """Terms as the engine's analyser is given them."""
    return terms.translate(_AS_LETTERS)


def equals(field: str, value: str) -> str:
    """The expression that a field is that string, whatever stands in it."""
    return f"{field} == {_literal(value)}"


def expression(filters: Filters) -> str:
    """The filters as an expression over provisions; "" for none."""
    parts = [
        f"{field} in [{', '.join(map(_literal, wanted))}]"
        for field, wanted in (
            ("act", filters.acts),
            ("language", filters.languages),
            ("kind", filters.kinds),
            ("status", filters.statuses),
        )
        if wanted
    ]
    if filters.on is not None:
        parts += [f"since <= {filters.on}", f"until >= {filters.on}"]
    return " and ".join(parts)


def batches(rows: Iterable[dict[str, Any]], most: int) -> Iterator[list[dict[str, Any]]]:
    """Rows in batches of at most about so many bytes, far below what a server takes in one request."""
    batch, size = list[dict[str, Any]](), 0
    for row in rows:
        batch.append(row)
        size += 4 * len(row["vector"]) + 2 * sum(len(value) for value in (*row["text"], row["terms"], row["lead_in"]))
        if size >= most:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _literal(value: str) -> str:
    return f'"{value.translate(_ESCAPED)}"'


def _fitting(terms: str) -> str:
    """The terms that a string has room for; what stands further back in a text of tens of pages is not searched."""
    if len(terms.encode()) <= _LONGEST:
        return terms
    return terms.encode()[:_LONGEST].decode(errors="ignore").rpartition(" ")[0]
