#!/usr/bin/env python3
"""Measures preavis on real histories, each figure beside the parse floor of the same run.

usage: benches/speed.py DATA [--runs N] [--profile release|ci]

DATA holds the git bundles (large.bundle, rdv.bundle, lichess.bundle). Prints CPU seconds (user + system, the least
of N runs, as machines are noisy), the ratio to the floor, and the peak memory of the process in MB.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def run(arguments, cwd, output=None):
    """CPU seconds and peak memory in MB of one process."""
    with open(output or os.devnull, "wb") as out:
        process = subprocess.Popen(arguments, cwd=cwd, stdout=out, stderr=subprocess.PIPE)
        message = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        sys.exit(f"{' '.join(arguments)} failed with {code}: {message.decode()}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def best(runs, *arguments, **options):
    figures = [run(*arguments, **options) for _ in range(runs)]
    return min(cpu for cpu, _ in figures), max(memory for _, memory in figures)


def clone(data, name, into):
    path = os.path.join(into, name)
    subprocess.run(["git", "clone", "-q", os.path.join(data, f"{name}.bundle"), path], check=True, stderr=subprocess.DEVNULL)
    return path


def show(what, cpu, memory, floor=None, goal=""):
    ratio = f"{cpu / floor:5.2f} x floor" if floor else " " * 13
    print(f"{what:<44} {cpu:7.3f} s  {ratio}  {memory:6.0f} MB  {goal}", flush=True)


def pairs(binary, floor_binary, data, work, runs):
    large = clone(data, "large", work)
    for name, goal, self_goal in [
        ("github.json", "goal: 2 x floor, 250 MB", "goal: 0.10 s"),
        ("stripe.json", "goal: 0.3 s", ""),
    ]:
        files = []
        for tag in ("before", "after"):
            files.append(os.path.join(work, f"{tag}-{name}"))
            with open(files[-1], "wb") as out:
                subprocess.run(["git", "show", f"{tag}:{name}"], cwd=large, stdout=out, check=True)
        floor, memory = best(runs, [floor_binary, *files], cwd=work)
        show(f"{name}: parse floor, both files", floor, memory)
        report = os.path.join(work, f"{name}.report")
        compare = [binary, "diff", "before", "after", "--spec", name, "--format", "json"]
        cpu, memory = best(runs, compare, cwd=large, output=report)
        size = os.path.getsize(report) / 1e6
        show(f"{name}: diff before after ({size:.2f} MB of JSON)", cpu, memory, floor, goal)
        itself = [binary, "diff", "after", "after", "--spec", name, "--format", "json"]
        cpu, memory = best(runs, itself, cwd=large)
        show(f"{name}: against itself", cpu, memory, goal=self_goal)


def histories(binary, data, work, runs):
    for name, spec, goal in [
        ("rdv", "swagger/v1/api.json", "goal: 0.5 s"),
        ("lichess", "doc/specs/lichess-api.yaml", "goal: 10 s"),
    ]:
        repository = clone(data, name, work)
        cpu, memory = best(runs, [binary, "changelog", "--spec", spec], cwd=repository)
        show(f"{name}: changelog of the whole history", cpu, memory, goal=goal)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--profile", default="release")
    options = parser.parse_args()
    build = ["cargo", "build", "--quiet", "--profile", options.profile, "-p", "preavis", "-p", "preavis-tools", "--bin", "preavis", "--bin", "floor"]
    subprocess.run(build, cwd=ROOT, check=True)
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
    built = os.path.join(os.path.abspath(target), options.profile)
    binary, floor = os.path.join(built, "preavis"), os.path.join(built, "floor")
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, least of {options.runs} runs")
    with tempfile.TemporaryDirectory() as work:
        pairs(binary, floor, os.path.abspath(options.data), work, options.runs)
        histories(binary, os.path.abspath(options.data), work, options.runs)


if __name__ == "__main__":
    main()
