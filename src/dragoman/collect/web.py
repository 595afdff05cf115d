"""Fetching one page, from nowhere but the public internet unless told otherwise."""

import dataclasses
import io
import ipaddress
import queue
import socket
import ssl
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from email.message import Message

import httpx

from dragoman.collect.document import Document, Kind, megabytes, peeked
from dragoman.collect.options import CollectOptions
from dragoman.errors import InputError

_KINDS: dict[str, Kind | None] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "json",
    "application/ld+json": "json",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/x-jsonlines": "jsonl",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    "application/xml": None,
}
"""Content types that are read besides all of `text/`; None leaves it to name and content."""

_HEADERS = {
    "User-Agent": "dragoman (reads news into data)",
    "Accept": "text/html, application/xhtml+xml, text/plain, application/json, text/*;q=0.8",
    "Accept-Encoding": "gzip, identity",
}
_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GRACE = 1.0
"""Seconds beyond the time limit that a fetch is left to stop on its own and say at what."""


@dataclass(frozen=True, slots=True)
class _ContentType:
    name: str
    charset: str | None


def fetched(url: str, options: CollectOptions) -> Document:
    """The document at an http(s) address, gzipped still when it was sent so.

    Every address on the way, that of each redirect too, is resolved and checked, and the connection goes to the address that
    was checked. Raises InputError for whatever keeps the page from being had: within `options.timeout` seconds at the latest.
    """
    answers: queue.Queue[Document | InputError] = queue.Queue(1)
    fetch = _Fetch(url, options)
    threading.Thread(target=lambda: answers.put(fetch.answer()), daemon=True).start()
    try:
        answer = answers.get(timeout=options.timeout + _GRACE)
    except queue.Empty:
        raise InputError(url, fetch.too_slow) from None
    if isinstance(answer, InputError):
        raise answer
    return answer


class _Fetch:
    """One fetch with its deadline; runs in a thread of its own, which a server that drips cannot hold the reader with."""

    def __init__(self, url: str, options: CollectOptions) -> None:
        self._url = url
        self._options = options
        self._deadline = time.monotonic() + options.timeout
        self.too_slow = f"no full answer within {options.timeout:g} seconds"

    def answer(self) -> Document | InputError:
        """The document, or why there is none."""
        try:
            with httpx.Client(transport=_CheckedTransport(self._options), headers=_HEADERS, trust_env=False) as client:
                return self._followed(client)
        except InputError as error:
            return error
        except httpx.TimeoutException:
            return InputError(self._url, self.too_slow)
        except (httpx.InvalidURL, UnicodeError) as error:
            return InputError(self._url, f"not a valid address ({error})")
        except (httpx.HTTPError, OSError, ValueError) as error:
            return InputError(self._url, f"cannot be fetched ({_reason(error)})")

    def _followed(self, client: httpx.Client) -> Document:
        address = httpx.URL(self._url)
        visited = {address}
        for _ in range(self._options.max_redirects + 1):
            request = client.build_request("GET", address, timeout=self._time_left())
            with closing(client.send(request, stream=True)) as response:
                if not response.has_redirect_location:
                    return self._document(response)
                address = self._redirected(address, response.headers["Location"])
            if address in visited:
                raise InputError(self._url, f"redirects in a circle, back to {address}")
            visited.add(address)
        raise InputError(self._url, f"redirects more than {self._options.max_redirects} times")

    def _redirected(self, address: httpx.URL, location: str) -> httpx.URL:
        target = address.join(location).copy_with(fragment=None)
        if target.scheme not in ("http", "https"):
            raise InputError(self._url, f"redirects to {target.scheme}, and only http and https are fetched")
        return target

    def _document(self, response: httpx.Response) -> Document:
        if response.status_code != httpx.codes.OK:
            raise InputError(self._url, f"the server answered {response.status_code} {response.reason_phrase}".rstrip())
        content_type = _content_type(response)
        kind = _KINDS.get(content_type.name)
        if content_type.name and not content_type.name.startswith("text/") and content_type.name not in _KINDS:
            raise InputError(self._url, f"{content_type.name}, not a page or text")
        encoding = response.headers.get("Content-Encoding", "identity").lower()
        if encoding not in ("identity", "gzip", "x-gzip", ""):
            raise InputError(self._url, f"sent packed as {encoding}, which was not asked for")
        page = peeked(self._url, io.BytesIO(self._body(response)))
        return dataclasses.replace(page, kind=kind, url=self._url, charset=content_type.charset)

    def _body(self, response: httpx.Response) -> bytes:
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > self._options.max_bytes:
                raise InputError(
                    self._url, f"larger than {megabytes(self._options.max_bytes)}, the most that one article may have"
                )
            self._time_left()
        return bytes(body)

    def _time_left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise InputError(self._url, self.too_slow)
        return left


def _content_type(response: httpx.Response) -> _ContentType:
    message = Message()
    message["Content-Type"] = response.headers.get("Content-Type", "")
    charset = message.get_param("charset")
    name = message.get_content_type() if response.headers.get("Content-Type") else ""
    return _ContentType(name, charset if isinstance(charset, str) else None)


def _reason(error: Exception) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return "its name is not known"
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not valid: {cause.verify_message}"
        if isinstance(cause, ConnectionRefusedError):
            return "connection refused"
        cause = cause.__cause__ or cause.__context__
    return str(error).lower() or type(error).__name__


class _CheckedTransport(httpx.BaseTransport):
    """Resolves a name once, checks all its addresses, and connects to one of these, whatever the name means later."""

    def __init__(self, options: CollectOptions) -> None:
        self._inner = httpx.HTTPTransport(retries=0)
        self._allow_private = options.allow_private

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        failed: httpx.ConnectError | None = None
        for address in self._addresses(request.url):
            try:
                return self._inner.handle_request(_to(request, address))
            except httpx.ConnectError as error:
                failed = error
        raise failed or httpx.ConnectError("no address")

    def close(self) -> None:
        self._inner.close()

    def _addresses(self, url: httpx.URL) -> list[str]:
        port = url.port or (443 if url.scheme == "https" else 80)
        found = socket.getaddrinfo(url.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for address in addresses:
            if not self._allow_private and not is_public(address):
                raise InputError(str(url), f"at the private address {address}; --allow-private fetches from it")
        return addresses


def _to(request: httpx.Request, address: str) -> httpx.Request:
    """The same request sent to an address; the Host header and the certificate stay those of the name."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        extensions={**request.extensions, "sni_hostname": request.url.raw_host.decode("ascii")},
    )


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also when an IPv6 address carries an IPv4 one in it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        carried = ip.ipv4_mapped or ip.sixtofour or _translated(ip)
        return is_public(str(carried)) if carried else ip in _UNICAST and ip.is_global
    return ip.is_global and not ip.is_multicast


def _translated(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
