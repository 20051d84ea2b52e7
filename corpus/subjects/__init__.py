"""The subjects of the Constitution in force: what people ask about, and the provisions in the order of telling them.

Our own wording, checked against the provisions as the plain-language layer is; no text of the law.
"""

from corpus.subjects.subjects import Group, Subject, load_subjects, subject_named, subjects_by_name

__all__ = ["Group", "Subject", "load_subjects", "subject_named", "subjects_by_name"]
