"""Links that lead out of a repository, and a git configuration that names programs."""

import os
import shutil
import subprocess

import kills
from measure import Row, Run

SECRET = "TOKEN=hunter2"
COMMANDS = [
    "diff v1 v2", "diff v1", "changelog", "changelog --write CHANGELOG.md", "notice new v1 v2 --today 2024-05-02", "notice list",
    "publish --out site", "usage show", "usage import 1.log", "init", "diff v1 v2 --output out/report.md",
]
LINKS = [
    "preavis.toml", "preavis/notices", "preavis/notices/a.md", "preavis/notices/a.json", "preavis/partners",
    "preavis/partners/a.toml", "preavis/usage.json", "preavis", "CHANGELOG.md", "site", "site/index.html", "site/api", "out",
    "out/report.md", ".github", ".github/workflows/preavis.yml", "api.yaml", "1.log",
]
KEYS = [
    "core.fsmonitor", "core.sshCommand", "core.askPass", "core.pager", "core.editor", "core.gitProxy", "credential.helper",
    "gpg.program", "diff.external", "diff.all.textconv", "filter.all.clean", "filter.all.smudge", "filter.all.process",
    "merge.all.driver", "pager.ls-files", "pager.status", "alias.ls-files", "remote.origin.uploadpack", "core.hooksPath",
]
HOOKS = ["post-index-change", "reference-transaction", "pre-auto-gc", "post-checkout", "fsmonitor-watchman"]


def link(folder, path, target):
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
    place.symlink_to(target)


def links(row, binary, before, scratch):
    """Each place as a link to a secret file, to one of the system and to a folder, under each command."""
    outside, folder = scratch / "outside", scratch / "linked"
    outside.mkdir()
    (outside / "secret").write_text(SECRET)
    (outside / "index.html").write_text(SECRET)
    untouched = kills.state(outside)
    for path in LINKS:
        for target in (outside / "secret", "/etc/passwd", outside):
            kills.renewed(folder, before)
            link(folder, path, target)
            for command in COMMANDS:
                run = Run(binary, command.split(), folder, scratch)
                run.what = f"{path} -> {target}: {command}"
                row.tried(run)
                if "hunter2" in run.said() or "root:" in run.said():
                    row.add("leaked", f"{run.what}: {run.said()[:300]!r}")
                if kills.state(outside) != untouched:
                    row.add("leaked", f"{run.what}: wrote outside")
                    shutil.rmtree(outside)
                    outside.mkdir()
                    for name in ("secret", "index.html"):
                        (outside / name).write_text(SECRET)


def configured(folder, program):
    """A repository that names the program wherever git takes one."""
    def git(*args):
        subprocess.run(["git", *args], cwd=folder, env=kills.environment(), check=True)

    hooks = folder / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in HOOKS:
        shutil.copy(program, hooks / hook)
    (folder / ".git/info").mkdir(exist_ok=True)
    (folder / ".git/info/attributes").write_text("* diff=all filter=all merge=all\n")
    for key in KEYS:
        value = hooks if key == "core.hooksPath" else f"!{program}" if key.startswith("alias.") else program
        git("config", key, str(value))


def programs(row, binary, before, scratch):
    """No program that a repository names is run."""
    program, mark, folder = scratch / "program", scratch / "mark", scratch / "configured"
    program.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{mark}'\nexit 1\n")
    os.chmod(program, 0o755)
    for command in COMMANDS:
        kills.renewed(folder, before)
        configured(folder, program)
        mark.unlink(missing_ok=True)
        run = Run(binary, command.split(), folder, scratch)
        row.tried(run)
        if mark.exists():
            row.add("leaked", f"{run.what} ran {mark.read_text()}")


def rows(binary, scratch):
    out = [Row("links out of the repository"), Row("programs named by git's configuration")]
    before = kills.repository(scratch / "scene")
    links(out[0], binary, before, scratch)
    programs(out[1], binary, before, scratch)
    return out
