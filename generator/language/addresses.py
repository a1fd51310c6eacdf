"""Web addresses: which are fit to be linked, which are the same page, which host they lie on."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

_MAX_CHARS = 2_000
_UNFIT = re.compile(
    r"[\s\x00-\x1f\x7f\"<>\\^`{|}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
"""White space, quotation marks and brackets; what is not seen, or turns the direction of writing."""
_TRACKING = re.compile(
    r"utm_\w*|mtm_\w*|pk_\w*|hsa_\w*|at_\w+|ns_\w+|wt[._]\w*|ga_\w+|vero_\w+|oly_\w+|_hs\w+|__\w+|"
    r"fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|mkt_tok|"
    r"cmp|cmpid|campaign|campaign_id|ocid|ncid|icid|ito|smid|smtyp|sref|xtor|xtref|spm|srnd|tpcc|taid|partner|"
    r"ref|ref_src|ref_url|referer|referrer|source|src|feature|s_cid|sh|share|shared|guccounter|guce_\w+|"
    r"traffic_source|traffic_medium|traffic_campaign|intcid|intcmp|ftag|linkid|maca|rss|amp|outputtype",
    re.IGNORECASE,
)
_DOUBTFUL = frozenset(
    {"source", "src", "share", "ref", "rss", "partner", "campaign", "feature", "amp", "outputtype"}
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_AMP = re.compile(r"(?:/amp|\.amp(?=\.html?$))/?", re.IGNORECASE)
_SAME_HOST = re.compile(r"^(?:www\d?|m|mobile|amp|edition)\.(?=[^.]+\.)")


def is_address(text: str) -> bool:
    """Tell whether a text is an absolute http or https address that may be linked."""
    if len(text) > _MAX_CHARS or _UNFIT.search(text):
        return False
    parts = _split(text)
    return bool(parts and parts.scheme in ("http", "https") and host_of(text) and not parts.username)


def host_of(url: str) -> str:
    """Return the host in lower case, without ``www.``; empty when there is none."""
    parts = _split(url)
    host = (parts.hostname or "").rstrip(".") if parts else ""
    return host.removeprefix("www.") if "." in host or host == "localhost" else ""


def with_plain_scheme(url: str) -> str:
    """Return an address with its scheme in small letters: Https://… is one, and links are told by their beginning."""
    scheme, colon, rest = url.partition(":")
    return f"{scheme.lower()}{colon}{rest}"


def without_tracking(url: str) -> str:
    """Return an address without what only tells who clicked where; unchanged when there is nothing."""
    parts = _split(url)
    if not parts or not parts.query:
        return url
    pairs = parts.query.split("&")
    kept = [pair for pair in pairs if not _tracks(pair.partition("=")[0])]
    return url if len(kept) == len(pairs) else urlunsplit(parts._replace(query="&".join(kept)))


@lru_cache(maxsize=65_536)
def canonical_url(url: str) -> str:
    """Return one form for all addresses of a page, to compare, not to open; empty for no address.

    Scheme, ``www.``, mobile and AMP variants, port, fragment, tracking, order of parameters, final slash
    and index file do not count.
    """
    if not is_address(url):
        return ""
    parts = urlsplit(url)
    host = _SAME_HOST.sub("", (parts.hostname or "").rstrip("."))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = _INDEX.sub("", _AMP.sub("", quote(parts.path, safe="/%:@!$&'()*+,;=~-._")))
    pairs = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])
    ]
    return urlunsplit(SplitResult("https", host + port, path.rstrip("/"), urlencode(sorted(pairs)), ""))


@lru_cache(maxsize=1 << 10)
def _split(url: str) -> SplitResult | None:
    """Return the parts of an address; None when it cannot be one. Each is looked at again and again."""
    try:
        parts = urlsplit(url)
        _ = parts.port, parts.hostname
    except ValueError:
        return None
    return parts


def _tracks(name: str) -> bool:
    """Tell whether a parameter surely only tracks, so that the address works without it."""
    return name.lower() not in _DOUBTFUL and bool(_TRACKING.fullmatch(name))
