"""What the tab for evaluators shows besides figures: the latest benchmark, and what a data set looks like.

Measures nothing and asks nothing: the tab does, through `eval`.
"""
