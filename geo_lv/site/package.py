"""The site in one file with a password, to send by e-mail: AES-256, names of files included."""

import io
import os
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import pyzipper

from geo_lv.errors import OutputError

SHORTEST: Final = 12
"""Signs that a password has at least: whoever has the file can try as many as he likes."""
INNER: Final = "site.zip"
_NO_CLOCK: Final = (1980, 1, 1, 0, 0, 0)


def refuse_package(target: Path, out: Path, password: str) -> None:
    """
    Refuse, before anything is built, a file or a password that cannot be used.

    Parameters
    ----------
    target
        The file to write.
    out
        The folder of the site, which the file must not be in.
    password
        What opens it.

    Raises
    ------
    OutputError
        If the password is short, or the file lies in the site or in no folder.
    """
    if len(password) < SHORTEST:
        msg = (
            f"{target}: expected a password of at least {SHORTEST} signs, found {len(password)}; "
            "take four words that have nothing to do with each other, and tell it by telephone, "
            "not in the same e-mail"
        )
        raise OutputError(msg)
    whole, site = target.resolve(), out.resolve()
    if site in (whole, *whole.parents):
        msg = f"{target}: expected a file outside {out}, found one in it; choose another --zip"
        raise OutputError(msg)
    if whole.is_dir() or not whole.parent.is_dir():
        found = "a folder" if whole.is_dir() else f"no folder {target.parent}"
        msg = f"{target}: expected a file in a folder that is there, found {found}; correct --zip"
        raise OutputError(msg)


def write_package(files: Mapping[str, bytes], target: Path, password: str) -> None:
    """
    Write the site as one file that a password opens.

    The names of files in such a zip can be read without the password. So there is one file in it,
    a zip of the site. Its salt is random, as it must be: two packages are never the same bytes.

    Parameters
    ----------
    files
        Path from the site root to content.
    target
        The file; an earlier one is replaced in one step.
    password
        What opens it.

    Raises
    ------
    OutputError
        If it cannot be written; an earlier file is then still there.
    """
    fresh = target.parent / f".{target.name}.geo-lv"
    try:
        with suppress(FileNotFoundError):
            fresh.unlink()
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 - only its owner can read it
                file.write(_locked(_packed(files), password))
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or "an error").lower()
        msg = f"{target}: expected a file to write to, found {reason}; the site itself is complete"
        raise OutputError(msg) from error


def _packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in sorted(files.items()):
            about = zipfile.ZipInfo(name, _NO_CLOCK)
            about.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(about, content)
    return out.getvalue()


def _locked(content: bytes, password: str) -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(
        out, "w", compression=pyzipper.ZIP_STORED, encryption=pyzipper.WZ_AES
    ) as package:
        package.setpassword(password.encode("utf-8", "surrogateescape"))
        package.setencryption(pyzipper.WZ_AES, nbits=256)
        package.writestr(package.zipinfo_cls(INNER, _NO_CLOCK), content)
    return out.getvalue()
