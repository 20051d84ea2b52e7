"""Seeing through typography, and finding sentences and numbers, in Kazakh, Russian and English.

Works on strings alone.
"""
