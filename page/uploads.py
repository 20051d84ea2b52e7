"""Where Gradio puts what visitors upload. Without Gradio itself: it looks there as it is imported, too."""

from __future__ import annotations

import os
from pathlib import Path

from qa.setup.visitors_folder import visitors_folder


def keep_uploads_apart() -> Path:
    """Have uploads put in the folder of this process's visitors; beside their libraries and not above them, since
    Gradio serves files from there. Raises OSError."""
    uploads = visitors_folder() / "uploads"
    uploads.mkdir(exist_ok=True)
    os.environ["GRADIO_TEMP_DIR"] = str(uploads)  # the one way to tell Gradio
    return uploads
