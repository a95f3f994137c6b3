#!/usr/bin/env python3
"""Checks preavis on real histories: every consecutive pair of every bundle compares without a failure, twice with the
same bytes; the breaks that partners of the RDV API really lived through are found, and its silent commits are silent;
of the operations that its largest partner calls, those the contract has are recognised; and that partner is told what
touches it (incidents.py).

usage: tests/histories.py DATA
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import incidents

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUNDLES = [
    ("rdv", "production", "swagger/v1/api.json"),
    ("rdv", "production", "swagger/visioplainte/api.json"),
    ("lichess", "master", "doc/specs/lichess-api.yaml"),
    ("moby", "master", "api/swagger.yaml"),
    ("digitalocean", "main", "specification/DigitalOcean-public.v2.yaml"),
    ("large", "main", "github.json"),
    ("large", "main", "stripe.json"),
]

# Changes that partners lived through: the start of the original commit's hash, and lines the replay must show.
LIVED = {
    "169815597": ["risky parameter-removed GET /api/v1/users?query:per"],
    "a51e56d22": [
        "breaking operation-removed GET /api/v1/groups",
        "breaking operation-removed GET /api/v1/organizations",
    ],
    "0bcefd859": [
        "breaking response-property-removed schema:motif/category",
        "breaking response-property-removed schema:user_profile/logement",
        "breaking response-property-removed schema:user_profile/notes",
        "risky parameter-removed POST /api/v1/user_profiles?query:logement",
    ],
    "0e02fe90a": [
        "breaking response-property-removed schema:motif/reservable_online",
        "risky parameter-removed GET /api/v1/organisations/{}/motifs?query:reservable_online",
    ],
    "1fb90d34b": ["additive response-enum-value-removed schema:rdv/status waiting"],
    "34139bb8b": ["risky response-enum-value-added schema:rdv/status waiting"],
    "94fd99be4": ["additive response-enum-value-removed schema:rdvs_user/status waiting"],
    "44c50ec9e": [
        "breaking operation-removed PATCH /api/v1/webhook_endpoints/{}",
        "breaking response-property-removed schema:absence/organisation",
        "breaking last-success-status-removed GET /api/v1/absences 200",
        "risky parameter-removed GET /api/v1/absences?query:organisation_id",
    ],
    "9dec9f320": ["risky response-enum-value-added schema:rdv/created_by prescripteur"],
    "7e7820d3a": [
        "breaking operation-removed POST /api/v1/users/{}/invite",
        "breaking response-property-optional schema:invitation/invitation_url",
    ],
    "f09ff1837": [
        "additive response-property-added schema:rdv/participations",
        "breaking response-property-removed schema:rdv/deleted_at",
        "breaking operation-removed GET /api/v1/users/{}/invite",
    ],
    "9330d08fa": ["breaking response-property-removed schema:rdv/rdvs_users"],
    "d0bca354e": ["breaking security-narrowed POST /api/rdvinsertion/user_profiles/create_many"],
    "869a40ca5": ["breaking response-property-optional schema:rdv/created_by"],
    "9fc242957": ["breaking operation-removed POST /api/rdvinsertion/motif_categories"],
    "aa4b159d6": ["parameter-removed GET /api/visioplainte/rdvs?query:from"],
}
SILENT = ["107d77d84", "945e3caff", "9154b7932", "4b5c060cf", "a66b3d094"]


def git(repository, *arguments):
    return subprocess.run(["git", *arguments], cwd=repository, check=True, capture_output=True, text=True).stdout


def replay(binary, repository, reference, spec):
    process = subprocess.run([binary, repository, reference, spec, "--changes"], capture_output=True, text=True)
    if process.returncode != 0:
        sys.exit(f"replay of {spec} failed with {process.returncode}:\n{process.stderr}")
    return process.stdout


def origins(repository):
    """Short hash in the bundle by original hash."""
    log = git(repository, "log", "--all", "--format=%h%x00%(trailers:key=Origin,valueonly)%x01", "--abbrev=12")
    pairs = (entry.strip().split("\0") for entry in log.split("\x01") if entry.strip())
    return {origin.strip(): commit for commit, origin in pairs}


def by_commit(text):
    sections, current = {}, None
    for line in text.splitlines():
        if line.startswith("  "):
            sections[current].append(line.strip())
        else:
            current = line.split(" ")[0]
            sections[current] = [line]
    return sections


def check_lived(repository, texts):
    known = origins(repository)
    commits = {}
    for text in texts:
        for commit, lines in by_commit(text).items():
            commits.setdefault(commit, []).extend(lines)
    failures, found = [], 0

    def lines_of(start):
        # The bundle names the merge that shipped a change; a change made within it counts as its own.
        matches = [commit for origin, commit in known.items() if origin.startswith(start)]
        return [line for commit in matches for key, lines in commits.items() if key.startswith(commit[:7]) or commit.startswith(key) for line in lines]

    for start, wanted in LIVED.items():
        lines = lines_of(start)
        for want in wanted:
            if any(want in line for line in lines):
                found += 1
            else:
                failures.append(f"{start}: not found: {want}\n  " + "\n  ".join(lines or ["no such commit"]))
    for start in SILENT:
        loud = [line for line in lines_of(start) if re.match(r"(breaking|risky|additive) ", line)]
        if loud:
            failures.append(f"{start} should be silent: {loud}")
    if failures:
        sys.exit("\n".join(failures))
    print(f"rdv: {found} lived changes found, {len(SILENT)} silent commits silent")


def check_partner(binary, repository, partner):
    """Of 19 operations, the contract of 4 October 2024 has 12, as soon as paths are read alike."""
    os.makedirs(os.path.join(repository, "preavis", "partners"))
    shutil.copy(partner, os.path.join(repository, "preavis", "partners"))
    with open(os.path.join(repository, "preavis.toml"), "w") as config:
        config.write('[[api]]\nid = "rdv-v1"\npath = "swagger/v1/api.json"\n')
    command = [binary, "usage", "show", "--at", "2024-10-04", "--format", "json"]
    shown = json.loads(subprocess.run(command, cwd=repository, check=True, capture_output=True, text=True).stdout)
    counts = [(known["matched"], known["undocumented"]) for known in shown["partners"]]
    if counts != [(12, 7)]:
        sys.exit(f"rdv-insertion: 12 operations matched and 7 undocumented expected, found {counts}")
    print("rdv-insertion: 12 operations matched, 7 undocumented")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    data = os.path.abspath(sys.argv[1])
    subprocess.run(["cargo", "build", "--quiet", "--profile", "ci", "-p", "preavis", "-p", "preavis-tools", "--bin", "preavis", "--bin", "replay"], cwd=ROOT, check=True)
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
    binary = os.path.join(os.path.abspath(target), "ci", "replay")
    with tempfile.TemporaryDirectory() as work:
        lived = []
        for name, reference, spec in BUNDLES:
            repository = os.path.join(work, name)
            if not os.path.isdir(repository):
                bundle = os.path.join(data, f"{name}.bundle")
                subprocess.run(["git", "clone", "-q", bundle, repository], check=True, stderr=subprocess.DEVNULL)
            first, second = (replay(binary, repository, reference, spec) for _ in range(2))
            if first != second:
                sys.exit(f"{name}: two runs differ")
            lines = first.splitlines()
            unreadable = [line for line in lines if " unreadable: " in line]
            compared = sum(1 for line in lines if not line.startswith("  ")) - len(unreadable)
            print(f"{name} {spec}: {compared} pairs, {len(unreadable)} unreadable versions, same bytes twice", flush=True)
            if name == "rdv":
                lived.append(first)
        check_lived(os.path.join(work, "rdv"), lived)
        program = os.path.join(os.path.abspath(target), "ci", "preavis")
        rdv, partner = os.path.join(work, "rdv"), os.path.join(data, "rdv-insertion.toml")
        check_partner(program, rdv, partner)
        incidents.check(program, rdv, partner, origins(rdv))


if __name__ == "__main__":
    main()
