"""The subjects of the Constitution in force: what people ask about, and the provisions in the order of telling them.

Our own wording, checked against the provisions as the plain-language layer is; no text of the law.
"""

from corpus.subjects.subjects import SUBJECT_KINDS, Group, Subject, SubjectKind, load_subjects, subject_named

__all__ = ["SUBJECT_KINDS", "Group", "Subject", "SubjectKind", "load_subjects", "subject_named"]
