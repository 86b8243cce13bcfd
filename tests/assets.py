"""Are the built styles and scripts those of their sources? ``--write`` says so after a build.

``static/dist/sources.json`` holds a hash of every source and of what was built from them, so the
question can be answered without Node. Where Node and its packages are, they are built again.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = Path("static/dist")
RECORD = ROOT / DIST / "sources.json"
PARTS = ("static/scss", "static/js", "package.json", "package-lock.json", "static/dist")


def current_hashes() -> dict[str, str]:
    files = [
        path
        for part in PARTS
        for path in sorted([ROOT / part, *(ROOT / part).rglob("*")])
        if path.is_file() and path != RECORD
    ]
    return {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def changed_since_build() -> list[str]:
    """Files that were added, changed or removed since the last build."""
    recorded, current = json.loads(RECORD.read_text()), current_hashes()
    names = recorded.keys() | current.keys()
    return sorted(name for name in names if recorded.get(name) != current.get(name))


def differing_when_built_again() -> list[str]:
    """Built files that come out differently; nothing is built where Node's packages are absent."""
    if not (ROOT / "node_modules").is_dir() or not shutil.which("npm"):
        return []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / "static", copy / "static", ignore=shutil.ignore_patterns("vendor"))
        shutil.copy(ROOT / "package.json", copy)
        (copy / "node_modules").symlink_to(ROOT / "node_modules")
        for script in ("css", "js"):
            command = ["npm", "run", "--silent", script]
            subprocess.run(command, cwd=copy, check=True, capture_output=True)
        built = [path for path in (copy / DIST).iterdir() if path.name != RECORD.name]
        return [
            path.name
            for path in built
            if path.read_bytes() != (ROOT / DIST / path.name).read_bytes()
        ]


def main() -> int:
    if "--write" in sys.argv:
        RECORD.write_text(json.dumps(current_hashes(), indent=1) + "\n")
        return 0
    stale = changed_since_build() or differing_when_built_again()
    if stale:
        print("Changed since the last build, please run make assets:", *stale)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
