"""The subjects of the Constitution in force: what people ask about, and the provisions in the order of telling them.

Our own wording, checked against the provisions as the plain-language layer is; no text of the law.
"""

from corpus.subjects.absences import Absence, absences_by_name, absences_checksum, load_absences
from corpus.subjects.sections import Section, load_sections
from corpus.subjects.subjects import (
    Group,
    Subject,
    load_subjects,
    subject_named,
    subject_questions,
    subjects_by_name,
    subjects_checksum,
)

__all__ = [
    "Absence",
    "Group",
    "Section",
    "Subject",
    "absences_by_name",
    "absences_checksum",
    "load_absences",
    "load_sections",
    "load_subjects",
    "subject_named",
    "subject_questions",
    "subjects_by_name",
    "subjects_checksum",
]
