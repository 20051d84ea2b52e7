"""Where a library of legislation is kept and searched: one interface, a kind on this machine and one on an engine. All
that an answer needs of a provision lives here; how questions are understood, and answered, never does."""

from index.stores.opening import open_store
from index.stores.provision_store import Counts, Health, ProvisionStore, StoreFailure
from index.stores.rows import OPEN_END, Filters, Found, SearchVectors, StoredAct, StoredProvision, day_number

__all__ = [
    "OPEN_END",
    "Counts",
    "Filters",
    "Found",
    "Health",
    "ProvisionStore",
    "SearchVectors",
    "StoreFailure",
    "StoredAct",
    "StoredProvision",
    "day_number",
    "open_store",
]
