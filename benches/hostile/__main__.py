"""Lets everything hostile loose on the program and prints one table.

    cargo run -p preavis-tools --bin bombs -- BOMBS_DIR
    python3 benches/hostile BINARY BOMBS_DIR [--rounds N] [--only TEXT] [--details]

Each run is a process with limits of 20 CPU seconds and 4 GiB. Exits with 1 where anything but the first column is not 0.
"""

import argparse
import pathlib
import sys
import tempfile

import bombs
import kills
import scenes
import speech
from measure import COLUMNS, Row


def killed(binary, rounds):
    row = Row("kills and races")
    tried, half_written, lost = kills.run(binary, rounds)
    row.counts["tried"] = tried
    if half_written or lost:
        row.add("half-written", f"{half_written} half-written, {lost} lost", half_written + lost)
    return row


def table(rows):
    lines = [["", *COLUMNS], ["---", *["---:"] * len(COLUMNS)]]
    lines += [[row.name, *(f"{count:,}" for count in row.counts.values())] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main():
    parser = argparse.ArgumentParser(prog="benches/hostile", description=__doc__.split("\n")[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("bombs", type=pathlib.Path, help="the folder that the program `bombs` wrote")
    parser.add_argument("--rounds", type=int, default=40, help="kills of each command [default: 40]")
    parser.add_argument("--only", help="bombs whose name has this, and nothing else")
    parser.add_argument("--details", action="store_true", help="name what went wrong, and what is longer than 30 MB")
    args = parser.parse_args()
    binary = str(args.binary.resolve())
    # A disk is slow for a while after thousands of files were removed from it, as they are here after each bomb.
    memory = "/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as top:
        scratch = pathlib.Path(top)
        rows = bombs.rows(binary, args.bombs, args.only or "", scratch)
        if not args.only:
            rows += speech.rows(binary, scratch) + scenes.rows(binary, scratch) + [killed(binary, args.rounds)]
    print(table(rows))
    if args.details:
        print("\n".join(f"{row.name}: {detail}" for row in rows for detail in row.details))
    return any(count for row in rows for column, count in row.counts.items() if column != "tried")


if __name__ == "__main__":
    sys.exit(main())
