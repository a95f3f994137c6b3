"""Runs the program under limits and counts what went wrong."""

import os
import resource
import subprocess
import time

import kills

CPU, MEMORY, WAIT = 20, 4 << 30, 120
SLOW, LARGE, LONG = 5.0, 500.0, 30 << 20
COLUMNS = ["tried", "crashed", "over 5 s", "over 500 MB", "leaked", "half-written"]


class Row:
    """A line of the table, with a word on each thing that went wrong."""

    def __init__(self, name):
        self.name, self.counts, self.details = name, dict.fromkeys(COLUMNS, 0), []

    def add(self, column, what, count=1):
        self.counts[column] += count
        self.details.append(f"{column}: {what}")

    def tried(self, run):
        """Counts a run, and what it cost."""
        self.counts["tried"] += 1
        cost = f"{run.what} ({run.cpu:.2f} s, {run.megabytes:.0f} MB, {run.length >> 20} MB said, exit {run.code})"
        if run.cpu > SLOW:
            self.add("over 5 s", cost)
        elif run.code not in (0, 1, 2) or b"panicked" in run.start(run.errors):
            self.add("crashed", cost)
        if run.megabytes > LARGE:
            self.add("over 500 MB", cost)
        if run.length > LONG:
            self.details.append(f"long: {cost}")


class Run:
    """A finished process; what it said lies in two files, of which only the start is ever read."""

    def __init__(self, binary, args, folder, scratch):
        self.what = " ".join(map(repr, args))
        self.output, self.errors = os.path.join(scratch, "output"), os.path.join(scratch, "errors")
        with open(self.output, "wb") as out, open(self.errors, "wb") as err:
            child = subprocess.Popen([binary, *args], cwd=folder, env=kills.environment(), stdin=subprocess.DEVNULL,
                                     stdout=out, stderr=err, preexec_fn=limit)
        status, usage = wait(child)
        self.code = os.waitstatus_to_exitcode(status)
        self.cpu, self.megabytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        self.length = os.path.getsize(self.output)

    @staticmethod
    def start(path):
        with open(path, "rb") as file:
            return file.read(1 << 20)

    def said(self):
        return (self.start(self.output) + b"\n" + self.start(self.errors)).decode(errors="replace")


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def wait(child):
    """Status and use of a child, which is killed if it neither ends nor computes."""
    end, pause = time.monotonic() + WAIT, 0.001
    while True:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return status, usage
        if time.monotonic() > end:
            child.kill()
            end += WAIT
        time.sleep(pause)
        pause = min(pause * 2, 0.02)
