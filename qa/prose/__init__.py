"""Answers in written sentences, each verified against the provisions it cites or not shown.

Never chooses provisions: it writes from those that an answer already cites.
"""
