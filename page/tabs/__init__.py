"""The tabs of the page: fields, buttons and what they set going, one file a tab.

No HTML of answers or articles; `page.views` has that.
"""
