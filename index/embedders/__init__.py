"""Embedding models: what the index needs of one, the kinds there are, and opening the one named.

Nothing here knows of provisions.
"""
