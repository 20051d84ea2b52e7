"""Answers, articles and changes as HTML, and conversations as files to keep.

No Gradio: values in, text out.
"""
