"""Figures as tables, plots, TREC files and pages.

Measures nothing.
"""
