"""PDF files as logical lines.

Joins what the page breaks, and says when there are no letters to read.
"""
