"""The examples for web servers say the same as the preview sends."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from geo_lv.serve.headers import headers_of

EXAMPLES = Path(__file__).parents[2] / "docs" / "publiceren"
PATHS = ("index.html", "embed/index.html", "assets/geo-lv.0123456789.js", "data/cijfers.csv")

Headers = dict[str, str]


def in_nginx(path: str) -> Headers:
    """Return the headers of the example for nginx, its variables filled in as nginx does."""
    text = (EXAMPLES / "nginx.conf").read_text("utf-8")
    values: dict[str, str] = {}
    for name, body in re.findall(r"map \$uri \$(\w+) \{(.*?)\}", text, re.DOTALL):
        rules = [shlex.split(line.rstrip(";")) for line in body.split("\n") if line.strip()]
        chosen = [value for rule, value in rules if rule[0] == "~" and re.search(rule[1:], path)]
        values[name] = chosen[0] if chosen else dict(rules)["default"]
    found: Headers = {}
    for line in re.findall(r"^    add_header (.*);$", text, re.MULTILINE):
        name, value, always = shlex.split(line)
        assert always == "always"
        found[name] = re.sub(r"\$(\w+)", lambda match: values[match[1]], value)
    return found


def in_apache(path: str) -> Headers:
    found: Headers = {}
    applies = True
    for line in (EXAMPLES / "apache.htaccess").read_text("utf-8").splitlines():
        if match := re.match(r'<If "%\{REQUEST_URI\} =~ m#(.*)#">', line):
            applies = re.search(match[1], path) is not None
        elif line == "</If>":
            applies = True
        elif line.strip().startswith("Header ") and applies:
            _, always, action, name, value = shlex.split(line)
            assert (always, action) == ("always", "set")
            found[name] = value
    return found


def in_iis(path: str) -> Headers:
    root = ET.parse(EXAMPLES / "web.config").getroot()  # noqa: S314 - a file of our own
    found: Headers = {}
    for part in (root, *root.findall("location")):
        if part is root or path.startswith(f"/{part.get('path')}/"):
            for header in part.findall("system.webServer/httpProtocol/customHeaders/*"):
                name = header.attrib["name"]
                found.pop(name, None)
                if header.tag == "add":
                    found[name] = header.attrib["value"]
    return found


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("server", [in_nginx, in_apache, in_iis])
def test_an_example_has_the_headers_of_the_preview(
    server: Callable[[str], Headers], path: str
) -> None:
    assert server(f"/{path}") == headers_of(path)


def test_a_page_may_not_be_framed_unless_it_is_made_for_that() -> None:
    policies = [headers_of(path)["Content-Security-Policy"] for path in PATHS[:2]]
    assert policies[0].endswith("frame-ancestors 'self'")
    assert policies[1].endswith("frame-ancestors *")
    for policy in policies:
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy


def test_a_page_in_one_file_keeps_the_policy_that_it_carries() -> None:
    policy = headers_of("index.html", single_file=True)["Content-Security-Policy"]
    assert policy.startswith("img-src ")
    assert "script-src" not in policy
