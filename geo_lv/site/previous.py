"""The site that stands in the output folder, as far as it can be compared with a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo_lv.maps.changes import COMPARED, FIRST, Changes, Site, compare, failed
from geo_lv.maps.embed import FOLDER
from geo_lv.site.manifest import account_in


@dataclass(frozen=True)
class Previous:
    """What is left of the previous build: its site, or why that cannot be read."""

    site: Site | None = None
    account: Changes = FIRST
    """Its own account of changes."""
    reason: str = ""


def read_previous(out: Path) -> Previous:
    """
    Read the site in an output folder; anybody may have changed it, so nothing in it is trusted.

    Parameters
    ----------
    out
        The output folder; it need not exist.

    Returns
    -------
    previous
        Without a site when there is none, or with the reason when it cannot be read.
    """
    account = account_in(out)
    if not account:
        return Previous()
    try:
        site = Site(
            gm_code=str(account["municipality"]),
            inputs=tuple({**item} for item in account["inputs"]),
            pages=pages_of(item["path"] for item in account["outputs"]),
            tables={name: (out / name).read_bytes() for name in COMPARED},
        )
        return Previous(site, _account(account["changes"]))
    except (OSError, LookupError, TypeError, ValueError, AttributeError):
        return Previous(reason="een bestand ervan ontbreekt of is niet te lezen")


def pages_of(paths: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever a manifest holds
    """Return which of the paths are pages; a map by itself goes with its page."""
    pages = (path for path in paths if path.endswith(".html"))
    return tuple(sorted(path for path in pages if not path.startswith(FOLDER)))


def _account(given: Mapping[str, Any]) -> Changes:
    """Return an account of changes that was written before."""
    sentence, rows = given["sentence"], given["rows"]
    texts = [sentence, *(text for row in rows for text in row)]
    if any(not isinstance(text, str) for text in texts):
        msg = "expected texts"
        raise TypeError(msg)
    return Changes(sentence, tuple((kind, what, change) for kind, what, change in rows))


def changes_since(previous: Previous, now: Site) -> Changes:
    """
    Return the account of changes for a new site.

    Parameters
    ----------
    previous
        What stood in the output folder.
    now
        What will stand there.

    Returns
    -------
    changes
        When nothing changed, the account of the previous build: so the same inputs over their own
        site give the same bytes.
    """
    if previous.reason:
        return failed(previous.reason)
    if previous.site is None:
        return FIRST
    return compare(previous.site, now) or previous.account
