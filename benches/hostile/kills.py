"""Kills runs of preavis at any time, and starts several at once: what is left half-written, and what is lost?

    python3 benches/hostile/kills.py BINARY [ROUNDS]

Prints one line. Half-written: a kill after which the same command fails, gives other bytes than it gives alone, or
leaves anything else behind. Lost: runs at once after which not all is there that they wrote.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

MEMBERS = 5
BOOK = """openapi: 3.0.3
info: {{title: Books, version: "1"}}
paths:
  /books:
    get:
      responses:
        "200": {{description: All, content: {{application/json: {{schema: {{type: object, properties: {{{}}}}}}}}}}}
"""
LINE = '1.2.3.4 - - [{:02}/May/2024:10:00:00 +0000] "GET /books HTTP/1.1" 200 1 "-" "Hall/1"\n'
NEW = "notice new v1 --today 2024-05-02"
KILLED = ["publish --out site", NEW, "usage import 1.log", "changelog --write new.md", "diff v1 --output diff.md", "init"]


def environment():
    said = {"NAME": "Ada", "EMAIL": "ada@example.org", "DATE": "2024-05-01T12:00:00+0000"}
    who = {f"GIT_{role}_{what}": text for role in ("AUTHOR", "COMMITTER") for what, text in said.items()}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | who | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}


def repository(folder):
    """Two releases between which members of an answer go, and logs of some days."""
    def git(*args):
        subprocess.run(["git", *args], cwd=folder, env=environment(), check=True, stdout=subprocess.DEVNULL)

    folder.mkdir()
    git("init", "--quiet", "--initial-branch=main")
    kept, more = "id: {type: integer}", "".join(f", m{n}: {{type: string}}" for n in range(MEMBERS))
    for tag, properties in (("v1", kept + more), ("v2", kept)):
        (folder / "api.yaml").write_text(BOOK.format(properties))
        git("add", "--all")
        git("commit", "--quiet", "--message", tag)
        git("tag", tag)
    for day in range(1, 11):
        (folder / f"{day}.log").write_text(LINE.format(day))
    return folder


def state(folder):
    """Everything below a folder, and git's folder of locks."""
    own = folder / ".git"
    paths = [path for path in folder.rglob("*") if own not in path.parents or path.parent == own / "preavis"]
    return {path: path.is_file() and path.read_bytes() for path in paths}


def start(binary, folder, args):
    return subprocess.Popen([binary, *args.split()], cwd=folder, env=environment(), stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def finished(child):
    said = child.communicate()[0]
    return child.returncode == 0, said


def renewed(folder, before):
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(before, folder)
    return folder


def kill(binary, folder, args, seconds):
    """Whether a run that was killed is made good by the next."""
    child = start(binary, folder, args)
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    return finished(start(binary, folder, args))[0]


def kills(binary, before, folder, rounds):
    tried = half_written = 0
    for args in KILLED:
        renewed(folder, before)
        begin = time.monotonic()
        well, said = finished(start(binary, folder, args))
        if not well:
            raise SystemExit(f"{args}: {said.decode(errors='replace')}")
        whole, after = (time.monotonic() - begin) * 1.1, state(folder)
        for number in range(1, rounds + 1):
            tried += 1
            seconds = whole * number / rounds
            half_written += not (kill(binary, renewed(folder, before), args, seconds) and state(folder) == after)
    return tried, half_written


def at_once(binary, folder, commands):
    """Whether all of these end well, started together."""
    return all([finished(child)[0] for child in [start(binary, folder, args) for args in commands]])


def imports(binary, folder):
    well = at_once(binary, folder, [f"usage import {day}.log" for day in range(1, 11)])
    usage = folder / "preavis/usage.json"
    return well and all(f'"day":"2024-05-{day:02}"' in usage.read_text() for day in range(1, 11))


def notices(binary, folder, changes):
    well = at_once(binary, folder, [f"{NEW} --only {change} --title t{at}" for at, change in enumerate(changes)])
    files = (folder / "preavis/notices").glob("*.md")
    ids = {line for file in files for line in file.read_text().splitlines() if line.startswith("id = ")}
    return well and len(ids) == len(changes)


def races(binary, before, folder, rounds):
    report = json.loads(finished(start(binary, before, "diff v1 --format json"))[1])
    changes = [change["fingerprint"] for change in report["apis"][0]["changes"]]
    assert len(changes) == MEMBERS, changes
    lost = sum(not imports(binary, renewed(folder, before)) for _ in range(rounds))
    lost += sum(not notices(binary, renewed(folder, before), changes) for _ in range(rounds))
    return 2 * rounds, lost


def run(binary, rounds):
    """`(tried, half_written, lost)` of so many kills a command, and rounds of runs at once."""
    binary = str(pathlib.Path(binary).resolve())
    with tempfile.TemporaryDirectory() as top:
        before, folder = repository(pathlib.Path(top) / "before"), pathlib.Path(top) / "work"
        killed, half_written = kills(binary, before, folder, rounds)
        raced, lost = races(binary, before, folder, max(1, rounds // 4))
    return killed + raced, half_written, lost


if __name__ == "__main__":
    counts = run(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40)
    print("kills and races: {} tried, {} half-written, {} lost".format(*counts))
    sys.exit(any(counts[1:]))
