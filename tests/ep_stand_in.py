"""A web server on this machine that hands out the file of EP-Online to who has the key."""

import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import ClassVar, Final

from tests.stand_in import Asked, Reply, Service

KEY: Final = "voorbeeldsleutel-0123456789"
SIGNATURE: Final = "handtekening-0123456789"
"""Stands in the address of the file; whoever has it can fetch the file."""
NAME: Final = "v20261101_v4_csv.zip"


def archive() -> bytes:
    """Return a zip with a file that holds no labels; stored, so that it has some size."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("v20261101_v4.csv", "PublicatieDatum;01-11-2026\n" * 5_000)
    return buffer.getvalue()


@dataclass
class Register(Service):
    """Says where the file is, and has it."""

    own_moods: ClassVar[tuple[str, ...]] = ("renamed", "foreign link", "odd name", "not a zip")

    body: bytes = field(default_factory=archive)

    def answer(self, asked: Asked, mood: str) -> Reply:
        """Return where the file is, or the file or the rest of it."""
        if asked.headers.get("Authorization") != KEY:
            return Reply(b'{"message":"no key"}', 401)
        if asked.path.endswith("/DownloadInfo"):
            return self._info(mood)
        body = b"PK no zip" if mood == "not a zip" else self.body
        start = int(asked.headers.get("Range", "bytes=0-")[6:-1])
        head = {"ETag": '"one"', "Content-Type": "application/zip"}
        if start:
            head["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        return Reply(body[start:], 206 if start else 200, head)

    def _info(self, mood: str) -> Reply:
        host = "https://192.0.2.1" if mood == "foreign link" else self.base
        name = "../../provenance.toml" if mood == "odd name" else NAME
        key = "url" if mood == "renamed" else "downloadUrl"
        info = {"bestandsnaam": name, key: f"{host}/files/{NAME}?sig={SIGNATURE}"}
        return Reply(json.dumps(info).encode())
