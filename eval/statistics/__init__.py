"""Folds, paired tests and comparisons.

Knows no system and no data set.
"""
