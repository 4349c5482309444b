"""Whole numbers as bytes: a number that is small takes one."""

import numpy as np

from geo_lv.maps.country.view import Ints

_BITS = 7
"""Of a number in each byte; the eighth says that more follows."""
_MORE = 1 << _BITS


def packed(numbers: Ints) -> bytes:
    """
    Write numbers of zero and above.

    Parameters
    ----------
    numbers
        Shape (n,).

    Returns
    -------
    content
        Little-endian groups of seven bits.
    """
    sizes = np.ones(len(numbers), dtype="int64")
    for size in range(1, 64 // _BITS):
        sizes += numbers >= 1 << (_BITS * size)
    place = np.cumsum(sizes) - sizes
    out = np.zeros(int(sizes.sum()), dtype="uint8")
    for size in range(int(sizes.max(initial=0))):
        here = sizes > size
        group = (numbers[here] >> (_BITS * size)) % _MORE
        out[place[here] + size] = group + np.where(sizes[here] > size + 1, _MORE, 0)
    return out.tobytes()


def unpacked(content: bytes) -> Ints:
    """Return the numbers that `packed` wrote, shape (n,)."""
    data = np.frombuffer(content, dtype="uint8").astype("int64")
    if not len(data):
        return data
    first = np.append(True, data[:-1] < _MORE)
    number = np.cumsum(first) - 1
    group = np.arange(len(data)) - np.flatnonzero(first)[number]
    out = np.zeros(int(first.sum()), dtype="int64")
    np.add.at(out, number, data % _MORE << (_BITS * group))
    return out


def signed_to_plain(numbers: Ints) -> Ints:
    """Return 0, 1, 2, 3, 4 for 0, -1, 1, -2, 2, so that small ones of both signs stay small."""
    return np.asarray((numbers << 1) ^ (numbers >> 63))


def plain_to_signed(numbers: Ints) -> Ints:
    """Undo `signed_to_plain`."""
    return np.asarray((numbers >> 1) ^ -(numbers & 1))


def steps(numbers: Ints) -> Ints:
    """Return each number less the one before it, down the first axis."""
    return np.diff(numbers, axis=0, prepend=np.zeros_like(numbers[:1]))
