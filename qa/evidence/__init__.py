"""What the law has to say to a question, and whether that suffices to answer it.

Searches and judges; never words an answer.
"""
