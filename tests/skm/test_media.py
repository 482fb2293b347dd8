"""The kinds of media that the yearly evaluation counts."""

from __future__ import annotations

from skm.media import WEBSITE, media_rule


def test_the_six_kinds_of_the_instrument_stand_in_its_order() -> None:
    rule = media_rule()
    names = ["cetak", "elektronik", "media-sosial", "website", "aplikasi", "luar-ruang"]
    assert [each.code for each in rule.classes] == names
    assert rule.named(WEBSITE) is not None
    assert (rule.evaluation, rule.question) == ("PermenPANRB 29/2022", "7.a.T")


def test_the_best_mark_needs_more_than_four_kinds() -> None:
    rule = media_rule()
    names = [each.code for each in rule.classes]
    assert [rule.lacking(names[:n]) for n in range(7)] == [5, 4, 3, 2, 1, 0, 0]
    assert rule.lacking(["cetak"] * 9) == 4
