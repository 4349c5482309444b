"""How many bytes a page is, with the files beside it that it loads."""

import gzip
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Weight:
    """Bytes of a page, as they are and as a server sends them."""

    raw: int
    packed: int
    """Each file through gzip."""


def weigh(page: Path) -> Weight:
    """Weigh a page and the files of its own that it loads, each once, but for Leaflet."""
    texts = [path.read_bytes() for path in sorted(files(page)) if not is_leaflet(path)]
    return Weight(sum(map(len, texts)), sum(len(gzip.compress(text, 9)) for text in texts))


def files(page: Path) -> set[Path]:
    """List the page and what it loads from its own folder: scripts, styles and pictures."""
    text = page.read_text(encoding="utf-8")
    parts = re.findall(r'<(?:script|img)\b[^>]*?\bsrc="([^"#?]+)', text)
    parts += re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"#?]+)', text)
    loaded = {(page.parent / part).resolve() for part in parts if "://" not in part}
    return {path for path in {page.resolve(), *loaded} if path.is_file()}


def is_leaflet(path: Path) -> bool:
    """Tell whether a file is Leaflet itself, which folium's pages load from elsewhere."""
    return path.name.startswith("leaflet.") and path.suffix in {".js", ".css"}
