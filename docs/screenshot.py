"""Takes the README's picture of the page: `python docs/screenshot.py ADDRESS`.

The picture is a WebP inside an SVG, because the Hub wants binary files in its large file storage and text as it is.
"""

import base64
import io
import re
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

REQUEST = "Plan a superhero-themed dinner party at Wayne Mansion for 50 guests"
SIZE = {"width": 1280, "height": 900}


def main(address: str) -> None:
    """Write docs/page.svg from the app at this address."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        page.goto(address, wait_until="domcontentloaded")
        page.locator("#alfred-request textarea").fill(REQUEST)
        page.keyboard.press("Enter")
        page.get_by_text(re.compile(r"^\d+ steps? · ")).wait_for()
        page.wait_for_timeout(500)
        picture = Image.open(io.BytesIO(page.screenshot()))
        browser.close()
    packed = io.BytesIO()
    picture.save(packed, "WEBP", quality=60)
    data = base64.b64encode(packed.getvalue()).decode()
    width, height = SIZE.values()
    Path(__file__).with_name("page.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/webp;base64,{data}"/></svg>\n'
    )


if __name__ == "__main__":
    main(sys.argv[1])
