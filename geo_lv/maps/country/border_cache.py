"""Shapes that took long to make, kept in a file until what they were made from changes.

A file is the sha256 of its content and the content: numbers only, which nothing runs. One that is
damaged is made again.
"""

import hashlib
import io
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import shapely

from geo_lv.maps.country.view import Shapes

Made = tuple[Shapes, Mapping[str, object]]
"""Polygons and multipolygons, and what is to be said of them."""

_DIGEST: Final = 32
"""Bytes of a sha256."""


def key_of(shapes: Shapes, parameters: str) -> str:
    """
    Name what is made of shapes.

    Parameters
    ----------
    shapes
        What it is made of.
    parameters
        How it is made.

    Returns
    -------
    key
        Hexadecimal; another one for other shapes, parameters or geometry library.
    """
    digest = hashlib.sha256(f"{shapely.geos_version_string}\n{parameters}\n".encode())
    for part in shapely.to_wkb(shapes):
        digest.update(part)
    return digest.hexdigest()


def cached(path: Path, make: Callable[[], Made]) -> Made:
    """
    Return what stands in a file, or make it and keep it there.

    Parameters
    ----------
    path
        File; its folder is made when it is not there.
    make
        Makes it.

    Returns
    -------
    made
        The same after reading as after making.
    """
    body = _read(path)
    if body is None:
        body = _packed(make())
        _write(path, body)
    return _unpacked(body)


def _read(path: Path) -> bytes | None:
    """Return what is in a file, unless there is none or it is not what was written."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    digest, body = content[:_DIGEST], content[_DIGEST:]
    return body if hashlib.sha256(body).digest() == digest else None


def _write(path: Path, body: bytes) -> None:
    """Write in one go: whoever reads at that moment finds all or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix="new-", delete=False) as file:
        file.write(hashlib.sha256(body).digest() + body)
    Path(file.name).replace(path)


def _unpacked(body: bytes) -> Made:
    with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
        offsets = (arrays["rings"], arrays["parts"], arrays["shapes"])
        polygons = shapely.from_ragged_array(
            shapely.GeometryType.MULTIPOLYGON, arrays["coordinates"], offsets
        )
        return _plain(polygons), json.loads(str(arrays["said"]))


def _packed(made: Made) -> bytes:
    shapes, said = made
    # a mix of the two kinds gets the layout of multipolygons; polygons only have one list less
    several = np.empty(len(shapes), dtype=object)
    several[:] = [shapely.MultiPolygon(list(shapely.get_parts(each))) for each in shapes]
    _, coordinates, (rings, parts, whole) = shapely.to_ragged_array(several, include_z=False)
    packed = io.BytesIO()
    text = np.array(json.dumps(said, sort_keys=True))
    np.savez(packed, coordinates=coordinates, rings=rings, parts=parts, shapes=whole, said=text)
    return packed.getvalue()


def _plain(shapes: Shapes) -> Shapes:
    """Return polygons for the multipolygons that have one part, as they were before."""
    single = shapely.get_num_geometries(shapes) == 1
    return np.where(single, shapely.get_geometry(shapes, 0), shapes)
