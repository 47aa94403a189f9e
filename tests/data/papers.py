"""Sets the papers of a visit to a hospital, as images, from the bill that the city's register knows."""

import html
import json
import subprocess
import tempfile
from pathlib import Path
from string import Template

from PIL import Image

TEMPLATES = Path(__file__).parent / "papers"
BILL = Path(__file__).parents[2] / "city/seed/demo_bill.json"
PATIENT = "王秀英"
CLASSES = {"a": "甲类", "b": "乙类", "c": "丙类"}
DOSES = ["口服，一次 5 mg，一日一次（早）", "口服，一次 10 mg，一日一次（睡前）", "口服，一次 1 粒，一日三次（饭后）"]

# Of each paper: its size in CSS pixels, and its seal: the words on it and where it is pressed.
PAPERS = {
    "invoice": (1240, 900, ("收费专用章", "left:330px;top:640px")),
    "fee-list": (1240, 940, None),
    "discharge-summary": (1060, 1400, ("门诊专用章", "left:690px;top:1010px")),
    "prescription": (960, 1160, ("处方专用章", "left:610px;top:830px")),
}

# Pixels of the picture for one of the page.
SCALE = 2

# Each switch takes away something that differs between two runs or two machines.
CHROMIUM = [
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--font-render-hinting=none",
    f"--force-device-scale-factor={SCALE}",
    "--force-color-profile=srgb",
    # The picture is taken when everything is painted, by the page's own clock rather than the machine's.
    "--run-all-compositor-stages-before-draw",
    "--virtual-time-budget=2000",
]
# A headless window loses the height of a tool bar that it does not have; the paper is cut out of a higher one.
SPARE_HEIGHT = 240


def yuan(fen: int) -> str:
    """An amount as it is printed on a bill."""
    return f"{fen // 100}.{fen % 100:02}"


def yuan_in_words(fen: int) -> str:
    """An amount below 10,000 yuan as banks write it, so that no digit can be added."""
    digits = "零壹贰叁肆伍陆柒捌玖"
    words, skipped = "", False
    for place, unit in ((100_000, "仟"), (10_000, "佰"), (1_000, "拾"), (100, "")):
        digit = fen // place % 10
        if digit:
            words += ("零" if skipped and words else "") + digits[digit] + unit
        skipped = digit == 0
    jiao, fen_left = fen // 10 % 10, fen % 10
    words += "元"
    if jiao:
        words += digits[jiao] + "角"
    elif fen_left:
        words += "零"
    return words + (digits[fen_left] + "分" if fen_left else "整")


def rows(cells_of_rows: list[list[str]]) -> str:
    """Rows of a table; a cell that reads as an amount stands to the right."""
    return "\n".join(
        "<tr>" + "".join(f'<td class="typed{" money" if amount(cell) else ""}">{html.escape(cell)}' for cell in cells) + "</tr>"
        for cells in cells_of_rows
    )


def amount(cell: str) -> bool:
    """Whether a cell is an amount of money."""
    return cell.replace(".", "", 1).isdigit() and "." in cell


def words_of_the_bill(bill: dict) -> dict[str, str]:
    """What the templates ask for."""
    lines = [(line["name"], CLASSES[line["class"]], line["amount"]) for line in bill["lines"]]
    drugs = [(name, fen) for name, _, fen in lines if "×" in name]
    total = sum(fen for _, _, fen in lines)
    return {
        "patient": PATIENT,
        "hospital": bill["hospital"],
        "invoice_number": bill["invoice_number"],
        "date": bill["date"],
        "total": yuan(total),
        "total_words": yuan_in_words(total),
        "drug_total": yuan(sum(fen for _, fen in drugs)),
        "invoice_rows": rows([[name, kind, "1", yuan(fen)] for name, kind, fen in lines]),
        "fee_rows": rows(
            [[str(place), name, kind, "1", yuan(fen), yuan(fen)] for place, (name, kind, fen) in enumerate(lines, 1)]
        ),
        "prescription_rows": "\n".join(
            f'<div class="block">{place}. {html.escape(name)}  × 1 盒<br>   用法：{DOSES[(place - 1) % len(DOSES)]}</div>'
            for place, (name, _) in enumerate(drugs, 1)
        ),
    }


def set_paper(name: str, to: Path) -> None:
    """Sets one paper and writes it to `to` as PNG."""
    width, height, seal = PAPERS[name]
    words = words_of_the_bill(json.loads(BILL.read_text("utf-8")))
    words["seal"] = ""
    if seal:
        template = Template((TEMPLATES / "seal.svg").read_text("utf-8"))
        words["seal"] = template.substitute(words=seal[0], place=seal[1], hospital=words["hospital"])
    page = Template((TEMPLATES / f"{name}.html").read_text("utf-8")).substitute(words)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.html").write_text(page, "utf-8")
        (Path(folder) / "paper.css").write_text((TEMPLATES / "paper.css").read_text("utf-8"), "utf-8")
        shown = Path(folder) / "page.png"
        subprocess.run(
            [
                *CHROMIUM,
                f"--user-data-dir={folder}/profile",
                f"--window-size={width},{height + SPARE_HEIGHT}",
                f"--screenshot={shown}",
                f"file://{folder}/page.html",
            ],
            check=True,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=120,
        )
        Image.open(shown).crop((0, 0, width * SCALE, height * SCALE)).save(to)
