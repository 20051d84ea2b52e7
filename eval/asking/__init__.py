"""Data sets and what a system says to their questions.

Judges nothing: `eval.measures` does.
"""
