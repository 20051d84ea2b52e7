"""What the ways of answering share: choosing what to cite, quoting it, and wording the whole.

Is given what was found; never searches, never decides whether to answer.
"""
