"""Reading an HTML page: its text in reading order, and what of it a reader sees.

Finding articles in it is not done here.
"""
