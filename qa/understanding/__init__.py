"""What was asked: its language, the articles, documents, days and bodies it names, what it leans on.

Works on words alone: no search, no answer, and nothing of any index.
"""
