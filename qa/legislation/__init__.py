"""Searching a library of legislation for a question. What the Constitution says is found elsewhere (`qa.evidence`), and
answers are made elsewhere (`qa.statutes`): never here."""

from qa.legislation.search import Legislation, LibraryHit

__all__ = ["Legislation", "LibraryHit"]
