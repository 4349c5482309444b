"""The colours of the pages, read from their style sheet so that paper and screen cannot differ."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from geo_lv.maps.assets import bundle

_LIGHT: Final = re.compile(r":root\{(.*?)\}", re.DOTALL)
_VARIABLE: Final = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})\b")
_LABEL: Final = re.compile(r"\.(label-\w+)\{fill:\s*(#[0-9a-fA-F]{3,6})\b")


@cache
def palette() -> Mapping[str, str]:
    """Return every colour by its name in the style sheet, such as ``ink`` or ``label-c``.

    Returns
    -------
    Mapping[str, str]
        Hexadecimal colours of the light look; the first ``:root`` holds it.
    """
    style = bundle().styles[-1].text
    light = _LIGHT.search(style)
    return dict(_VARIABLE.findall(light.group(1) if light else "")) | dict(_LABEL.findall(style))
