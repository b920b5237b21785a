"""The HTML report, in a browser: everything is there, nothing is fetched, it fits a phone."""

import dataclasses
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from trunkline.contract import RULES, Profile
from trunkline.contract.model import Findings
from trunkline.contract.reports import Baseline, html, json_lines, parse_report, since
from trunkline.pipeline.testing import RunOptions, Target, run_suite

pytestmark = pytest.mark.xdist_group("report page")
"""One process makes the run that all of them show."""


@pytest.fixture(scope="module")
def report():
    return run_suite(
        "telnyx", Target(defects=("update-not-kept",)), RunOptions(profile=Profile.SMOKE)
    )


@pytest.fixture
def page(report, browser, tmp_path):
    """The browser with the report open in it, watched for what it fetches."""
    file = tmp_path / "report.html"
    file.write_text(html(report), encoding="utf-8")
    browser.get(file.as_uri())
    return browser


def visible(browser, selector):
    return [e for e in browser.find_elements(By.CSS_SELECTOR, selector) if e.is_displayed()]


def fetched(browser):
    names = "return performance.getEntriesByType('resource').map(entry => entry.name)"
    return browser.execute_script(names)


def test_a_defect_can_be_read_up_on(page, report):
    wanted = next(c for c in report.causes if c.rule == "update-visible").example
    entries = visible(page, "details.finding[data-rule=update-visible]")
    assert len(entries) == sum(c.rule == "update-visible" for c in report.causes)
    entry = entries[0]
    assert wanted.message in entry.text
    assert not visible(page, "details.finding pre.curl")
    entry.find_element(By.TAG_NAME, "summary").click()
    assert "specs/telnyx/openapi.yaml:" in entry.text
    assert "telnyx-ovp" in entry.text or "telnyx-cc" in entry.text
    curls = [e.text for e in entry.find_elements(By.CSS_SELECTOR, "pre.curl")]
    calls = [e.text for e in entry.find_elements(By.CSS_SELECTOR, "pre.call")]
    assert len(curls) == len(wanted.before) + len(wanted.steps)
    assert any(t.startswith("curl -sS -i ") and " -X PATCH " in t for t in curls)
    assert any(".update(" in text for text in calls)


def test_one_cause_is_one_entry_until_it_is_opened(page, report):
    assert len(visible(page, "details.finding")) == len(report.causes) < len(report.violations)
    big = max(report.causes, key=lambda cause: len(cause.findings))
    (group,) = (
        g
        for g in visible(page, "details.more")
        if g.text.startswith(f"and {len(big.findings) - 1} more like it")
    )
    assert not [e for e in group.find_elements(By.TAG_NAME, "details") if e.is_displayed()]
    group.find_element(By.TAG_NAME, "summary").click()
    inside = [e.text for e in group.find_elements(By.CSS_SELECTOR, "details.finding")]
    for violation in big.findings:
        assert violation is big.example or any(violation.message in text for text in inside)


def test_the_timeline_shows_every_operation_that_was_called(page, report):
    rows = page.find_elements(By.CSS_SELECTOR, "#timeline tbody tr")
    called = {name for name, seen in report.coverage.items() if sum(seen.statuses.values())}
    titles = [row.find_element(By.TAG_NAME, "th").get_attribute("title") for row in rows]
    assert titles[0] == ""
    assert called <= set(titles)
    for row, title in zip(rows[1:], titles[1:], strict=True):
        strip = row.find_element(By.TAG_NAME, "svg")
        count = sum(report.timeline.calls[title])
        assert strip.get_attribute("aria-label").startswith(f"called {count} times")
        assert strip.size["width"] > 100
        assert strip.find_elements(By.TAG_NAME, "path")
    assert sum(report.timeline.findings) == len(report.violations)
    again = parse_report("".join(f"{line}\n" for line in json_lines(report)), Path("report"))
    assert again.timeline == report.timeline


def test_an_address_opens_what_it_names(page, report):
    page.get(f"{page.current_url}#violation-{len(report.violations)}")
    page.refresh()
    entry = page.find_element(By.ID, f"violation-{len(report.violations)}")
    assert entry.find_element(By.CSS_SELECTOR, "pre.curl").is_displayed()


def test_the_filter_leaves_what_fits(page, report):
    box = page.find_element(By.ID, "filter")
    before = page.find_element(By.ID, "shown").text
    everything = len(report.violations)
    box.send_keys("update-visible CredentialConnection")
    left = visible(page, "details.finding")
    wanted = [
        v
        for v in report.violations
        if v.rule == "update-visible" and "CredentialConnection" in v.operation
    ]
    assert 0 < len(left) == len(wanted) < everything
    assert page.find_element(By.ID, "shown").text == f"{len(left)} of {everything}"
    box.clear()
    box.send_keys(" ")
    button = page.find_element(By.CSS_SELECTOR, "button[data-rule=null-clears]")
    button.click()
    rules = {e.get_attribute("data-rule") for e in visible(page, "details.finding")}
    assert rules == {"null-clears"}
    button.click()
    assert len(visible(page, "details.finding")) == len(report.causes)
    assert page.find_element(By.ID, "shown").text == before


def test_coverage_names_what_was_touched_and_what_was_not(page, report):
    rows = page.find_elements(By.CSS_SELECTOR, "#checks tbody tr")
    assert [r.find_element(By.TAG_NAME, "th").get_attribute("title") for r in rows] == list(
        dict.fromkeys(o.target for o in report.results)
    )
    assert "GET /outbound_voice_profiles" in [r.find_element(By.TAG_NAME, "th").text for r in rows]
    assert visible(page, "#checks td.broken")
    operation = page.find_element(By.CSS_SELECTOR, "details.operation[data-filter^=listOut]")
    operation.find_element(By.TAG_NAME, "summary").click()
    chips = [e.text for e in operation.find_elements(By.CSS_SELECTOR, ".chip")]
    entry = report.coverage["listOutboundVoiceProfiles"]
    assert f"200 × {entry.statuses['200']}" in chips
    assert any(chip.startswith("query page[size] ") for chip in chips)
    assert any(chip.startswith("pages-partition × ") for chip in chips)
    assert entry.statuses["200"] > 10
    assert entry.parameters["query page[size]"].accepted > 0
    assert entry.parameters["query page[size]"].refused > 0


def test_what_is_wrong_is_marked_and_stands_beside_what_was_sent(page, report):
    entry = visible(page, "details.finding[data-rule=update-visible]")[0]
    entry.find_element(By.TAG_NAME, "summary").click()
    wanted = next(c for c in report.causes if c.rule == "update-visible").example
    sent = entry.find_element(By.CSS_SELECTOR, "dd.sent").text
    shown = entry.find_element(By.CSS_SELECTOR, "dd.shown").text
    assert f"updated to {sent} and reads back as {shown}" in wanted.message
    marks = [e.text.strip().rstrip(",") for e in entry.find_elements(By.TAG_NAME, "mark")]
    assert marks == [f'"{wanted.subject.split(".")[-1]}": {shown}']
    assert RULES["update-visible"].remediation in entry.text
    assert f"trunkline replay REPORT {wanted.id}" in entry.text


def test_a_command_is_copied_as_it_stands(page):
    page.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]},
    )
    entry = visible(page, "details.finding")[0]
    entry.find_element(By.TAG_NAME, "summary").click()
    box = entry.find_element(By.CSS_SELECTOR, ".code")
    button = box.find_element(By.TAG_NAME, "button")
    button.click()
    WebDriverWait(page, 10).until(lambda _: button.get_attribute("textContent") == "Copied")
    copied = page.execute_async_script(
        "const done = arguments[0]; navigator.clipboard.readText().then(done, e => done(String(e)))"
    )
    assert copied == box.find_element(By.TAG_NAME, "pre").get_attribute("textContent")


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_the_first_finding_is_on_the_first_screen(page, width, height):
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    page.refresh()
    top = page.execute_script(
        "return document.querySelector('details.finding').getBoundingClientRect().top"
    )
    assert top < height
    assert page.execute_script("return document.documentElement.scrollWidth") <= width


def test_it_says_what_has_changed_since_an_earlier_report(report, browser, tmp_path):
    """Gone is what was found and is not any more; new what was not found; both are told apart."""
    earlier = read_again(report)
    (lost, *_), *_ = [c.findings for c in earlier.causes if c.rule == "null-clears"]
    kept = Findings()
    kept.extend([f for f in earlier.findings.all if f.key != lost.key])
    extra = dataclasses.replace(lost, subject="made_up")
    kept.add(extra)
    earlier.findings = kept
    for result in earlier.results:
        if lost.key in {f.key for f in result.findings}:
            result.findings.append(extra)
    compared = since(report, earlier)
    assert [f.key for f in compared.new] == [lost.key]
    assert [f.key for f in compared.gone] == [extra.key]
    assert len(compared.still) == len(report.violations) - 1
    file = tmp_path / "compared.html"
    file.write_text(html(report, earlier), encoding="utf-8")
    browser.get(file.as_uri())
    assert f"1 new, 1 gone, {len(compared.still)} still there" in browser.page_source
    badges = browser.find_elements(By.CSS_SELECTOR, ".badge")
    assert len(badges) == 1
    assert "made_up" in browser.find_element(By.ID, "gone").text


def read_again(report):
    return parse_report("\n".join(json_lines(report)), Path("earlier.jsonl"))


def test_what_was_not_tried_again_is_not_gone(report):
    later = read_again(report)
    for result in later.results:
        result.tried = 0
    later.findings, later.fuzzed = Findings(), 0
    compared = since(later, report)
    assert compared.gone == ()
    assert len(compared.unknown) == len(report.violations)


def test_nothing_is_fetched_and_nothing_goes_wrong(page):
    assert fetched(page) == []
    assert page.get_log("browser") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone_in_both_schemes(page, scheme, tmp_path):
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    size = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    page.refresh()
    page.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")
    width = page.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    assert width == [360, 360]
    colour = page.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert colour == {"light": "rgb(246, 247, 249)", "dark": "rgb(15, 18, 22)"}[scheme]


def test_what_a_baseline_accepts_stands_apart(report, browser, tmp_path):
    import copy
    import datetime

    listed = tmp_path / "known.yaml"
    listed.write_text(
        "accepted:\n"
        "  - {rule: update-visible, operation: updateOutboundVoiceProfile,\n"
        "     reason: waits for release 7, expires: '2030-01-01'}\n"
    )
    mine = copy.deepcopy(report)
    Baseline.read(listed).apply(mine, datetime.date(2026, 1, 1), whole=True)
    file = tmp_path / "report.html"
    file.write_text(html(mine), encoding="utf-8")
    browser.get(file.as_uri())
    accepted = visible(browser, "#accepted details.accepted")
    assert 0 < len(accepted) == len(mine.accepted)
    others = browser.find_elements(By.CSS_SELECTOR, "details.finding")
    assert len(others) == len(report.violations) - len(accepted)
    accepted[0].find_element(By.TAG_NAME, "summary").click()
    assert "Accepted until 2030-01-01: waits for release 7" in accepted[0].text
