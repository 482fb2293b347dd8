"""A plan that contradicts itself is told so; that of 2020 is, and only in what it accepts."""

from __future__ import annotations

import copy
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import tomlkit
from complete_plan import complete_plan

from lkip.checking import check_plan, check_year
from lkip.findings import Finding, Severity
from lkip.plan import load_plan
from skm.errors import SkmError
from skm.instance import Instance

GOAL = 0.95
Keys = tuple[str | int, ...]


def findings_of(office: Instance, plan: dict[str, Any]) -> set[Finding]:
    """The findings of a plan as it would stand in the file; one that is refused is found too."""
    file = office.plan(2020)
    file.write_text(tomlkit.dumps(plan), encoding="utf-8")
    return set(check_plan(load_plan(file), office).findings)


def test_the_plan_of_2020_has_no_error_beyond_the_accepted(office: Instance) -> None:
    review = check_year(office, 2020)
    assert not review.failed
    accepted = [found for found in review.findings if "Diterima:" in found.message]
    assert [found.code for found in accepted] == ["target-berbeda"]
    assert {found.severity for found in accepted} == {Severity.NOTE}


def test_what_is_accepted_is_an_error_without_its_entry(office: Instance) -> None:
    plan = tomllib.loads(office.plan(2020).read_text(encoding="utf-8"))
    del plan["accepted"]
    errors = [found for found in findings_of(office, plan) if found.severity is Severity.ERROR]
    assert [found.code for found in errors] == ["target-berbeda"]


def test_a_year_without_plan_is_refused(office: Instance) -> None:
    with pytest.raises(SkmError, match="Rencana tahun 2019 belum ada"):
        check_year(office, 2019)


# ------------------------------------------------------------ any single figure mistyped

# What another figure of the plan depends on: the pattern of its key, and on what it is held
# against. Figures that stand alone (the realisation of a line, an output) have no such partner.
DEPENDENT = {
    "year": "titles, cut-off, numbers and dates of the documents",
    "cut_off": "the year and the day of signing",
    "signing.date": "the year",
    "documents.*.first_year": "title of the Renstra, RPJMD, targets",
    "documents.*.last_year": "title of the Renstra, RPJMD, targets",
    "documents.*.month": "the annex and the year",
    "rkt.year": "the title of the RKT",
    "rpjmd.first_year": "the Renstra",
    "rpjmd.last_year": "the Renstra",
    "annex.*.month": "the document",
    "indicator.*.target.*.year": "the years of the Renstra and of the other targets",
    "indicator.*.target.*.value": "the same year in another document",
    "indicator.*.realisation.*.year": "the year of the report",
    "budget.outside.*.initial": "the revised amount",
    "budget.outside.*.revised": "the initial amount",
    "budget.kind.*.revised": "the lines of the group",
    "programme.*.activity.*.line.*.initial": "the revised amount",
    "programme.*.activity.*.line.*.revised": "the kinds of spending and the initial amount",
}


def figures(node: object, path: Keys = ()) -> Iterator[tuple[Keys, object]]:
    """All numbers and dates of a plan, with their paths."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from figures(value, (*path, key))
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from figures(value, (*path, position))
    elif isinstance(node, str):
        if path[-1] == "month":
            yield path, node
    elif not isinstance(node, bool):
        yield path, node


def pattern(path: Keys) -> str:
    document = path[0] == "documents"
    return ".".join(
        "*" if isinstance(part, int) or (document and place == 1) else part
        for place, part in enumerate(path)
    )


def is_held(plan: dict[str, Any], path: Keys) -> bool:
    """Whether another figure of the plan depends on this one."""
    if pattern(path) not in DEPENDENT:
        return False
    if path[-1] == "value":  # a promise for a year that no other document names stands alone
        targets = plan["indicator"][path[1]]["target"]
        years = [target["year"] for target in targets]
        return years.count(years[int(path[3])]) > 1
    return True


def mistyped(value: object) -> list[object]:
    """The value with one of its digits changed: the first, one in the middle, the last."""
    text = str(value)
    digits = [place for place, char in enumerate(text) if char.isdigit()]
    made: list[object] = []
    for place, step in ((digits[0], 1), (digits[len(digits) // 2], 3), (digits[-1], 5)):
        changed = text[:place] + str((int(text[place]) + step) % 10) + text[place + 1 :]
        try:
            if isinstance(value, date):
                made.append(date.fromisoformat(changed))
            else:
                made.append(type(value)(changed))  # type: ignore[call-arg]
        except ValueError:
            continue
    return [other for other in dict.fromkeys(made) if other != value]


def put(plan: dict[str, Any], path: Keys, value: object) -> dict[str, Any]:
    changed = copy.deepcopy(plan)
    node: Any = changed
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = value
    return changed


def test_a_mistyped_figure_is_found_wherever_another_depends_on_it(office: Instance) -> None:
    text = office.plan(2020).read_text(encoding="utf-8")
    plan = tomllib.loads(text)
    before = findings_of(office, plan)
    caught, missed = 0, []
    for path, value in figures(plan):
        if not is_held(plan, path):
            continue
        for other in mistyped(value):
            try:
                found = findings_of(office, put(plan, path, other))
            except SkmError:
                caught += 1
                continue
            if found - before:
                caught += 1
            else:
                missed.append((path, value, other))
    share = caught / (caught + len(missed))
    sys.stdout.write(f"mistyped figures found: {caught} of {caught + len(missed)}, {share:.1%}\n")
    assert share >= GOAL, missed


def test_the_complete_small_plan_is_checked_too(office: Instance) -> None:
    file = office.plan(2026)
    file.write_text(complete_plan(), encoding="utf-8")
    codes = {found.code for found in check_year(office, 2026).findings}
    assert "survei-baris" in codes
