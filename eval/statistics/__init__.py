"""Folds, paired tests and comparisons.

Compares what was asked elsewhere; asks nothing.
"""
