"""A web server on this machine that speaks OData version 3 as CBS does, in all its moods.

The answers are written by us in the documented shape: a service document, a description, properties
in a tree of topics, dimensions with padded codes, and rows that can be filtered and come in pages.
It is as strict as CBS is said to be: an equal sign compares with the padding, a filter on a topic
and more than ten thousand rows at once are refused by ODataApi, and ranges of areas are ignored.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final
from urllib.parse import quote

from tests.stand_in import ELSEWHERE, Asked, Reply, Service

Row = dict[str, Any]
Test = Callable[[Row], bool]

_PATH: Final = re.compile(r"/(?P<api>ODataApi|ODataFeed)/odata/(?P<table>\w+)/?(?P<name>\w*)")
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<mark>[(),])|'(?P<text>(?:[^']|'')*)'|(?P<word>[\w.]+))", re.ASCII
)
_MOST_TOP: Final = 5_000


@dataclass(frozen=True)
class Dimension:
    """What a row is about: codes, and what they are called."""

    key: str
    members: Mapping[str, str]
    """Code without padding to title."""
    width: int = 0
    """To which the codes are padded."""
    kind: str = "Dimension"
    """Or ``GeoDetail``, ``GeoDimension``, ``TimeDimension``."""

    def padded(self, code: str) -> str:
        """Return a code as it is published."""
        return code.ljust(self.width)


@dataclass(frozen=True)
class Topic:
    """A column with figures."""

    key: str
    title: str
    unit: str = "aantal"
    path: tuple[str, ...] = ()
    """Titles of the groups of topics that it is in, from the widest."""
    decimals: int = 0


@dataclass(frozen=True)
class Table:
    """A table: rows have the codes of the dimensions, without padding, and the figures."""

    identifier: str
    title: str
    dimensions: tuple[Dimension, ...]
    topics: tuple[Topic, ...]
    rows: tuple[Row, ...]

    def published(self) -> list[Row]:
        """Return the rows as they are published: numbered, padded, with nothing for no figure."""
        return [
            {
                "ID": number,
                **{dim.key: dim.padded(row[dim.key]) for dim in self.dimensions},
                **{topic.key: row.get(topic.key) for topic in self.topics},
            }
            for number, row in enumerate(self.rows)
        ]

    def properties(self) -> list[Row]:
        """Return DataProperties: dimensions, then topics, each below its groups."""
        found = [
            _property(place, None, dim.kind, dim.key, dim.key)
            for place, dim in enumerate(self.dimensions)
        ]
        groups: dict[tuple[str, ...], int] = {}
        for topic in self.topics:
            for depth in range(1, len(topic.path) + 1):
                path = topic.path[:depth]
                if path not in groups:
                    groups[path] = len(found)
                    parent = groups.get(path[:-1])
                    found.append(_property(len(found), parent, "TopicGroup", "", path[-1]))
            item = _property(len(found), groups.get(topic.path), "Topic", topic.key, topic.title)
            found.append({**item, "Unit": topic.unit, "Decimals": topic.decimals})
        return found


def _property(number: int, parent: int | None, kind: str, key: str, title: str) -> Row:
    return {
        "odata.type": f"Cbs.OData.{kind}",
        "ID": number,
        "Position": number,
        "ParentID": parent,
        "Type": kind,
        "Key": key,
        "Title": title,
        "Description": "",
    }


@dataclass
class Statline(Service):
    """A catalogue of tables."""

    own_moods: ClassVar[tuple[str, ...]] = (
        "duplicated page",
        "empty",
        "endless",
        "foreign link",
        "link to itself",
        "no value",
        "renamed",
        "repeated",
        "row limit",
    )
    """What only this kind of service can do wrong."""

    tables: tuple[Table, ...] = ()
    page: int = 10_000
    """Values that ODataFeed gives at a time."""
    limit: int = 10_000
    """Values that ODataApi gives at most."""

    def answer(self, asked: Asked, mood: str) -> Reply:
        """Return a page of values."""
        if mood == "row limit":
            return self.refusal()
        if asked.path.rstrip("/") == "/ODataCatalog/Tables":
            return self._page(asked, [_listed(table) for table in self.tables], mood)
        found = _PATH.fullmatch(asked.path)
        table = next((t for t in self.tables if found and t.identifier == found["table"]), None)
        if found is None or table is None:
            return Reply(b'{"odata.error":{"code":"","message":{"value":"Not found"}}}', 404)
        return self._entity(asked, table, found["name"], mood, feed=found["api"] == "ODataFeed")

    def refusal(self) -> Reply:
        """Return how ODataApi answers a question that is too large."""
        text = f"The query returns more than {self.limit} records."
        return Reply(json.dumps({"odata.error": {"message": {"value": text}}}).encode(), 500)

    def _entity(self, asked: Asked, table: Table, name: str, mood: str, *, feed: bool) -> Reply:
        values = _values(table, name, f"{self.base}{asked.path}")
        if values is None:
            return Reply(b"{}", 404)
        given = asked.query
        wanted = given.get("$filter", [""])[0]
        if wanted and not set(_columns(wanted)) <= {dim.key for dim in table.dimensions}:
            return self.refusal()
        if wanted:
            geo = {dim.key for dim in table.dimensions if dim.kind.startswith("Geo")}
            values = list(filter(_Filter(wanted, geo).whole(), values))
        if "$select" in given:
            chosen = given["$select"][0].split(",")
            if not all(set(chosen) <= set(row) for row in values):
                return Reply(b"{}", 400)
            values = [{key: row[key] for key in chosen} for row in values]
        return self._page(asked, values, mood) if feed else self._at_once(asked, values, mood)

    def _at_once(self, asked: Asked, values: list[Row], mood: str) -> Reply:
        """Answer as ODataApi, which has no pages."""
        top = int(asked.query.get("$top", ["0"])[0])
        if "$skip" in asked.query or top > _MOST_TOP:
            return Reply(b"{}", 400)
        if len(values) > self.limit and not top:
            return self.refusal()
        return self._page(asked, values[: top or None], mood)

    def _page(self, asked: Asked, values: list[Row], mood: str) -> Reply:
        per = self.page
        start = int(asked.query.get("$skip", ["0"])[0])
        if mood == "duplicated page":
            start = max(0, start - per)
        part = [] if mood == "empty" else values[start : start + per]
        if mood == "repeated":
            part = [*part, *part[:1]]
        if mood == "renamed":
            part = [_renamed(row) for row in part]
        more = start + per < len(values)
        own = f"{self.base}{asked.path}?{_query(asked)}"
        links = {
            "endless": f"{own}&$skip=0&again={len(self.asked)}",
            "foreign link": ELSEWHERE,
            "link to itself": f"{self.base}{asked.path}",
        }
        body: Row = {
            "odata.metadata": f"{self.base}{asked.path}/$metadata",
            "values" if mood == "no value" else "value": part,
        }
        if more or mood in links:
            body["odata.nextLink"] = links.get(mood, f"{own}&$skip={start + per}")
        content = json.dumps(body, ensure_ascii=False).encode()
        return Reply(content, 200, {"Content-Type": "application/json;odata=minimalmetadata"})


def _listed(table: Table) -> Row:
    return {"Identifier": table.identifier, "Title": table.title}


def _values(table: Table, name: str, url: str) -> list[Row] | None:
    """Return everything in an entity of a table; the service document if it has no name."""
    dimensions = {dim.key: dim for dim in table.dimensions}
    entities: dict[str, Callable[[], list[Row]]] = {
        "TableInfos": lambda: [
            {"ID": 0, "Title": table.title, "Identifier": table.identifier, "Language": "nl"}
        ],
        "UntypedDataSet": lambda: [_untyped(table, row) for row in table.published()],
        "TypedDataSet": table.published,
        "DataProperties": table.properties,
        "CategoryGroups": list,
        **{
            key: lambda dim=dim: [  # type: ignore[misc]
                {"Key": dim.padded(code), "Title": title, "Description": ""}
                for code, title in dim.members.items()
            ]
            for key, dim in dimensions.items()
        },
    }
    if not name:
        return [{"name": each, "url": f"{url.rstrip('/')}/{each}"} for each in entities]
    return entities[name]() if name in entities else None


def _untyped(table: Table, row: Row) -> Row:
    """Return a row with all figures as text, padded, and a point for no figure."""
    keys = {topic.key for topic in table.topics}
    shown = {None: "."}
    return {
        key: f"{shown.get(value, value)}".rjust(8) if key in keys else value
        for key, value in row.items()
    }


def _renamed(row: Row) -> Row:
    """Return a value of which the title, or else the last column, has another key."""
    *rest, last = sorted(row, key="Title".__eq__)
    return {**{key: row[key] for key in rest}, f"{last}x": row[last]}


def _query(asked: Asked) -> str:
    return "&".join(
        f"{key}={quote(value)}"
        for key, each in asked.query.items()
        for value in each
        if key not in {"$skip", "again"}
    )


def _columns(wanted: str) -> Iterator[str]:
    """Yield the columns that a filter is about."""
    for match in re.finditer(r"startswith\((\w+),|substringof\('[^']*',(\w+)|(\w+) \w\w '", wanted):
        yield from filter(None, match.groups())


class _Filter:
    """Reads a filter: ``or`` and ``and`` between comparisons and functions, and brackets."""

    def __init__(self, text: str, ignored: Iterable[str]) -> None:
        self._tokens = [match.groupdict() for match in _TOKEN.finditer(text)]
        self._ignored = set(ignored)

    def whole(self) -> Test:
        """Return what tells whether a row is wanted."""
        tests = [self._all()]
        while self._take("or"):
            tests.append(self._all())
        return lambda row: any(test(row) for test in tests)

    def _all(self) -> Test:
        tests = [self._one()]
        while self._take("and"):
            tests.append(self._one())
        return lambda row: all(test(row) for test in tests)

    def _one(self) -> Test:
        if self._take("("):
            inner = self.whole()
            self._take(")")
            return inner
        if self._take("startswith"):
            column, text = self._pair()
            return lambda row: row[column].startswith(text)
        if self._take("substringof"):
            text, column = self._pair()
            return lambda row: text in row[column]
        return self._compared(self._next(), self._next(), self._next())

    def _compared(self, column: str, how: str, text: str) -> Test:
        if how != "eq" and column in self._ignored:
            return lambda _: True
        tests: dict[str, Test] = {
            "eq": lambda row: row[column] == text,
            "ne": lambda row: row[column] != text,
            "ge": lambda row: row[column] >= text,
            "gt": lambda row: row[column] > text,
            "le": lambda row: row[column] <= text,
            "lt": lambda row: row[column] < text,
        }
        return tests[how]

    def _pair(self) -> tuple[str, str]:
        self._take("(")
        first = self._next()
        self._take(",")
        second = self._next()
        self._take(")")
        return first, second

    def _take(self, sign: str) -> bool:
        found = bool(self._tokens) and sign in {self._tokens[0]["mark"], self._tokens[0]["word"]}
        if found:
            self._tokens.pop(0)
        return found

    def _next(self) -> str:
        token = self._tokens.pop(0)
        text: str | None = token["text"]
        return token["word"] if text is None else text.replace("''", "'")
