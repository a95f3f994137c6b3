"""What a partner of the RDV API would have been told of the changes that hurt, or proved not to have to care about.

Each incident is drafted as a notice of the day its change reached the contract, with production still before it and
thirty days to go, and rendered in French: for the largest partner as its public source shows it, then with the uses
that the incident is about, and for a bystander.
"""
import datetime
import os
import shutil
import subprocess
import sys

RDVS = "GET /api/v1/organisations/{organisation_id}/rdvs"
MOTIFS = "GET /api/v1/organisations/{organisation_id}/motifs"
INVITE = "POST /api/v1/users/{user_id}/invite"

# The start of the original commit's hash; changes that the draft covers; whether it concerns the partner as it is; the
# operations it is said to call besides, with parameters and fields; what it is told then.
INCIDENTS = [
    ("169815597", ["parameter-removed GET /api/v1/users query:per"], True, {},
     ["Le paramètre d’URL « per » n’est plus pris en compte", "Vous appelez GET /api/v1/organisations (déclaré",
      "Nous ne savons pas si vous utilisez « per ».", "mercredi 30 novembre 2022"]),
    ("a51e56d22", ["operation-removed GET /api/v1/groups", "operation-removed GET /api/v1/organizations"], False,
     {"GET /api/v1/organizations": ""},
     ["L’opération GET /api/v1/organizations est supprimée", "mercredi 21 décembre 2022"]),
    ("0bcefd859", ["response-property-removed motif category", "response-property-removed user_profile logement",
                   "response-property-removed user_profile notes",
                   "parameter-removed POST /api/v1/user_profiles query:logement"], True,
     {MOTIFS: 'reads = ["motifs[].category"]'},
     ["Le champ « category » disparaît de « motif »", "Vous lisez motifs[].category, comme votre équipe l’a déclaré.",
      "motif_category", "Nous ne savons pas si vous utilisez user_profile.logement.", "mercredi 8 mars 2023"]),
    ("0e02fe90a", ["response-property-removed motif reservable_online", f"parameter-removed {MOTIFS} query:reservable_online"],
     False, {MOTIFS: 'params = ["reservable_online"]\nreads = ["motifs[].reservable_online"]'},
     ["reservable_online devient bookable_publicly", "Vous lisez motifs[].reservable_online",
      "Vous envoyez reservable_online", "vendredi 10 mars 2023"]),
    ("1fb90d34b", ["response-enum-value-removed rdv status"], False, {}, []),
    ("34139bb8b", ["response-enum-value-added rdv status"], False, {RDVS: 'reads = ["rdvs[].status"]'},
     ["« rdv.status » peut désormais valoir « waiting »", "Vous lisez rdvs[].status", "mercredi 15 mars 2023"]),
    ("94fd99be4", ["response-enum-value-removed rdv status"], False, {}, []),
    ("44c50ec9e", ["operation-removed PATCH /api/v1/webhook_endpoints/{webhook_endpoint_id}",
                   "parameter-removed GET /api/v1/absences query:organisation_id",
                   "response-property-removed absence organisation",
                   "last-success-status-removed GET /api/v1/absences"], False,
     {"GET /api/v1/absences": 'params = ["organisation_id"]'},
     ["GET /api/v1/absences ne répond plus 200", "Vous envoyez organisation_id à GET /api/v1/absences, comme votre équipe l’a déclaré.",
      "Le paramètre d’URL « organisation_id » n’est plus pris en compte", "jeudi 25 mai 2023"]),
    ("9dec9f320", ["response-enum-value-added rdv created_by"], False, {RDVS: 'reads = ["rdvs[].created_by"]'},
     ["« rdv.created_by » peut désormais valoir « prescripteur »", "Vous lisez rdvs[].created_by", "vendredi 9 juin 2023"]),
    ("7e7820d3a", [f"operation-removed {INVITE}", "response-property-optional invitation invitation_url"], False,
     {INVITE: ""},
     [f"L’opération {INVITE} est supprimée", "POST /api/v1/users/{user_id}/rdv_invitation_token", "mercredi 23 août 2023"]),
    ("f09ff1837", ["response-property-removed rdv deleted_at", "response-property-added rdv participations",
                   "operation-removed GET /api/v1/users/{user_id}/invite"], False,
     {RDVS: 'reads = ["rdvs[].deleted_at"]'},
     ["Le champ « deleted_at » disparaît de « rdv »", "Vous lisez rdvs[].deleted_at", "participations", "jeudi 7 décembre 2023"]),
    ("9330d08fa", ["response-property-removed rdv rdvs_users"], False, {RDVS: 'reads = ["rdvs[].rdvs_users"]'},
     ["Le champ « rdvs_users » disparaît de « rdv »", "Vous lisez rdvs[].rdvs_users", "jeudi 13 juin 2024"]),
    ("d0bca354e", ["security-narrowed POST /api/rdvinsertion/user_profiles/create_many",
                   "security-narrowed POST /api/rdvinsertion/referent_assignations/create_many"], True, {},
     ["ne suffit plus pour POST /api/rdvinsertion/user_profiles/create_many", "X-Agent-Auth-Signature",
      "Vous appelez POST /api/rdvinsertion/referent_assignations/create_many (déclaré", "vendredi 12 janvier 2024"]),
    ("6ee7be7ba", ["response-property-added rdv created_by_type"], False, {}, []),
    ("869a40ca5", ["response-property-optional rdv created_by"], False, {RDVS: 'reads = ["rdvs[].created_by"]'},
     ["« created_by » peut désormais manquer dans « rdv »", "Vous lisez rdvs[].created_by", "samedi 10 février 2024"]),
    ("9fc242957", ["operation-removed POST /api/rdvinsertion/motif_categories/",
                   "operation-removed GET /api/rdvinsertion/invitations/creneau_availability"], True, {},
     ["L’opération POST /api/rdvinsertion/motif_categories/ est supprimée",
      "Vous appelez POST /api/rdvinsertion/user_profiles/create_many (déclaré", "dimanche 3 novembre 2024"]),
]
NOTHING = "Vous n’êtes pas concernés"


class Desk:
    """The program in a clone, with the partners at hand."""

    def __init__(self, binary, repository, partner):
        self.binary, self.repository = binary, repository
        self.partners = os.path.join(repository, "preavis", "partners")
        self.notices = os.path.join(repository, "preavis", "notices")
        os.makedirs(self.partners, exist_ok=True)
        with open(partner, encoding="utf-8") as source:
            self.partner = source.read()
        self.write("passante", 'slug = "passante"\nlanguages = ["fr"]\n[[uses]]\nop = "GET /api/v1/public_links"\n')

    def write(self, slug, text):
        with open(os.path.join(self.partners, f"{slug}.toml"), "w", encoding="utf-8") as file:
            file.write(text)

    def run(self, *arguments):
        process = subprocess.run([self.binary, "notice", *arguments], cwd=self.repository, capture_output=True, text=True)
        if process.returncode != 0:
            sys.exit(f"preavis notice {' '.join(arguments)} failed with {process.returncode}:\n{process.stderr}")
        return process.stdout

    def draft(self, commit, day):
        """The changes that the notice of a commit covers."""
        shutil.rmtree(self.notices, ignore_errors=True)
        effective = str(datetime.date.fromisoformat(day) + datetime.timedelta(days=30))
        self.run("new", f"{commit}^", commit, "--level", "additive", "--announce", "--id", "N1", "--langs", "fr",
                 "--today", day, "--effective", effective)
        path = next(name for name in os.listdir(self.notices) if name.endswith(".md"))
        with open(os.path.join(self.notices, path), encoding="utf-8") as file:
            covers = [line.strip() for line in file if line.startswith('  "pv1-')]
        return dict(reversed(line.split('", # ')) for line in covers)

    def said(self, slug, commit, day):
        return self.run("render", "N1", "--partner", slug, "--format", "text", "--production", f"{commit}^", "--today", day)


def check(binary, repository, partner, known):
    """`known` holds commits by their original hash."""
    desk, failures, fingerprints = Desk(binary, repository, partner), [], {}
    for start, covers, concerned, uses, told in INCIDENTS:
        commit = next(commit for origin, commit in known.items() if origin.startswith(start))
        day = subprocess.run(["git", "log", "-1", "--format=%as", commit], cwd=repository, check=True, capture_output=True, text=True).stdout.strip()
        fingerprints[start] = desk.draft(commit, day)
        failures += [f"{start}: not covered: {want}" for want in covers if want not in fingerprints[start]]
        desk.write("rdv-insertion", desk.partner)
        alone, aside = desk.said("rdv-insertion", commit, day), desk.said("passante", commit, day)
        if alone.startswith(NOTHING) == concerned or not aside.startswith(NOTHING):
            failures.append(f"{start}: told to the wrong ones:\n{alone}\n{aside}")
        more = [f'\n[[uses]]\nop = "{operation}"\n{what}\n' for operation, what in uses.items()]
        desk.write("rdv-insertion", desk.partner + "".join(more))
        text = desk.said("rdv-insertion", commit, day)
        failures += [f"{start}: not said: {want}\n{text}" for want in told if want not in text]
    # What was taken back and done again is the same change.
    if fingerprints["1fb90d34b"] != fingerprints["94fd99be4"]:
        failures.append("1fb90d34b and 94fd99be4 should have the same fingerprints")
    if failures:
        sys.exit("\n".join(failures))
    print(f"rdv-insertion: {len(INCIDENTS)} incidents told, or proved not to concern it")
