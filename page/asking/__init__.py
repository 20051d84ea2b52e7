"""What stands around a question: what to ask first and next, and the day whose law is asked.

No answers: those are `page.views`; no finding of them: that is `qa`.
"""
