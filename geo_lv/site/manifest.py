"""The account of a site: every input with its source, every file with its checksum."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from geo_lv import __version__
from geo_lv.editions import Released
from geo_lv.maps.changes import Changes
from geo_lv.provenance import sha256
from geo_lv.traces import names_a_place

MANIFEST: Final = "manifest.json"


def manifest(
    released: Released,
    peildatum: str,
    files: Mapping[str, bytes],
    marks: Mapping[str, str | int],
    changes: Changes,
) -> bytes:
    """
    Write the account of a site: where every input came from and what every file holds.

    Parameters
    ----------
    released
        The released view, with the provenance of its inputs.
    peildatum
        ISO date that the pages carry.
    files
        Path from the site root to content, the manifest itself not among them.
    marks
        What the site is meant for: an address of publication, a year of an archive.
    changes
        What changed since the previous site; the next build keeps it if nothing changes then.

    Returns
    -------
    bytes
        JSON.
    """
    outputs = [
        {"path": path, "bytes": len(content), "sha256": sha256(content)}
        for path, content in sorted(files.items())
    ]
    account = {
        "generator": f"geo_lv {__version__}",
        "municipality": released.municipality.gm_code,
        "edition": released.edition,
        "peildatum": peildatum,
        **marks,
        "places": _places(released),
        "inputs": inputs_of(released),
        "changes": asdict(changes),
        "outputs": outputs,
    }
    return (json.dumps(account, ensure_ascii=False, indent=1) + "\n").encode()


def inputs_of(released: Released) -> list[dict[str, Any]]:
    """Return where every input came from, as the account has it."""
    return [
        {
            "path": item.path,
            "title": item.title,
            "source": item.source,
            "licence": item.licence,
            "vintage": item.vintage,
            "retrieved": item.retrieved,
            "url": item.url,
            "transformed_by": item.transformed_by,
            "fictitious": item.fictitious,
            "note": item.note,
            **({} if item.division is None else {"division": item.division}),
            **({} if item.rows is None else {"rows": item.rows}),
            **({"table": item.table} if item.table else {}),
            "sha256": item.sha256,
        }
        for item in released.provenance
    ] + [{"path": path, "sha256": digest} for path, digest in released.settings]


def _places(released: Released) -> list[str]:
    """Return the texts with an address that leave on purpose; `geo-lv check` allows no other."""
    agreements = released.agreements
    texts = {text for site in agreements.sites for text in (site.site, site.site_id, site.status)}
    texts |= {source.title for source in agreements.sources}
    if released.edition == "intern":
        texts |= {renovation.site for renovation in agreements.renovations}
    return sorted(filter(names_a_place, texts))


def made_before(out: Path) -> frozenset[str]:
    """
    Read which files an earlier build put in a folder, by its own account.

    Parameters
    ----------
    out
        The output folder.

    Returns
    -------
    paths
        From the site root, the manifest itself among them; empty if there is no account of ours.
    """
    account = account_in(out)
    try:
        made = frozenset[str](item["path"] for item in account["outputs"])
    except (LookupError, TypeError):
        return frozenset()
    return made | {MANIFEST}


def edition_of(folder: Path) -> str:
    """Return the edition of the site in a folder; empty if there is none of ours."""
    return str(account_in(folder).get("edition", ""))


def account_in(folder: Path) -> dict[str, Any]:
    """Return the account of the site in a folder; empty if there is none that is ours."""
    try:
        account = json.loads((folder / MANIFEST).read_bytes())
        ours = account["generator"].startswith("geo_lv ")
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}
    return account if ours else {}


def is_archive(out: Path) -> bool:
    """Tell whether a folder holds a site that is kept for good, by its own account."""
    return bool(account_in(out).get("archive"))
