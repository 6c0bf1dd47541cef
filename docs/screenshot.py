"""Takes the README's pictures of the page: `python docs/screenshot.py ADDRESS` writes them beside itself.

The app is to be started with `DDGS_PROXY=http://127.0.0.1:9999`, where nobody answers while the picture of a running
turn is taken, so that its search goes on for as long as that takes.

A picture is a WebP inside an SVG, because the Hub wants binary files in its large file storage and text as it is.
"""

import base64
import io
import shutil
import socket
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

REQUEST = (
    "Plan a superhero-themed dinner party at Wayne Mansion for 50 guests on 12 December at 7 pm, "
    "6 of them vegetarian, for $6000"
)
FOLLOW_UP = "make it 60 guests"
SEARCH = "Search the web for a string quartet in Gotham City"
PROXY = ("127.0.0.1", 9999)
DESKTOP = {"width": 1360, "height": 920}
PHONE = {"width": 390, "height": 844}


def main(address: str) -> None:
    """Write the pictures from the app at this address."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = _planned(browser, address, viewport=DESKTOP)
        _save("page", page, DESKTOP)
        with socket.create_server(PROXY):
            _ask(page, SEARCH)
            page.get_by_text("web_search is running").wait_for()
            _save("running", page, DESKTOP)
        dark = _planned(browser, address, viewport=DESKTOP, color_scheme="dark")
        _ask(dark, FOLLOW_UP)
        dark.locator("#alfred-board mark").first.wait_for()
        _save("dark", dark, DESKTOP)
        phone = _planned(browser, address, viewport=PHONE, device_scale_factor=2)
        phone.get_by_role("tab", name="Plan").click()
        _save("phone", phone, PHONE)
        browser.close()


def _planned(browser: Browser, address: str, **options: object) -> Page:
    page = browser.new_page(**options)
    page.goto(address, wait_until="domcontentloaded")
    page.locator("#alfred-send:enabled").wait_for()
    _ask(page, REQUEST)
    page.locator("#alfred-board h2").wait_for(state="attached")
    return page


def _ask(page: Page, request: str) -> None:
    page.locator("#alfred-request textarea").fill(request)
    page.keyboard.press("Enter")


def _save(name: str, page: Page, size: dict[str, int]) -> None:
    page.wait_for_timeout(800)
    packed = io.BytesIO()
    Image.open(io.BytesIO(page.screenshot())).save(packed, "WEBP", quality=60)
    data = base64.b64encode(packed.getvalue()).decode()
    width, height = size.values()
    Path(__file__).with_name(f"{name}.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/webp;base64,{data}"/></svg>\n'
    )


if __name__ == "__main__":
    main(sys.argv[1])
