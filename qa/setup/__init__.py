"""From a bare machine to an assistant: texts fetched and read, the index built, models opened.

Says what is wrong and goes on; never answers a question.
"""
