"""A library on Milvus, in a folder (`milvus-lite`), on a server or on a cluster. The client, and what it means by what
it says, are known here; what is searched for, and what is made of it, never."""

from index.stores.milvus.opening import open_milvus

__all__ = ["open_milvus"]
