"""Leaks of every kind, put into a copy of a real site; each says where it must be found."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pikepdf

from geo_lv.check.findings import Kind
from geo_lv.traces import TraceKind
from tests.check.leaks import (
    PLAN,
    added,
    b64,
    cell,
    changed_json,
    in_block,
    jpeg,
    line,
    page,
    pdf,
    png,
    whole,
)

WIJK = "wijk/wk191601.html"
SCRIPT = "assets/extra.js"
STYLE = "assets/extra.css"
LICENCE = "assets/LICENSE-leaflet.txt"


class Seed(NamedTuple):
    """One leak: what it is, how it gets into a folder, and what must be found."""

    name: str
    put: Callable[[Path], str]
    """Puts it there and returns the place that a report must name."""
    kind: Kind | TraceKind
    file: str


def _title(document: pikepdf.Pdf) -> None:
    document.docinfo["/Keywords"] = "2263 BC 4"


def _xmp(document: pikepdf.Pdf) -> None:
    with document.open_metadata(update_docinfo=False) as metadata:
        metadata["dc:description"] = "Beukenlaan 15"


def _note(document: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="2263 BD 6"
    )
    document.pages[0].Annots = document.make_indirect(pikepdf.Array([note]))


def _attach(document: pikepdf.Pdf) -> None:
    document.attachments["lijst.csv"] = b"1916010000000077"


def _nothing(_document: pikepdf.Pdf) -> None:
    pass


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("lijst.csv", "x")
    return out.getvalue()


def _feature(value: dict[str, object]) -> None:
    features = value["features"]
    assert isinstance(features, list)
    features[0]["properties"]["huurder"] = "x"
    features[1]["geometry"] = {"type": "Point", "coordinates": [4.398911, 52.080431]}
    small = [[4.39, 52.08], [4.3901, 52.08], [4.3901, 52.0801], [4.39, 52.08]]
    features[2]["geometry"] = {"type": "Polygon", "coordinates": [small]}
    features[3]["geometry"]["straat"] = "x"


def _link(folder: Path) -> str:
    (folder / "assets" / "elders.css").symlink_to("/etc/hostname")
    return ""


def _nothing_there(_folder: Path) -> str:
    return ""


_DOTS = '<svg><path class="dots" d="M2365 4731h0m315 -717h0m76 4h0"/></svg>'
_PICTURE = (
    f'<img alt="" src="data:image/svg+xml;base64,{b64("<svg><title>Elzenlaan 4</title></svg>")}">'
)
_UTF16 = "Postcode 2264 CD 8".encode("utf-16")
_GZIP = gzip.compress(b"Iepenweg 21", mtime=0)

SEEDS = (
    # a home or a person, in what readers see
    Seed("address in a paragraph", line(PLAN, "<p>Dorpsstraat 12a</p>"), TraceKind.ADDRESS, PLAN),
    Seed(
        "address in a tooltip", line(PLAN, '<p title="Kerklaan 3">x</p>'), TraceKind.ADDRESS, PLAN
    ),
    Seed("address over tags", line(PLAN, "<p>Hoflaan\n<b>17</b></p>"), TraceKind.ADDRESS, PLAN),
    Seed("postcode and number", line(PLAN, "<p>2261 AB 12</p>"), TraceKind.POSTCODE, PLAN),
    Seed("postcode over tags", line(WIJK, "<p>22<b>61</b> AE</p>"), TraceKind.POSTCODE, WIJK),
    Seed("id of a home", line(PLAN, "<p>1916010000012345</p>"), TraceKind.BAG, PLAN),
    Seed("vhe", line(PLAN, "<p>VHE 10023</p>"), TraceKind.VHE, PLAN),
    Seed("name of a person", line(PLAN, "<p>mevr. J. de Vries</p>"), TraceKind.PERSON, PLAN),
    Seed("consultation", line(PLAN, "<p>besproken in JOSO</p>"), TraceKind.CONSULTATION, PLAN),
    Seed("e-mail", line(PLAN, "<p>a.b@voorbeeld.nl</p>"), TraceKind.MAIL, PLAN),
    Seed("telephone", line(PLAN, "<p>06-12345678</p>"), TraceKind.PHONE, PLAN),
    Seed(
        "telephone beside a path",
        line(PLAN, '<path d="M1 1z" id="0 1630 1626 0"/>'),
        TraceKind.PHONE,
        PLAN,
    ),
    Seed("telephone as a path", line(PLAN, '<path d="M 070 1234567"/>'), TraceKind.PHONE, PLAN),
    Seed("service number", line(PLAN, "<p>111222333</p>"), TraceKind.BSN, PLAN),
    Seed("bank", line(PLAN, "<p>NL91 ABNA 0417 1643 00</p>"), TraceKind.IBAN, PLAN),
    Seed("RD place", line(PLAN, "<p>86518.6 450000.1</p>"), TraceKind.COORDINATES, PLAN),
    Seed(
        "head of a table",
        line(PLAN, "<table><tr><th>Naam huurder</th></tr></table>"),
        Kind.PERSON_COLUMN,
        PLAN,
    ),
    # the same in what readers do not see
    Seed("comment", line(WIJK, "<!-- Kerklaan 5 -->"), TraceKind.ADDRESS, WIJK),
    Seed("class name", line(WIJK, '<i class="dorpsstraat-14"></i>'), TraceKind.ADDRESS, WIJK),
    Seed(
        "data attribute",
        line(WIJK, '<i data-x="86519.1" data-y="450001.2"></i>'),
        TraceKind.COORDINATES,
        WIJK,
    ),
    Seed("alt", line(WIJK, '<svg aria-label="Lindelaan 8"></svg>'), TraceKind.ADDRESS, WIJK),
    Seed("entities", line(WIJK, "<i>2&#50;62&nbsp;A&#66; 7</i>"), TraceKind.POSTCODE, WIJK),
    Seed(
        "zero-width signs", line(WIJK, "<i>1916\u200b0100\u200b00012346</i>"), TraceKind.BAG, WIJK
    ),
    Seed("percent", line(WIJK, '<a href="#x?a=Esdoornlaan%2019">x</a>'), TraceKind.ADDRESS, WIJK),
    Seed(
        "base64", line(WIJK, f"<!-- {b64('2262 AC 9 is het adres')} -->"), TraceKind.POSTCODE, WIJK
    ),
    Seed(
        "base64 twice",
        line(WIJK, f"<!-- {b64(b64('Wilgenweg 31 en verder'))} -->"),
        TraceKind.ADDRESS,
        WIJK,
    ),
    Seed("gzip in base64", line(WIJK, f"<!-- {b64(_GZIP)} -->"), TraceKind.ADDRESS, WIJK),
    Seed("data: picture", line(WIJK, _PICTURE), TraceKind.ADDRESS, WIJK),
    Seed("comment of a script", added(SCRIPT, "// Dorpsstraat 16"), TraceKind.ADDRESS, SCRIPT),
    Seed(
        "escapes of a script",
        added(SCRIPT, r'var a = "\u0032\x3262 AD 11";'),
        TraceKind.POSTCODE,
        SCRIPT,
    ),
    Seed(
        "comment of a style sheet", added(STYLE, "/* Dorpsstraat 18 */"), TraceKind.ADDRESS, STYLE
    ),
    Seed(
        "content of a style sheet",
        added(STYLE, r'p::after{content:"\32 2\36 3 AD 12"}'),
        TraceKind.POSTCODE,
        STYLE,
    ),
    Seed("text of a licence", added(LICENCE, "Dorpsstraat 20"), TraceKind.ADDRESS, LICENCE),
    Seed("UTF-16", whole("utf16.txt", _UTF16, "line 1"), TraceKind.POSTCODE, "utf16.txt"),
    Seed(
        "file name",
        whole("assets/eikenlaan-22.txt", b"x", "assets/eikenlaan-22.txt"),
        TraceKind.ADDRESS,
        "file names",
    ),
    Seed(
        "sitemap",
        whole("kaart.xml", b"<urlset>\n<!-- Dorpsstraat 24 -->\n</urlset>", "line 2"),
        TraceKind.ADDRESS,
        "kaart.xml",
    ),
    Seed(
        "drawing",
        whole("tekening.svg", b"<svg>\n<desc>2264 CE 3</desc>\n</svg>", "line 2"),
        TraceKind.POSTCODE,
        "tekening.svg",
    ),
    # tables and data
    Seed(
        "cell",
        cell("data/fasering.csv", -1, "Dorpsstraat 26", "row 2, column toelichting"),
        TraceKind.ADDRESS,
        "data/fasering.csv",
    ),
    Seed(
        "comment under a table",
        added("data/aandachtslijsten.csv", "# Dorpsstraat 28", "row"),
        TraceKind.ADDRESS,
        "data/aandachtslijsten.csv",
    ),
    Seed(
        "column",
        whole(
            "data/koppeling.csv",
            "niveau;uitkomst;reden;corporatie;woningen;x_rd\r\n".encode("utf-8-sig"),
            "row 1",
        ),
        Kind.NAME,
        "data/koppeling.csv",
    ),
    Seed(
        "two cells",
        whole("data/punten.csv", b"niveau;uitkomst\r\n86518,6;450000,2\r\n", "row 2"),
        TraceKind.COORDINATES,
        "data/punten.csv",
    ),
    Seed(
        "formula",
        cell("data/nieuwbouw.csv", 2, '=HYPERLINK("x")', "row 2, column locatie"),
        Kind.FORMULA,
        "data/nieuwbouw.csv",
    ),
    Seed(
        "property",
        changed_json("data/wijken.geojson", _feature, "$.features[0].properties.huurder"),
        Kind.NAME,
        "data/wijken.geojson",
    ),
    Seed("person as a property", _nothing_there, Kind.PERSON_COLUMN, "data/wijken.geojson"),
    Seed("point", _nothing_there, TraceKind.COORDINATES, "data/wijken.geojson"),
    Seed(
        "key in the data of a page",
        in_block('"frame":{', '"frame":{"vhe":1,', "$.frame.vhe"),
        Kind.NAME,
        PLAN,
    ),
    Seed(
        "key that stands twice",
        whole("dubbel.json", b'{"a":1,"a":"Dorpsstraat 30"}', "$.a"),
        TraceKind.ADDRESS,
        "dubbel.json",
    ),
    Seed("homes as dots", line(PLAN, _DOTS), Kind.DOT, PLAN),
    # pictures and documents
    Seed(
        "PNG tEXt",
        whole("a.png", png((b"tEXt", b"Comment\0Dorpsstraat 32")), "chunk tEXt"),
        TraceKind.ADDRESS,
        "a.png",
    ),
    Seed(
        "PNG zTXt",
        whole("b.png", png((b"zTXt", b"Comment\0\0" + zlib.compress(b"2264 CG 5"))), "chunk zTXt"),
        TraceKind.POSTCODE,
        "b.png",
    ),
    Seed(
        "PNG iTXt",
        whole("c.png", png((b"iTXt", b"Comment\0\0\0\0\0Dorpsstraat 34")), "chunk iTXt"),
        TraceKind.ADDRESS,
        "c.png",
    ),
    Seed(
        "PNG property",
        whole("d.png", png((b"tIME", b"1234567")), "chunk tIME"),
        Kind.METADATA,
        "d.png",
    ),
    Seed(
        "after a PNG",
        whole("e.png", png(after=b"Dorpsstraat 36"), "after the picture"),
        TraceKind.ADDRESS,
        "e.png",
    ),
    Seed("bytes after a PNG", whole("f.png", png(after=b"\1\2"), ""), Kind.TRAILING, "f.png"),
    Seed(
        "EXIF",
        whole("a.jpg", jpeg(exif="Dorpsstraat 38"), "marker 0xE1"),
        TraceKind.ADDRESS,
        "a.jpg",
    ),
    Seed(
        "comment of a JPEG",
        whole("b.jpg", jpeg(comment=b"2264 CH 7"), "marker 0xFE"),
        TraceKind.POSTCODE,
        "b.jpg",
    ),
    Seed(
        "ICO",
        whole("favicon.ico", b"\0\0\1\0\0\0Dorpsstraat 40", "byte 6"),
        TraceKind.ADDRESS,
        "favicon.ico",
    ),
    Seed(
        "sheet",
        whole("a.pdf", pdf(_nothing, "Dorpsstraat 42"), "page 1, text 1"),
        TraceKind.ADDRESS,
        "a.pdf",
    ),
    Seed(
        "property of a PDF",
        whole("b.pdf", pdf(_title), "property /Keywords"),
        TraceKind.POSTCODE,
        "b.pdf",
    ),
    Seed("XMP", whole("c.pdf", pdf(_xmp), "XMP"), TraceKind.ADDRESS, "c.pdf"),
    Seed("note on a sheet", whole("d.pdf", pdf(_note), "object"), TraceKind.POSTCODE, "d.pdf"),
    Seed("attachment", whole("e.pdf", pdf(_attach), "object"), TraceKind.BAG, "e.pdf"),
    Seed("attached file", _nothing_there, Kind.WRAPPED, "e.pdf"),
    Seed(
        "after a PDF",
        whole("f.pdf", pdf(_nothing) + b"Dorpsstraat 44", "after the document"),
        TraceKind.ADDRESS,
        "f.pdf",
    ),
    # another host, and what a strict policy blocks
    Seed(
        "script of another host",
        line(PLAN, '<script src="https://cdn.example.org/x.js"></script>'),
        Kind.HOST,
        PLAN,
    ),
    Seed(
        "picture of another host",
        line(WIJK, '<img alt="" src="//img.example.org/x.png">'),
        Kind.HOST,
        WIJK,
    ),
    Seed(
        "frame",
        page("a.html", '<iframe title="x" src="https://example.org/"></iframe>'),
        Kind.HOST,
        "a.html",
    ),
    Seed(
        "form", page("b.html", '<form action="https://example.org/"></form>'), Kind.HOST, "b.html"
    ),
    Seed(
        "refresh",
        page("c.html", '<meta http-equiv="refresh" content="0; url=https://example.org/">'),
        Kind.HOST,
        "c.html",
    ),
    Seed(
        "srcset",
        page("d.html", '<img alt="" srcset="https://example.org/a.png 2x">'),
        Kind.HOST,
        "d.html",
    ),
    Seed("base", page("e.html", '<base href="https://example.org/">'), Kind.HOST, "e.html"),
    Seed(
        "preconnect",
        page("f.html", '<link rel="preconnect" href="https://example.org">'),
        Kind.HOST,
        "f.html",
    ),
    Seed(
        "drawing of another host",
        page("g.html", '<svg><use href="https://example.org/a.svg#a"/></svg>'),
        Kind.HOST,
        "g.html",
    ),
    Seed("import", added(STYLE, '@import "https://example.org/a.css";'), Kind.HOST, STYLE),
    Seed("fetch", added(SCRIPT, 'fetch("https://telemetrie.example.org/");'), Kind.HOST, SCRIPT),
    Seed("handler", page("h.html", '<p onclick="x()">x</p>'), Kind.INLINE, "h.html"),
    Seed("style attribute", page("i.html", '<p style="color:red">x</p>'), Kind.INLINE, "i.html"),
    Seed("inline script", page("j.html", "<script>var a = 1;</script>"), Kind.INLINE, "j.html"),
    Seed(
        "script as a link",
        page("k.html", '<a href="java&#9;script:x()">x</a>'),
        Kind.INLINE,
        "k.html",
    ),
    Seed("source map", added(SCRIPT, "//# sourceMappingURL=extra.js.map"), Kind.SOURCE_MAP, SCRIPT),
    # pages
    Seed("no title", whole("l.html", b'<html lang="nl"><p>x</p></html>', ""), Kind.TITLE, "l.html"),
    Seed(
        "no language",
        whole("m.html", b"<html><title>x</title></html>", ""),
        Kind.LANGUAGE,
        "m.html",
    ),
    Seed("id twice", page("n.html", '<p id="a">x</p><p id="a">y</p>'), Kind.ID, "n.html"),
    Seed("link to nothing", page("o.html", '<a href="Index.html">x</a>'), Kind.LINK, "o.html"),
    Seed(
        "anchor to nothing",
        page("p.html", '<a href="index.html#nergens">x</a>'),
        Kind.LINK,
        "p.html",
    ),
    Seed("broken JSON", whole("stuk.json", b"{", ""), Kind.UNREADABLE, "stuk.json"),
    Seed("broken picture", whole("stuk.png", png()[:-9], "byte"), Kind.UNREADABLE, "stuk.png"),
    Seed("broken PDF", whole("stuk.pdf", b"%PDF-1.7 ", ""), Kind.UNREADABLE, "stuk.pdf"),
    # the folder
    Seed("hidden file", whole(".DS_Store", b"x", ""), Kind.HIDDEN, ".DS_Store"),
    Seed("backup", whole("index.html~", b"x", ""), Kind.HIDDEN, "index.html~"),
    Seed("link in the place of a file", _link, Kind.SYMLINK, "assets/elders.css"),
    Seed("zip", whole("lijst.zip", _zip(), ""), Kind.TYPE, "lijst.zip"),
    Seed("zip as a text", whole("lijst.txt", _zip(), "inside"), Kind.WRAPPED, "lijst.txt"),
)
