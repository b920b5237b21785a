"""A run counted in parts: nothing is lost however long it is, and reports hold it."""

import dataclasses
import json

import pytest

from trunkline.contract import RunReport
from trunkline.contract.model.timeline import MOST, Timeline
from trunkline.contract.reports.strips import strips


def test_a_long_run_has_longer_parts():
    timeline = Timeline(width=0.5)
    for second in range(500):
        timeline.called("listThings", second)
    timeline.found(3, 499.0)
    timeline.found(0, 10_000.0)
    assert timeline.width == 8.0
    assert timeline.parts <= MOST
    assert sum(timeline.calls["listThings"]) == 500
    assert timeline.calls["listThings"][:2] == [8, 8]
    assert timeline.findings[int(499 / 8)] == sum(timeline.findings) == 3


def test_runs_beside_each_other_share_their_time():
    short, long = Timeline(width=0.5), Timeline(width=0.5)
    for at in (0.1, 0.6, 20.0):
        short.called("a", at)
    long.called("a", 0.6)
    long.called("b", 100.0)
    long.found(1, 100.0)
    for one, other in ((short, long), (long, short)):
        both = Timeline.from_json(json.loads(json.dumps(dataclasses.asdict(one))))
        both.add(other)
        assert both.width == 1.0
        assert both.calls["a"][:2] == [3, 0]
        assert both.calls["a"][20] == 1
        assert both.calls["b"][100] == both.findings[100] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"width": 0, "calls": {}, "findings": []},
        {"width": 1, "calls": {"a": [0] * 10_000}, "findings": []},
        {"width": "x", "calls": {}, "findings": []},
        {"width": 1, "calls": {"a": ["x"]}, "findings": []},
    ],
)
def test_what_is_no_timeline_is_refused(wrong):
    with pytest.raises(ValueError):  # the reader of reports says where
        Timeline.from_json(wrong)


def test_strips_show_what_came_when():
    report = RunReport("a", "A", "http://127.0.0.1", 0, "smoke")
    assert strips(report).rows == ()
    report.labels["late"] = "GET /late"
    report.timeline = Timeline(
        width=1.0, calls={"late": [0, 0, 1], "early": [100, 1]}, findings=[0, 2]
    )
    shown = strips(report)
    assert [row.name for row in shown.rows] == ["findings", "early", "GET /late"]
    assert (shown.parts, shown.end) == (3, "3 s")
    early = {shade.kind: shade.path for shade in shown.rows[1].shades}
    assert early == {"call s1": "M1 0h1v1h-1z", "call s4": "M0 0h1v1h-1z"}
    assert shown.rows[2].said == "called 1 time from 2.0 to 3.0 s"
