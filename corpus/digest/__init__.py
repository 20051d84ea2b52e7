"""The plain-language layer: this project's own wording of provisions, in Kazakh, Russian and English.

Never the law, never quoted, always shown beside its provision. It lies in the repository, so it is there where no
official text is.
"""

from corpus.digest.asked import asked_checksum, asked_questions, near_misses, with_questions
from corpus.digest.everyday import EverydayWord, everyday_words
from corpus.digest.layer import digest_checksum, digests
from corpus.digest.terms import Term, names, terms_of

__all__ = [
    "EverydayWord",
    "Term",
    "asked_checksum",
    "asked_questions",
    "digest_checksum",
    "digests",
    "everyday_words",
    "names",
    "near_misses",
    "terms_of",
    "with_questions",
]
