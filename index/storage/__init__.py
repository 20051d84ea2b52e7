"""An index on disk: built whole, named by all its answers depend on, verified when opened.

Never searches.
"""
