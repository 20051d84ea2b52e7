"""Figures as tables, plots, TREC files and pages.

Shows what `eval.measures` found.
"""
