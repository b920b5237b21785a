"""The emulator's page in a real browser: objects, requests with their verdicts, fault switches."""

from collections.abc import Iterator

import httpx2
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from trunkline.emulator import running
from trunkline.emulator.server.serving import Running
from trunkline.pipeline import load_api

PROFILES = "/outbound_voice_profiles"


@pytest.fixture
def server() -> Iterator[Running]:
    with running(load_api("telnyx").api) as started:
        yield started


@pytest.fixture
def client(server: Running) -> Iterator[httpx2.Client]:
    headers = {"Authorization": f"Bearer {server.credentials['token']}"}
    with httpx2.Client(base_url=server.url, headers=headers) as opened:
        yield opened


@pytest.fixture
def page(server: Running, browser: webdriver.Chrome) -> webdriver.Chrome:
    browser.get(f"{server.origin}/__trunkline__/")
    until(browser, lambda: browser.find_element(By.ID, "title").text.startswith("Telnyx"))
    return browser


def until(browser: webdriver.Chrome, condition) -> None:
    WebDriverWait(browser, 10).until(lambda _: condition())


def text(browser: webdriver.Chrome, name: str) -> str:
    return browser.find_element(By.ID, name).text


def no_faults_in_the_page(browser: webdriver.Chrome) -> None:
    assert [entry["message"] for entry in browser.get_log("browser")] == []


def test_shows_what_is_stored(page: webdriver.Chrome, client: httpx2.Client) -> None:
    made = client.post(PROFILES, json={"name": "<b>office</b>"}).json()["data"]
    until(page, lambda: made["id"] in text(page, "objects"))
    assert "<b>office</b>" in text(page, "objects")
    assert "outbound_voice_profiles (1)" in text(page, "resources")

    Select(page.find_element(By.ID, "account")).select_by_visible_text("account-2")
    until(page, lambda: text(page, "none") == "nothing yet")
    assert "outbound_voice_profiles (0)" in text(page, "resources")
    no_faults_in_the_page(page)


def test_shows_why_a_request_was_refused(page: webdriver.Chrome, client: httpx2.Client) -> None:
    client.get(PROFILES)
    refused = client.post(PROFILES, json={"name": 7})
    assert refused.status_code == 422
    until(page, lambda: "POST /v2/outbound_voice_profiles" in text(page, "requests"))

    page.find_element(By.ID, "refused").click()
    until(page, lambda: "GET" not in text(page, "requests"))
    page.find_element(By.CSS_SELECTOR, "#requests summary").click()
    shown = text(page, "requests")
    assert "answered 422" in shown
    assert refused.text in shown
    assert "trunkline-token-1" not in page.page_source
    no_faults_in_the_page(page)


def test_switches_faults_on_and_off(page: webdriver.Chrome, client: httpx2.Client) -> None:
    form = page.find_element(By.ID, "fault")
    status = form.find_element(By.NAME, "status")
    status.clear()
    status.send_keys("418")
    form.find_element(By.TAG_NAME, "button").click()
    until(page, lambda: "418" in text(page, "faults"))
    assert client.get(PROFILES).status_code == 418

    page.find_element(By.CSS_SELECTOR, "#faults button").click()
    until(page, lambda: text(page, "faults") == "")
    assert client.get(PROFILES).status_code == 200
    no_faults_in_the_page(page)


def test_forgets_everything(page: webdriver.Chrome, client: httpx2.Client) -> None:
    made = client.post(PROFILES, json={"name": "office"}).json()["data"]
    until(page, lambda: made["id"] in text(page, "objects"))
    page.find_element(By.ID, "reset").click()
    until(page, lambda: text(page, "none") == "nothing yet")
    assert client.get(f"{PROFILES}/{made['id']}").status_code == 404


@pytest.mark.parametrize("width", [1280, 390])
def test_fits_the_screen(page: webdriver.Chrome, client: httpx2.Client, width: int) -> None:
    client.post(PROFILES, json={"name": "office", "whitelisted_destinations": ["US", "CA"]})
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    until(page, lambda: "office" in text(page, "objects"))
    assert page.execute_script("return document.documentElement.scrollWidth") <= width


def test_programs_are_still_given_json(server: Running) -> None:
    index = httpx2.get(f"{server.origin}/__trunkline__/")
    assert index.json()["api"] == "Telnyx"
    page = httpx2.get(f"{server.origin}/__trunkline__/", headers={"Accept": "text/html"})
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert page.text.startswith("<!doctype html>")


def test_operations_are_tried_and_objects_edited(
    page: webdriver.Chrome, client: httpx2.Client
) -> None:
    until(page, lambda: len(page.find_elements(By.CSS_SELECTOR, "#operation option")) > 3)
    Select(page.find_element(By.ID, "operation")).select_by_visible_text(f"POST {PROFILES}")
    until(page, lambda: '"name"' in page.find_element(By.ID, "body").get_property("value"))
    page.find_element(By.CSS_SELECTOR, "#call button:not([type])").click()
    until(page, lambda: text(page, "response").startswith("200 "))
    until(page, lambda: len(page.find_elements(By.CSS_SELECTOR, "#objects tbody tr")) == 1)

    page.find_element(By.CSS_SELECTOR, "#objects tbody tr").click()
    field = page.find_element(By.ID, "document")
    shown = field.get_property("value")
    field.clear()
    field.send_keys(shown.replace('"example"', '"edited"', 1))
    page.find_element(By.ID, "save").click()
    until(page, lambda: "edited" in text(page, "objects"))
    assert client.get(PROFILES).json()["data"][0]["name"] == "edited"
    page.find_element(By.ID, "forget").click()
    until(page, lambda: client.get(PROFILES).json()["data"] == [])
    no_faults_in_the_page(page)


def test_a_call_is_copied_as_one_of_the_client(
    page: webdriver.Chrome, server: Running, client: httpx2.Client
) -> None:
    page.set_permissions("clipboard-write", "granted")
    page.set_permissions("clipboard-read", "granted")
    until(page, lambda: len(page.find_elements(By.CSS_SELECTOR, "#operation option")) > 9)
    Select(page.find_element(By.ID, "operation")).select_by_value("listOutboundVoiceProfiles")
    until(page, lambda: page.find_elements(By.CSS_SELECTOR, "[data-name='page[size]']"))
    page.find_element(By.CSS_SELECTOR, "[data-name='page[size]']").send_keys("5")
    page.find_element(By.ID, "copy-python").click()
    read = "return navigator.clipboard.readText()"
    until(page, lambda: "client." in (page.execute_script(read) or ""))
    copied = page.execute_script(read)
    assert (
        copied == "for item in client.outbound_voice_profiles.list(page_size=5):\n    print(item)"
    )
    told = httpx2.post(
        f"{server.origin}/__trunkline__/operations/createOutboundVoiceProfile",
        json={"parameters": [], "body": '{"name": "office"}'},
    ).json()
    assert told == {"python": 'client.outbound_voice_profiles.create(name="office")'}
    no_faults_in_the_page(page)


def test_defects_are_switched_on_and_off(
    page: webdriver.Chrome, server: Running, client: httpx2.Client
) -> None:
    until(page, lambda: len(page.find_elements(By.CSS_SELECTOR, "#mistake option")) > 20)
    made = client.post(PROFILES, json={"name": "office"}).json()["data"]["id"]

    def renamed(name: str) -> str:
        client.patch(f"{PROFILES}/{made}", json={"name": name}).raise_for_status()
        return str(client.get(f"{PROFILES}/{made}").json()["data"]["name"])

    assert renamed("desk") == "desk"
    Select(page.find_element(By.ID, "mistake")).select_by_value("update-not-kept")
    page.find_element(By.CSS_SELECTOR, "#defect button").click()
    until(page, lambda: "update-not-kept" in text(page, "mistakes"))
    assert renamed("hall") == "desk"
    until(page, lambda: "update-not-kept" in text(page, "defects"))
    page.find_element(By.CSS_SELECTOR, "#mistakes button").click()
    until(page, lambda: not text(page, "mistakes"))
    assert renamed("hall") == "hall"
    no_faults_in_the_page(page)
    admin = f"{server.origin}/__trunkline__/defects"
    refused = httpx2.put(admin, json=["no-such"])
    assert (refused.status_code, refused.json()["error"]) == (
        400, "there is no defect called 'no-such'",
    )  # fmt: skip
    assert httpx2.put(admin, json={}).status_code == 400
