"""Why a source gave no text, in words for the user."""

from __future__ import annotations

import ssl

import httpx

# OpenSSL's X509_V_ERR codes of a chain that ends in no authority known here: self-signed, or the issuer not found.
_UNKNOWN_AUTHORITY = frozenset({2, 18, 19, 20, 21})


class Refused(Exception):
    """A source answered, but not with a text that is taken; the next one is tried. Its words follow the source's
    address and a colon, unless they name the host."""


class OutOfReach(Refused):
    """A host cannot be reached at all; it is given up for every edition."""


def reason_of(error: BaseException, host: str = "") -> str:
    """What happened, as half a sentence."""
    if isinstance(error, httpx.HTTPStatusError):
        return f"the server answered {error.response.status_code}"
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return "the connection was cut in the middle"
    if isinstance(error, httpx.ReadTimeout):
        return "the server stopped sending"
    if isinstance(error, httpx.DecodingError):
        return "its compressed body is damaged"
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if certificate := certificate_error(error):
        return _certificate_reason(certificate, host)
    return str(error) or type(error).__name__


def is_connection_failure(error: BaseException | None) -> bool:
    """Whether no connection came about: to the host, or through the proxy in HTTPS_PROXY."""
    return isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError)


def certificate_error(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    """The failed verification behind the error, if that is what it was; httpx keeps it as a cause of a cause."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error
        error = error.__cause__ or error.__context__
    return None


def _certificate_reason(error: ssl.SSLCertVerificationError, host: str) -> str:
    if error.verify_code in _UNKNOWN_AUTHORITY:
        return (
            f"{host} shows a certificate from an authority that is not known here (some official hosts have theirs from"
            " the national authority of Kazakhstan): name a file with that authority's certificates and the usual ones"
            " in SSL_CERT_FILE"
        )
    return f"{host} shows a certificate that is not valid for it ({error.verify_message}), so nothing is taken from it"
