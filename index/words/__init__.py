"""Words and letters: stems, BM25, slips of spelling, Russian and Kazakh in Latin letters.

Nothing here embeds.
"""
