"""Opening the language model that is named. Each kind is imported only when it is used."""

from __future__ import annotations

from qa.prose.generators.generator import Generator


def open_generator(name: str | None) -> Generator | None:
    """The generator named; None where none is.

    An address (`http://127.0.0.1:11434/v1#model`) is an OpenAI-compatible endpoint; anything else a model of
    `transformers`: a hub name, a folder, or a GGUF file. Raises `GeneratorUnavailable`.
    """
    if not name:
        return None
    if name.startswith(("http://", "https://")):
        from qa.prose.generators.endpoint_generator import EndpointGenerator

        return EndpointGenerator(name)
    from qa.prose.generators.transformers_generator import TransformersGenerator

    return TransformersGenerator(name)
