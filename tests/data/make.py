"""Makes the photographs that the journeys file: `python make.py FOLDER`. Does nothing where they are up to date.

The same machine makes the same bytes each time; nothing here looks at a clock or draws without a seed.
"""

import hashlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from papers import BILL, set_paper
from photograph import SHOTS, photograph


def fingerprint() -> str:
    """Of everything that the photographs are made from, the browser among it."""
    here = Path(__file__).parent
    digest = hashlib.sha256(subprocess.run(["chromium", "--version"], check=True, capture_output=True).stdout)
    sources = [*here.glob("*.py"), *here.glob("papers/*"), here / "requirements.txt", BILL]
    for source in sorted(set(sources)):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def make(name: str, folder: Path, scratch: Path) -> str:
    """Makes one photograph and says how large it is."""
    paper, made = scratch / f"{name}.png", scratch / f"{name}.jpg"
    set_paper(name, paper)
    photograph(paper, made, SHOTS[name])
    megabytes = made.stat().st_size / 1e6
    if not 3 <= megabytes <= 6:
        sys.exit(f"{name}.jpg came out with {megabytes:.1f} MB; a phone makes 3 to 6, and the journeys count on it")
    made.replace(folder / made.name)
    return f"{name}.jpg  {megabytes:.1f} MB"


def main(folder: Path) -> None:
    """Makes all of them. The fingerprint is written last: an interrupted run is no finished one."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / "fingerprint"
    now = fingerprint()
    complete = all((folder / f"{name}.jpg").is_file() for name in SHOTS)
    if complete and mark.is_file() and mark.read_text() == now:
        return
    mark.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch, ThreadPoolExecutor(2) as pool:
        for line in pool.map(lambda name: make(name, folder, Path(scratch)), SHOTS):
            print(line)
    mark.write_text(now)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
