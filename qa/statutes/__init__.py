"""Answers from a library of legislation: acts named in a question, and what the Constitution leaves to a law or does
not speak of. The Constitution's own answers are never made here (`qa.answering`), nor is a library searched here
(`qa.legislation`)."""

from qa.statutes.statutes import Statutes

__all__ = ["Statutes"]
