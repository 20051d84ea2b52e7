"""The grammar of provisions: from logical lines to sections, articles, paragraphs, points and notes.

Knows no file format and no document by name; what one print misnumbers, the catalogue says.
"""
