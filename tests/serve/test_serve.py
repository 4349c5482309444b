"""The preview: on this machine only, under the headers of a web server, only files of the site."""

import http.client
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from geo_lv.errors import OutputError
from geo_lv.serve import Server, content_type, site_in
from geo_lv.serve.headers import headers_of
from tests.command import run


@contextmanager
def previewing(folder: Path) -> Iterator[http.client.HTTPConnection]:
    with Server(site_in(folder), 0) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        assert server.server_address[0] == "127.0.0.1"
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        try:
            yield connection
        finally:
            connection.close()
            server.shutdown()
            thread.join()


def ask(
    connection: http.client.HTTPConnection, path: str, method: str = "GET"
) -> tuple[int, dict[str, str], bytes]:
    connection.request(method, path)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


@pytest.mark.parametrize(
    ("asked", "path", "kind"),
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/wijk/wk191601.html?a=b", "wijk/wk191601.html", "text/html; charset=utf-8"),
        ("/data/cijfers.csv", "data/cijfers.csv", "text/csv; charset=utf-8"),
        ("/data/wijken.geojson", "data/wijken.geojson", "application/geo+json; charset=utf-8"),
        ("/manifest.json", "manifest.json", "application/json; charset=utf-8"),
    ],
)
def test_a_file_comes_with_its_kind_and_the_headers(
    site: Path, asked: str, path: str, kind: str
) -> None:
    with previewing(site) as connection:
        status, headers, content = ask(connection, asked)
        assert (status, headers["Content-Type"]) == (200, kind)
        assert content == (site / path).read_bytes()
        assert headers_of(path).items() <= headers.items()
        status, headers, content = ask(connection, asked, "HEAD")
        assert (status, content) == (200, b"")
        assert int(headers["Content-Length"]) == (site / path).stat().st_size


def test_nothing_else_is_served(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    (tmp_path / "geheim.txt").write_text("geheim", "utf-8")
    (folder / "erbij.txt").write_text("geheim", "utf-8")
    (folder / "data" / "cijfers.csv").unlink()
    (folder / "data" / "cijfers.csv").symlink_to(tmp_path / "geheim.txt")
    with previewing(folder) as connection:
        for path in (
            "/erbij.txt",
            "/data/cijfers.csv",
            "/../geheim.txt",
            "/%2e%2e/geheim.txt",
            "/wijk/../../geheim.txt",
            "//etc/passwd",
            "/wijk/",
            "/data",
            "/index.html%00.png",
            "/README.md",
        ):
            status, headers, content = ask(connection, path)
            assert status == 404, path
            assert b"geheim" not in content
            assert headers_of("").items() <= headers.items()
            assert b"Niet gevonden" in content


def test_a_port_that_is_taken_is_named(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", site, "--poort", str(port))
    assert done.returncode == 1
    assert done.stderr == (
        f"port {port}: expected one that is free, found address already in use; choose another "
        "--poort\n"
    )


def test_a_folder_without_a_site_is_named(tmp_path: Path) -> None:
    done = run("serve", tmp_path)
    assert done.returncode == 1
    assert "expected a site that geo-lv built, found none; run geo-lv build first" in done.stderr
    with pytest.raises(OutputError):
        site_in(tmp_path / "nergens")


def test_it_tells_where_to_look_and_stops_politely(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Server, "serve_forever", stop)
    done = run("serve", site, "--poort", "0")
    assert done.returncode == 0
    assert done.stdout.startswith("open http://127.0.0.1:")


def test_a_picture_has_no_letters() -> None:
    assert content_type("a.png") == "image/png"
    assert content_type("a.unknown") == "application/octet-stream"
