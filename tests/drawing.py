"""Draws the icons of the web application from our mark: `python -m tests.drawing`. The pictures are committed."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browsing import CHROMIUM, FLAGS

IMAGES = Path(__file__).resolve().parents[1] / "tracker/static/tracker/img"
# Name: width and height in pixels, and how much of it the mark fills; a mask may cut off what is outside of 4/5.
DRAWN = {
    "icon-180.png": (180, 1.0),
    "icon-192.png": (192, 1.0),
    "icon-512.png": (512, 1.0),
    "icon-mask.png": (512, 0.8),
}
GROUND = "#163a6c"


def main() -> None:
    """Draw all of them."""
    mark = (IMAGES / "mark.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, (size, share) in DRAWN.items():
            page = chromium.new_page(viewport={"width": size, "height": size})
            # Devices round the corners themselves, and put black behind what is clear.
            style = f"margin:0;height:{size}px;display:grid;place-items:center;background:{GROUND}"
            page.set_content(
                f'<body style="{style}"><div style="width:{size * share}px;display:grid">{mark}</div></body>'
            )
            page.screenshot(path=IMAGES / name)
        chromium.close()


if __name__ == "__main__":
    main()
