"""What the page's scripts say in the browser, in every language."""

from __future__ import annotations

import json

from corpus import LANGUAGES
from page.translation import say

# Keys of `page.*` without values but {megabytes}, which the script puts in.
KEYS = (
    "opening opening_failed reload skip_question skip_answer answered"
    " letters voice voice_stop voice_failed offline_line offline_title offline_text"
    " box_error box_info box_warning box_success close conversation loading login username password wrong_login"
    " file_type file_size queue_full something_failed"
).split()


def words() -> str:
    """A JSON object: language, key, words. It can stand in a script of a page."""
    told = {code: {key: say(key, code, megabytes="{megabytes}") for key in KEYS} for code in LANGUAGES}
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
