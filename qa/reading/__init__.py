"""Articles and changes to read, as they stand, without a question.

Never searches by meaning but where a comparison is asked by topic.
"""
