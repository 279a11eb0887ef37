"""Draw the icons that phones put on their first screen, from the same shapes as favicon.svg.

`.venv/bin/python docs/icons.py` writes them to static/img; they change only with the favicon.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "static" / "img"
RED, PAPER = "#b5121b", "#fdfcf9"
# On a grid of 32: left, top, right, bottom; together they span 7 to 25.
PARTS = ((7, 7, 25, 12), (7, 15, 15, 25), (18, 15, 25, 17), (18, 19, 25, 21), (18, 23, 25, 25))
# Name: pixels, and grid units of red round the parts; a mask may cut off a fifth on each side.
ICONS = {
    "icon-192.png": (192, 4),
    "icon-512.png": (512, 4),
    "icon-maskable-512.png": (512, 8),
    "apple-touch-icon.png": (180, 5),
}


def draw(pixels: int, margin: int) -> Image.Image:
    """Draw the newspaper's page in red and white, with so many grid units of red round it."""
    low, span = 7 - margin, 18 + 2 * margin
    image = Image.new("RGB", (pixels, pixels), RED)
    pen = ImageDraw.Draw(image)
    for left, top, right, bottom in PARTS:
        box = [round((value - low) * pixels / span) for value in (left, top, right, bottom)]
        pen.rectangle([box[0], box[1], box[2] - 1, box[3] - 1], fill=PAPER)
    return image


def main() -> None:
    """Write every icon."""
    for name, (pixels, margin) in ICONS.items():
        draw(pixels, margin).save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
