"""What the tab to read in shows: its addresses, the contents, what a search found, a document as a whole.

One article is drawn in `page.views.article_view`. Nothing here looks anything up.
"""
