#!/usr/bin/env python3
"""Plays the gate on the real history of the RDV API: changes that its partners lived through, as a team with the gate would
have met them, day by day. Every expectation is asserted; one line tells of each scene.

usage: tests/scenes.py DATA [BINARY]
"""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
POLICY = """production = "production"
{more}
[[api]]
id = "rdv-v1"
path = "swagger/v1/api.json"
[gate.calendar]
time_zone = "Europe/Paris"
"""
PARTNER = """slug = "coop"
[[uses]]
op = "GET /api/v1/organisations/{organisation_id}/motifs"
reads = ["motifs[].reservable_online"]
"""
# What the silent commits of the history changed is nothing that a program could notice.
SILENT = ["107d77d84", "945e3caff", "9154b7932", "4b5c060cf", "a66b3d094"]


class Scene:
    """A clone of the history whose production stands just before a commit, with a policy; and a moment."""

    def __init__(self, binary, bundle, work, name, before=None, more="", moment="2022-10-01"):
        self.binary, self.name, self.moment = binary, name, moment
        self.folder = os.path.join(work, name.replace(" ", "-"))
        subprocess.run(["git", "clone", "-q", bundle, self.folder], check=True, stderr=subprocess.DEVNULL)
        self.by_origin = {}
        for entry in self.git("log", "--all", "--format=%(trailers:key=Origin,valueonly,separator=)%x00%H").splitlines():
            origin, _, commit = entry.partition("\0")
            self.by_origin[origin.strip()] = commit
        # The days of the replay are those of this scene, not the tags of what came later.
        for tag in self.git("tag").split():
            self.git("tag", "--delete", tag)
        if before:
            self.git("checkout", "-q", "-B", "production", self.of(before) + "^")
            self.write("preavis.toml", POLICY.format(more=more))
            self.commit("The gate")

    def of(self, origin):
        """The commit of the bundle that stands for one of the original repository."""
        found = [commit for known, commit in self.by_origin.items() if known.startswith(origin)]
        assert len(found) == 1, f"{self.name}: {origin} is {found}"
        return found[0]

    def git(self, *arguments):
        moment = self.moment if "T" in self.moment else self.moment + "T12:00:00+0000"
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER")
               for what, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"), ("DATE", moment))}
        env = {**clean(), **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(["git", *arguments], cwd=self.folder, env=env, capture_output=True, text=True)
        assert done.returncode == 0, f"{self.name}: git {arguments}: {done.stderr}"
        return done.stdout

    def write(self, path, text):
        path = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)

    def commit(self, message):
        self.git("add", "--all")
        self.git("commit", "-q", "-m", message)

    def branch(self, name, origin=None, start="production"):
        """A branch with the documents as a commit of the original repository left them."""
        self.git("checkout", "-q", "-b", name, start)
        if origin:
            self.git("checkout", self.of(origin), "--", "swagger")

    def merge(self, name, into="production"):
        self.git("checkout", "-q", into)
        self.git("merge", "-q", "--no-ff", name, "-m", f"Merge {name}")

    def preavis(self, *arguments, wanted=0):
        day = [] if arguments[0] == "ack" else ["--today", self.moment[:10]]
        done = subprocess.run([self.binary, *arguments, *day], cwd=self.folder, env=clean(), capture_output=True, text=True)
        said = f"{self.name}, {self.moment}: preavis {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}"
        assert done.returncode == wanted, said
        return done.stdout if wanted < 2 else done.stderr

    def check(self, *arguments, wanted):
        """The result of a check that decides as wanted."""
        code = ["open", "closed"].index(wanted)
        return json.loads(self.preavis("check", *arguments, "--format", "json", wanted=code))


def clean():
    """The environment without what CI says."""
    strange = ("GITHUB_", "CI", "GITLAB_", "GIT_", "BITBUCKET_", "CHANGE_TARGET", "BUILDKITE_", "SYSTEM_")
    return {name: value for name, value in os.environ.items() if not name.startswith(strange)}


def changes(result):
    return [change for api in result["apis"] for change in api["changes"]]


def gated(result):
    return [change for change in changes(result) if change.get("gated")]


def open_ones(result):
    return [change for change in gated(result) if change["answer"] is None]


def kinds(result):
    return {change["answer"]["kind"] if change["answer"] else "open" for change in gated(result)}


def waiting(make):
    """Announced, shipped, taken back after 23 minutes, done again three weeks later."""
    more = '[levels]\nresponse-enum-value-removed = "risky"\n[gate.notice]\nrisky = 4'
    scene = make("waiting", "1fb90d34b", more, "2023-02-09")
    scene.branch("first", "1fb90d34b")
    first = open_ones(scene.check("production", wanted="closed"))
    assert len(first) == 2, first
    scene.preavis("notice", "new", "production", "--announce", "--effective", "2023-02-13")
    # The notice goes ahead of the change; what is merged is live.
    scene.git("checkout", "-q", "production", "--", "swagger")
    scene.commit("Announced")
    told = scene.check("production", wanted="open")
    assert [finding["kind"] for finding in told["findings"]] == ["notice-ahead"], told["findings"]
    scene.merge("first")
    scene.branch("second", "1fb90d34b")
    scene.commit("Without waiting")
    scene.moment = "2023-02-12"
    assert scene.check("production", wanted="closed")["first_day"] == "2023-02-13"
    scene.moment = "2023-02-13T17:51:07+0000"
    assert kinds(scene.check("production", wanted="open")) == {"notice"}
    scene.merge("second")
    scene.moment = "2023-02-13T18:14:41+0000"
    scene.branch("revert", "34139bb8b")
    assert kinds(scene.check("production", wanted="open")) == {"restored"}
    scene.commit("Revert")
    scene.merge("revert")
    scene.moment = "2023-03-06"
    scene.branch("again", "94fd99be4")
    again = open_ones(scene.check("production", wanted="closed"))
    assert {change["fingerprint"] for change in first} <= {change["fingerprint"] for change in again}, again
    return "the same fingerprints, restored after 23 minutes, and a notice speaks once"


def documents_only(make):
    """Operations left the public document and are still served: accepted as a correction of the document."""
    scene = make("doc-fix", "9fc242957", "", "2024-10-04")
    scene.branch("undocumented", "9fc242957")
    found = open_ones(scene.check("production", wanted="closed"))
    assert found and all(change["rule"] == "operation-removed" for change in found), found
    one = found[0]["fingerprint"]
    reason = "only taken out of the public page, rdv-insertion still calls it"
    scene.preavis("accept", one, "--base", "production", "--kind", "doc-fix", "--reason", reason)
    assert len(open_ones(scene.check("production", wanted="closed"))) == len(found) - 1
    scene.preavis("accept", "--all", "--base", "production", "--kind", "doc-fix", "--reason", reason)
    assert kinds(scene.check("production", wanted="open")) == {"acceptance"}
    return f"{len(found)} operations accepted, each by its own fingerprint"


def train(make):
    """A train that is rebased over a hotfix: the same changes, the same decision."""
    scene = make("train", "0e02fe90a", 'next = "recette"\n[gate]\npublishing = "recette"', "2023-02-07")
    scene.git("branch", "recette")
    scene.branch("rename", "0e02fe90a", "recette")
    scene.preavis("notice", "new", "recette", "--announce", "--effective", "2023-03-09")
    scene.commit("Renamed")
    assert kinds(scene.check("recette", wanted="open")) == {"notice"}
    scene.merge("rename", "recette")
    release = ("--release", "production", "recette")
    before = scene.check(*release, wanted="closed")
    scene.moment = "2023-02-09"
    scene.git("checkout", "-q", "-b", "hotfix", "production")
    path = os.path.join(scene.folder, "swagger/v1/api.json")
    with open(path, encoding="utf-8") as document:
        text = document.read()
    scene.write("swagger/v1/api.json", text.replace('"/api/v1/groups"', '"/api/v1/gone"').replace('"version": "v1"', '"version": "v1.1"'))
    scene.commit("Hotfix")
    scene.check("production", wanted="open")
    scene.merge("hotfix")
    scene.git("checkout", "-q", "recette")
    scene.git("rebase", "-q", "--rebase-merges", "production")
    after = scene.check(*release, wanted="closed")
    ids = [[change["fingerprint"] for change in changes(result)] for result in (before, after)]
    assert ids[0] == ids[1] and kinds(after) == {"notice"}, ids
    assert open_ones(after) == [] and after["first_day"] >= before["first_day"] == "2023-03-09", after["first_day"]
    return f"{len(ids[0])} changes with the same fingerprints before and after the rebase"


def midnight(make):
    """Days begin in Paris, also across the night in which its clocks go forward."""
    scene = make("midnight", "0e02fe90a", 'next = "recette"\n[gate]\npublishing = "recette"', "2023-03-01")
    scene.git("branch", "recette")
    scene.branch("rename", "0e02fe90a", "recette")
    # Half past midnight of the 26th in Paris, in UTC still the 25th; two hours later its clocks go forward.
    scene.moment = "2023-03-25T23:30:00+0000"
    scene.preavis("notice", "new", "recette", "--announce", "--effective", "2023-04-01")
    scene.commit("Renamed")
    scene.merge("rename", "recette")
    scene.moment = "2023-04-24"
    assert scene.check("--release", "production", "recette", wanted="closed")["first_day"] == "2023-04-25"
    scene.moment = "2023-04-25"
    scene.check("--release", "production", "recette", wanted="open")
    return "closed on the eve, open on the thirtieth day after it was announced in Paris"


def late_partner(make):
    """A partner whose file came late has its own period, until it agrees."""
    more = 'next = "recette"\n[gate]\ncallers = "known"\npublishing = "recette"\npartners_in_public = "names"'
    scene = make("late partner", "0e02fe90a", more, "2023-02-07")
    scene.git("branch", "recette")
    scene.branch("rename", "0e02fe90a", "recette")
    scene.preavis("notice", "new", "recette", "--announce", "--effective", "2023-03-09")
    scene.commit("Renamed")
    scene.merge("rename", "recette")
    scene.moment = "2023-03-01"
    scene.write("preavis/partners/coop.toml", PARTNER)
    scene.commit("A partner")
    scene.moment = "2023-03-09"
    result = scene.check("--release", "production", "recette", wanted="closed")
    waits = {(wait["partner"], wait["until"]) for change in gated(result) for wait in change["waits"]}
    assert waits and {name for name, _ in waits} == {"coop"}, waits
    assert max(day for _, day in waits) == "2023-03-31" == result["first_day"], waits
    scene.preavis("ack", result_notice(result), "--partner", "coop", "--on", "2023-03-09")
    scene.commit("It agrees")
    scene.check("--release", "production", "recette", wanted="open")
    return "30 days from the day its file came, none once it agreed"


def result_notice(result):
    return next(change["answer"]["id"] for change in gated(result) if change["answer"])


def history(make):
    """Each commit against the one before: closed exactly where something must be answered; silent ones are open."""
    scene = make("history")
    line = scene.git("log", "--first-parent", "--reverse", "--format=%H", "origin/production").split()
    closed = []
    for base, head in zip(line, line[1:]):
        done = subprocess.run([scene.binary, "diff", base, head, "--format", "json"], cwd=scene.folder, env=clean(), capture_output=True)
        summary = json.loads(done.stdout)["summary"]
        wanted = "closed" if summary["breaking"] + summary["risky"] else "open"
        assert scene.check(base, head, wanted=wanted)["summary"] == summary
        closed += [head] if wanted == "closed" else []
    loud = [origin for origin in SILENT if scene.of(origin) in closed]
    assert not loud, loud
    return f"{len(closed)} of {len(line) - 1} commits closed, the {len(SILENT)} silent ones open"


def shallow(make):
    """What is cut off is never open."""
    scene = make("shallow")
    cut = scene.folder + "-cut"
    subprocess.run(["git", "clone", "-q", "--depth", "1", "file://" + scene.folder, cut], check=True)
    scene.folder = cut
    said = scene.preavis("check", "HEAD~3", wanted=2)
    assert "fetch-depth: 0" in said, said
    return "could not tell, and says how to fetch the rest"


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    bundle = os.path.join(os.path.abspath(sys.argv[1]), "rdv.bundle")
    if len(sys.argv) == 3:
        binary = os.path.abspath(sys.argv[2])
    else:
        subprocess.run(["cargo", "build", "--quiet", "--profile", "ci"], cwd=ROOT, check=True)
        target = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
        binary = os.path.join(os.path.abspath(target), "ci", "preavis")
    with tempfile.TemporaryDirectory() as work:
        def make(name, before=None, more="", moment="2022-10-01"):
            return Scene(binary, bundle, work, name, before, more, moment)

        scenes = [waiting, documents_only, train, midnight, late_partner, history, shallow]
        for scene in scenes:
            print(scene(make), flush=True)


if __name__ == "__main__":
    main()
