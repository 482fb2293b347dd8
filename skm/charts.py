"""Charts as pictures: element scores, a trend, bars of a budget, an organisation chart.

What a chart prints comes in as text, already formatted; the values only place it. A picture
is SVG for PDF and HTML, its text still text, and PNG for DOCX; equal input gives equal bytes.
matplotlib is imported at the first chart, not with this module: nothing else takes as long.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_FONTS = Path(__file__).parent / "document" / "fonts"
_FAMILY = "Liberation Sans"
_DRAWING = Lock()  # matplotlib's settings and fonts are one for the whole process

_MM = 1 / 25.4
_WIDTH = 160  # of a page's text, in mm
_LABEL_LETTERS = 34  # beside the bars of a chart of that width
_PNG_DPI = 200
_LEVEL = 28.0  # height of a level of an organisation chart, in mm
_INK, _QUIET, _GRID = "#1a1a1a", "#4d4d4d", "#c8c8c8"
# Far apart in lightness, so that a grey print still tells them apart.
_FILLS = ("#1f4e79", "#a9c4de", "#6c7f92", "#e3e9ef")


@dataclass(frozen=True)
class Picture:
    """A picture in the forms that the writers need, with its alternative text.

    A drawing has ``svg`` for PDF and HTML, which take ``png`` where it is missing, and ``png``
    for DOCX. A photograph has ``jpeg`` alone.
    """

    svg: bytes | None
    png: bytes | None
    alt: str
    jpeg: bytes | None = None


@dataclass(frozen=True)
class Bound:
    """A class begins at this value; its name, such as ``B``, is written over the line."""

    value: float
    text: str


@dataclass(frozen=True)
class Scores:
    """Scores of elements, drawn in the order given, from the top.

    Attributes:
        labels, values, texts: one each an element; ``texts`` are the values as printed.
        bounds: the lower bounds of the classes.
        low, high: ends of the scale.
        width: of the picture in mm; its letters stay as large, so a telephone gets a narrow one.
    """

    labels: Sequence[str]
    values: Sequence[float]
    texts: Sequence[str]
    bounds: Sequence[Bound]
    alt: str
    low: float = 25
    high: float = 100
    width: float = _WIDTH

    @property
    def wrapped(self) -> list[str]:
        """The labels on the lines that they take in the picture."""
        letters = round(_LABEL_LETTERS * self.width / _WIDTH)
        return [_wrapped(label, letters) for label in self.labels]

    @property
    def height(self) -> float:
        """Of the picture in mm, known before it is drawn."""
        lines = max((label.count("\n") + 1 for label in self.wrapped), default=1)
        return 22 + max(7.5, 3.7 * lines) * len(self.labels)


@dataclass(frozen=True)
class Trend:
    """A value over periods; None where a period has none, and the line is broken there.

    ``width`` and ``height`` of the picture in mm, as those of :class:`Scores`.
    """

    labels: Sequence[str]
    values: Sequence[float | None]
    texts: Sequence[str]
    bounds: Sequence[Bound]
    alt: str
    low: float = 25
    high: float = 100
    width: float = _WIDTH
    height: ClassVar[float] = 75.0


@dataclass(frozen=True)
class Series:
    """What one kind of bar shows, a value and its printed text for each category."""

    name: str
    values: Sequence[float]
    texts: Sequence[str]


@dataclass(frozen=True)
class Bars:
    """Bars side by side for each category, or end to end where ``stacked``."""

    labels: Sequence[str]
    series: Sequence[Series]
    alt: str
    stacked: bool = False


@dataclass(frozen=True)
class Office:
    """A box of an organisation chart, and the boxes under it."""

    name: str
    under: Sequence[Office] = ()


def element_scores(scores: Scores, *, png: bool = True) -> Picture:
    """A horizontal bar an element, with the bounds of the classes.

    Raises:
        ValueError: labels, values and texts are not equally many.
    """
    labels = scores.wrapped
    with _figure(scores.height, scores.width) as figure:
        axes = _axes(figure)
        places = range(len(scores.labels))
        widths = [value - scores.low for value in scores.values]
        axes.barh(places, widths, 0.68, left=scores.low, color=_FILLS[0])
        for place, value, text in zip(places, scores.values, scores.texts, strict=True):
            axes.annotate(text, (value, place), **_behind_bar())
        axes.set_yticks(places, labels)
        axes.set_ylim(len(labels) - 0.4, -0.6)
        beyond = 0.08 * _WIDTH / scores.width  # room for the value behind a full bar
        axes.set_xlim(scores.low, scores.high + (scores.high - scores.low) * beyond)
        axes.set_xticks([])
        for bound in scores.bounds:
            axes.axvline(bound.value, color=_QUIET, lw=0.8, ls=(0, (4, 3)), zorder=0.5)
            axes.annotate(bound.text, (bound.value, 1), **_over_axes())
        return _picture(figure, scores.alt, png=png)


def trend(line: Trend, *, png: bool = True) -> Picture:
    """A line over periods, each point with its value, and the bounds of the classes.

    Raises:
        ValueError: labels, values and texts are not equally many.
    """
    with _figure(line.height, line.width) as figure:
        axes = _axes(figure)
        axes.spines["left"].set_visible(False)
        axes.spines["bottom"].set_visible(True)
        places = range(len(line.labels))
        heights = [float("nan") if value is None else value for value in line.values]
        axes.plot(places, heights, color=_FILLS[0], lw=1.8, marker="o", ms=5)
        for place, value, text in zip(places, line.values, line.texts, strict=True):
            if value is not None:
                axes.annotate(text, (place, value), **_over_point())
        crowded = len(line.labels) > 8 * line.width / _WIDTH
        axes.set_xticks(
            places, [label if crowded else _wrapped(label, 12) for label in line.labels]
        )
        if crowded:
            axes.tick_params(axis="x", rotation=45)
        axes.set_xlim(-0.5, len(line.labels) - 0.5)
        axes.set_ylim(line.low, line.high + (line.high - line.low) * 0.08)
        axes.set_yticks([])
        for bound in line.bounds:
            axes.axhline(bound.value, color=_QUIET, lw=0.8, ls=(0, (4, 3)), zorder=1)
            axes.annotate(bound.text, (1, bound.value), **_beside_axes())
        return _picture(figure, line.alt, png=png)


def bars(chart: Bars, *, png: bool = True) -> Picture:
    """Horizontal bars of one or several series, told apart in a grey print too.

    Raises:
        ValueError: a series has not as many values and texts as there are labels, or there
            are more series than can be told apart.
    """
    if len(chart.series) > len(_FILLS):
        raise ValueError(f"{len(chart.series)} series, {len(_FILLS)} can be told apart")
    thick = 0.7 if chart.stacked else 0.76 / len(chart.series)
    with _figure(
        16 + len(chart.labels) * (10 if chart.stacked else 3 + 6 * len(chart.series))
    ) as (figure):
        axes = _axes(figure)
        ends = [0.0] * len(chart.labels)
        for number, series in enumerate(chart.series):
            shift = 0.0 if chart.stacked else (number - (len(chart.series) - 1) / 2) * thick
            places = [place + shift for place in range(len(chart.labels))]
            starts = list(ends) if chart.stacked else [0.0] * len(ends)
            axes.barh(
                places, series.values, thick, left=starts, label=series.name,
                color=_FILLS[number], edgecolor=_INK, linewidth=0.6,
            )  # fmt: skip
            for index, text in enumerate(series.texts):
                value, place = series.values[index], places[index]
                if chart.stacked:
                    ink = "white" if number in (0, 2) else _INK
                    middle = starts[index] + value / 2
                    axes.text(middle, place, text, ha="center", va="center", color=ink)
                    ends[index] += value
                else:
                    axes.annotate(text, (value, place), **_behind_bar())
        labels = [_wrapped(label, 30) for label in chart.labels]
        axes.set_yticks(range(len(labels)), labels)
        axes.set_ylim(len(labels) - 0.45, -0.55)
        axes.set_xlim(0, max(_lengths(chart)) * (1.01 if chart.stacked else 1.22))
        axes.set_xticks([])
        if len(chart.series) > 1:
            axes.legend(
                loc="lower left", bbox_to_anchor=(0, 1), ncols=len(chart.series), frameon=False
            )
        return _picture(figure, chart.alt, png=png)


def organisation(top: Office, alt: str, *, png: bool = True) -> Picture:
    """An organisation chart: each office over those under it."""
    leaves, depth = _leaves(top), _depth(top)
    with _figure(_LEVEL * (depth - 1) + 24) as figure:
        figure.set_layout_engine("none")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, leaves)
        axes.set_ylim(-_LEVEL * (depth - 1) - 22, 2)
        _draw_office(axes, top, 0.0, 0.0, letters=max(10, 96 // leaves))
        return _picture(figure, alt, png=png)


def _draw_office(axes: Axes, office: Office, left: float, head: float, letters: int) -> float:
    """Draw an office in the middle of its own leaves; its place is returned."""
    places, start = [], left
    for child in office.under:
        places.append(_draw_office(axes, child, start, head - _LEVEL, letters))
        start += _leaves(child)
    middle = (places[0] + places[-1]) / 2 if places else left + 0.5
    if places:
        fork = head - _LEVEL + 5
        line: dict[str, Any] = {"color": _INK, "lw": 0.9, "zorder": 1}
        axes.plot([middle, middle], [head - 3, fork], **line)
        axes.plot([min(places), max(places)], [fork, fork], **line)
        for place in places:
            axes.plot([place, place], [fork, fork - 6], **line)
    axes.text(
        middle, head - 1.5, _wrapped(office.name, letters), ha="center", va="top",
        fontsize=7.5, linespacing=1.25, zorder=2,
        bbox={"boxstyle": "square,pad=0.55", "facecolor": _FILLS[3], "edgecolor": _INK, "lw": 0.8},
    )  # fmt: skip
    return middle


def _leaves(office: Office) -> int:
    return sum(_leaves(child) for child in office.under) or 1


def _depth(office: Office) -> int:
    return 1 + max((_depth(child) for child in office.under), default=0)


def _lengths(chart: Bars) -> Iterator[float]:
    if chart.stacked:
        yield from (sum(values) for values in zip(*(s.values for s in chart.series), strict=True))
    else:
        yield from (value for series in chart.series for value in series.values)


@contextmanager
def _figure(height: float, width: float = _WIDTH) -> Iterator[Figure]:
    """An empty figure, ``height`` and ``width`` in mm, under our settings."""
    with _DRAWING:
        _load_fonts()
        import matplotlib
        from matplotlib.figure import Figure

        with matplotlib.rc_context(
            {
                "font.family": [_FAMILY],
                "font.size": 8.5,
                "text.color": _INK,
                "text.parse_math": False,
                "axes.edgecolor": _QUIET,
                "xtick.color": _INK,
                "ytick.color": _INK,
                "svg.fonttype": "none",
                "svg.hashsalt": "skm",
            }
        ):
            yield Figure(figsize=(width * _MM, height * _MM), layout="constrained")


@cache
def _load_fonts() -> None:
    from matplotlib import font_manager

    for file in sorted(_FONTS.glob("LiberationSans-*.ttf")):
        font_manager.fontManager.addfont(str(file))


def _axes(figure: Figure) -> Axes:
    axes = figure.add_subplot()
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(visible=False)
    return axes


def _halo() -> dict[str, Any]:
    """Text that stays legible where it crosses a line."""
    return {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.6}, "zorder": 4}


def _behind_bar() -> dict[str, Any]:
    return {"xytext": (4, 0), "textcoords": "offset points", "va": "center_baseline", **_halo()}


def _over_point() -> dict[str, Any]:
    return {"xytext": (0, 7), "textcoords": "offset points", "ha": "center", **_halo()}


def _over_axes() -> dict[str, Any]:
    return {
        "xycoords": ("data", "axes fraction"), "xytext": (0, 3), "textcoords": "offset points",
        "ha": "center", "va": "bottom", "color": _QUIET, "annotation_clip": False,
    }  # fmt: skip


def _beside_axes() -> dict[str, Any]:
    return {
        "xycoords": ("axes fraction", "data"), "xytext": (4, 0), "textcoords": "offset points",
        "ha": "left", "va": "center", "color": _QUIET, "annotation_clip": False,
    }  # fmt: skip


def _wrapped(text: str, letters: int) -> str:
    return "\n".join(textwrap.wrap(text, letters, break_long_words=False))


def _picture(figure: Figure, alt: str, *, png: bool) -> Picture:
    svg = io.BytesIO()
    figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    raster = io.BytesIO()
    if png:
        figure.savefig(raster, format="png", dpi=_PNG_DPI, metadata={"Software": None})
    # A reader without the font takes the one of equal widths, not any serif.
    named = svg.getvalue().replace(
        f"'{_FAMILY}'".encode(), f"'{_FAMILY}', Arial, sans-serif".encode()
    )
    return Picture(named, raster.getvalue() or None, alt)
