"""Reads an HTML document with the parser of the standard library."""

from __future__ import annotations

from html.parser import HTMLParser

from document_readers import Reading, marker


class _Html(HTMLParser):
    _BLOCKS = frozenset(
        {"p", "h1", "h2", "h3", "h4", "li", "td", "th", "dt", "dd", "caption", "figcaption"}
        | {"div", "math", "mtext", "br", "span"}
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.reading = Reading()
        self.ids: list[str] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._counters: list[int] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag in self._BLOCKS:
            self._flush()
        if tag == "img":
            self.reading.alts.append(values["alt"])
        if tag in ("ol", "ul"):
            self._flush()
            self._counters.append(int(values.get("start", "1")))
        if tag == "li" and self._counters and not self._inside("nav"):
            self._mark()
        if tag not in ("img", "br", "col", "meta"):
            self._open.append((tag, values))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._BLOCKS or tag in ("ol", "ul", "a"):
            if tag == "a" and self._inside("nav"):
                self.reading.entries.append((self._text.strip(), ""))
            if tag != "a":
                self._flush()
        if tag in ("ol", "ul"):
            self._counters.pop()
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._inside("main"):
            self._text += data

    def _inside(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)

    def _mark(self) -> None:
        _, values = next(item for item in reversed(self._open) if item[0] in ("ol", "ul"))
        classes = values["class"].split()
        if "type" in values:
            frame = {"dot": "{}.", "parenthesis": "{})", "brackets": "({})"}[classes[0]]
            pattern = frame.format(values["type"])
        else:
            pattern = {"bullet": "•", "dash": "–"}[classes[0]]
        self.reading.markers.append(marker(pattern, self._counters[-1]))
        self._counters[-1] += 1

    def _flush(self) -> None:
        if self._text.strip():
            self.reading.texts.append(self._text)
        self._text = ""


def read_html(text: str) -> Reading:
    """What an HTML file shows."""
    parser = _Html()
    parser.feed(text)
    return parser.reading


def html_ids(text: str) -> list[str]:
    """The ids in an HTML file, in order."""
    parser = _Html()
    parser.feed(text)
    return parser.ids
