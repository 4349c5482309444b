"""The site behind a real nginx, with the example of docs/publiceren, as it would be published."""

import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from geo_lv.serve.headers import headers_of

from .conftest import NewVisit, Serve

EXAMPLE = Path(__file__).parents[2] / "docs" / "publiceren" / "nginx.conf"
AROUND = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def published(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the site with the example, of which only the port and the folder are filled in."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    text = EXAMPLE.read_text("utf-8")
    assert "listen 80;" in text
    assert "root /var/www/wijkmonitor;" in text
    filled = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
    filled = filled.replace("/var/www/wijkmonitor", str(site))
    (folder / "site.conf").write_text(filled, "utf-8")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder), "utf-8")
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "nginx stopped: is nginx-light installed?"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    pytest.fail("nginx does not answer")


def test_every_page_is_calm_and_nothing_is_blocked(
    site: Path, published: str, visit: NewVisit
) -> None:
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert len(pages) > 20
    reader = visit()
    for page in pages:
        reader.open(f"{published}/{page}")
    assert reader.complaints() == {}


def test_every_file_has_the_headers_of_the_preview(site: Path, published: str) -> None:
    kinds = {
        "index.html": "text/html; charset=utf-8",
        "data/cijfers.csv": "text/csv; charset=utf-8",
        "data/wijken.geojson": "application/geo+json; charset=utf-8",
        next(path.relative_to(site).as_posix() for path in site.glob("assets/*.js")): (
            "text/javascript; charset=utf-8"
        ),
    }
    for path, kind in kinds.items():
        with urllib.request.urlopen(f"{published}/{path}") as answer:  # noqa: S310 - loopback
            found = dict(answer.headers.items())
        assert headers_of(path).items() <= found.items(), path
        assert found["Content-Type"] == kind


def test_a_page_inside_another_website_stays_empty(
    published: str, tmp_path: Path, visit: NewVisit, serve: Serve
) -> None:
    (tmp_path / "host.html").write_text(
        f'<!doctype html><title>gast</title><iframe src="{published}/index.html"></iframe>', "utf-8"
    )
    reader = visit()
    reader.page.goto(f"{serve(tmp_path)}/host.html")
    reader.page.wait_for_timeout(300)
    assert any("frame-ancestors" in line for line in reader.console)
