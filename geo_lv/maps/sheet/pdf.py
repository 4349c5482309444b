"""From sheets to the bytes of a PDF: fonts embedded, tagged, titled, the same bytes every time."""

from io import BytesIO
from typing import Final

import matplotlib as mpl
import pikepdf
from matplotlib.backends.backend_pdf import PdfPages
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from geo_lv.maps.model import Page
from geo_lv.maps.sheet.layout import Document, document
from geo_lv.maps.sheet.tags import Element
from geo_lv.schema import INTERN

LANGUAGE: Final = "nl-NL"
_NO_CLOCK: Final = {"Creator": None, "Producer": None, "CreationDate": None}


def sheet_pdf(page: Page) -> bytes:
    """
    Write a plan page as a PDF for A3 paper.

    Parameters
    ----------
    page
        The page with a map.

    Returns
    -------
    bytes
        A tagged PDF; the same page gives the same bytes.
    """
    made = document(page)
    with Pdf.open(BytesIO(_drawn(made))) as pdf:
        _describe(pdf, made.title, f"{INTERN} · {page.inside}" if page.intern else "")
        _tag(pdf, made)
        out = BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )
    return out.getvalue()


def _drawn(made: Document) -> bytes:
    out = BytesIO()
    with mpl.rc_context():
        mpl.rcdefaults()  # whatever the user of this machine likes
        mpl.rcParams["pdf.fonttype"] = 42  # letters stay letters
        mpl.rcParams["pdf.compression"] = 9
        mpl.rcParams["path.simplify"] = False
        with PdfPages(out, metadata=_NO_CLOCK) as pages:
            for canvas in made.canvases:
                pages.savefig(canvas.finish())
    return out.getvalue()


def _describe(pdf: Pdf, title: str, inside: str) -> None:
    """Say what it is, in which language, that it is tagged, and that it must stay inside."""
    title = f"{INTERN}: {title}" if inside else title
    pdf.Root.Lang = String(LANGUAGE)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.docinfo[Name.Title] = String(title)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
        about["dc:title"] = title
        about["dc:language"] = {LANGUAGE}
        if inside:
            pdf.docinfo[Name.Keywords] = String(inside)
            about["pdf:Keywords"] = inside


def _tag(pdf: Pdf, made: Document) -> None:
    """Write the structure, and for each sheet which element each marked content belongs to."""
    top = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    written: dict[Element, Object] = {}
    top.K = Array([_element(pdf, made.root, top, written)])
    parents = Array()
    for canvas, page in zip(made.canvases, pdf.pages, strict=True):
        page.obj.StructParents = canvas.number
        parents.append(canvas.number)
        parents.append(pdf.make_indirect(Array([written[each] for each in canvas.marks])))
    top.ParentTree = pdf.make_indirect(Dictionary(Nums=parents))
    top.ParentTreeNextKey = len(made.canvases)
    pdf.Root.StructTreeRoot = top


def _element(pdf: Pdf, element: Element, parent: Object, written: dict[Element, Object]) -> Object:
    made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.tag}"), P=parent))
    written[element] = made
    if element.alt:
        made.Alt = String(element.alt)
    if element.scope:
        made.A = Dictionary(O=Name.Table, Scope=Name(f"/{element.scope}"))
    content = [
        Dictionary(Type=Name.MCR, Pg=pdf.pages[sheet].obj, MCID=number)
        for sheet, number in element.marks
    ]
    made.K = Array([*content, *(_element(pdf, child, made, written) for child in element.children)])
    return made
