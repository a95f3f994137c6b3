"""Documents made to hurt, through each command that compares."""

import os
import pathlib
import shutil
import subprocess

import kills
from measure import Row, Run

COMMANDS = {
    "diff, JSON": "diff {base} {head} --format json --level docs",
    "diff, text": "diff {base} {head} --level docs",
    "changelog": "changelog",
    "publish": "publish --out site",
    "notice new": "notice new v1 v2 --today 2024-05-02",
}


def pairs(folder, only):
    """Name, base and head."""
    for base in sorted(pathlib.Path(folder).resolve().glob("*.base.*")):
        name = base.name.split(".")[0]
        if only in name:
            yield name, base, base.with_name(base.name.replace(".base.", ".head."))


def repository(folder, base, head):
    def git(*args):
        subprocess.run(["git", *args], cwd=folder, env=kills.environment(), check=True, stdout=subprocess.DEVNULL)

    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    git("init", "--quiet", "--initial-branch=main")
    for tag, document in (("v1", base), ("v2", head)):
        shutil.copyfile(document, os.path.join(folder, "api" + document.suffix))
        git("add", "--all")
        git("commit", "--quiet", "--allow-empty", "--message", tag)
        git("tag", tag)


def untracked(folder):
    listed = subprocess.run(["git", "status", "--porcelain", "--ignored"], cwd=folder, env=kills.environment(), check=True,
                            capture_output=True)
    return listed.stdout.decode(errors="replace").split("\n")[:-1]


def rows(binary, documents, only, scratch):
    out = [Row(f"bombs: {name}") for name in COMMANDS]
    folder = os.path.join(scratch, "repository")
    for name, base, head in pairs(documents, only):
        repository(folder, base, head)
        for row, command in zip(out, COMMANDS.values()):
            args = [arg.format(base=base, head=head) for arg in command.split()]
            run = Run(binary, args, folder, scratch)
            run.what = f"{name}: {command.split(' {')[0]}"
            row.tried(run)
            left = untracked(folder)
            # What a killed run left is made good by the next, which is tried elsewhere.
            if left and run.code == 2 or run.code >= 0 and any(".preavis-" in path for path in left):
                row.add("half-written", f"{run.what}: {left}")
            if left:
                subprocess.run(["git", "clean", "-dfxq"], cwd=folder, env=kills.environment(), check=True)
    return out
