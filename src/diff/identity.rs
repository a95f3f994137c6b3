//! The identity of a change: what survives rebases, rewording, moved lines and upgrades of this program.
//!
//! No text, line, commit, file, level or version of ours enters; the prefix says which algorithm made it, so that
//! a later one can still recognise what an older one wrote.

use sha2::{Digest, Sha256};

use super::change::Change;
use crate::contract::vocabulary::{Facet, Scope};

/// Crockford's base32, lower case: no `i`, `l`, `o` or `u`.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The fingerprint of a change within one API, e.g. `pv1-8d1qngvsgb351q5y`.
pub fn fingerprint(api: &str, change: &Change) -> String {
    format!("pv1-{}", digest(&canonical(api, scope(change), change)))
}

/// What joins the two sides of one edit, and two APIs that share a schema file, e.g. `pv1c-…`.
pub fn cause(change: &Change) -> String {
    format!("pv1c-{}", digest(&canonical("", "", change)))
}

fn scope(change: &Change) -> &'static str {
    match (change.facet, change.scope) {
        (Facet::Security, _) => "security",
        (_, Scope::Request) => "request",
        (_, Scope::Response) => "response",
        (_, Scope::Operation) => "operation",
    }
}

/// The canonical text: each line present even if empty; a line break inside a value is written `\n`.
fn canonical(api: &str, scope: &str, change: &Change) -> String {
    let rule = change.coordinate();
    let mut out = String::from("contract-fp:1\n");
    for (name, value) in [
        ("api", api),
        ("rule", &rule),
        ("scope", scope),
        ("at", &change.address),
        ("subject", &change.subject),
        ("from", &change.from),
        ("to", &change.to),
    ] {
        out.push_str(name);
        out.push('=');
        out.push_str(&value.replace('\n', "\\n"));
        out.push('\n');
    }
    out
}

/// The first 80 bits of SHA-256 as 16 characters.
fn digest(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    let (mut bits, mut held, mut out) = (0_u32, 0_u32, String::with_capacity(16));
    for &byte in hash.iter().take(10) {
        bits = (bits << 8) | u32::from(byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            out.push(char::from(ALPHABET[((bits >> held) & 31) as usize]));
        }
        bits &= (1 << held) - 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::vocabulary::{Action, Effect};
    use crate::diff::{Proof, Traits};
    use crate::text::Args;

    fn change(facet: Facet, action: Action, scope: Scope, address: &str, subject: &str) -> Change {
        Change {
            facet,
            action,
            scope,
            effect: Effect::Narrowed,
            losses: Vec::new(),
            traits: Traits::default(),
            address: address.to_owned(),
            component: None,
            path: String::new(),
            subject: subject.to_owned(),
            from: String::new(),
            to: String::new(),
            args: Args::new(),
            base: None,
            head: None,
            reach: 0,
            proof: Proof::Structural,
            exhibit: None,
            hint: None,
        }
    }

    #[test]
    fn the_published_vectors_hold() {
        use Action::{Added, Removed};
        use Scope::{Operation, Request, Response};
        let motifs = "GET /api/v1/organisations/{}/motifs?query:reservable_online";
        for (api, facet, action, scope, at, subject, expected) in [
            ("rdv-v1", Facet::EnumValue, Removed, Response, "schema:rdv/status", "waiting", "pv1-8d1qngvsgb351q5y"),
            ("rdv-v1", Facet::EnumValue, Added, Response, "schema:rdv/status", "waiting", "pv1-5519pbgcwhvx4fkz"),
            (
                "rdv-v1",
                Facet::Property,
                Removed,
                Response,
                "schema:motif/reservable_online",
                "",
                "pv1-qvc9ydtd7v10rpy6",
            ),
            ("rdv-v1", Facet::Property, Removed, Response, "schema:rdv/rdvs_users", "", "pv1-4tn7h4anjef1xhj7"),
            ("rdv-v1", Facet::Parameter, Removed, Request, motifs, "", "pv1-qknf0ptpnh7y189g"),
            (
                "rdv-v1",
                Facet::Operation,
                Removed,
                Operation,
                "PATCH /api/v1/webhook_endpoints/{}",
                "",
                "pv1-4mvv1faefjxgxb7c",
            ),
            (
                "visioplainte",
                Facet::Parameter,
                Removed,
                Request,
                "GET /api/visioplainte/rdvs?query:from",
                "",
                "pv1-dj7634sb7qqk4a23",
            ),
        ] {
            assert_eq!(fingerprint(api, &change(facet, action, scope, at, subject)), expected, "{at}");
        }
    }

    #[test]
    fn a_cause_joins_sides_and_security_has_a_scope_of_its_own() {
        let one = change(Facet::Property, Action::Removed, Scope::Request, "schema:rdv/a", "");
        let two = Change { scope: Scope::Response, ..one.clone() };
        assert_eq!(cause(&one), cause(&two));
        assert_ne!(fingerprint("a", &one), fingerprint("a", &two));
        let security = change(Facet::Security, Action::Narrowed, Scope::Operation, "GET /x", "");
        assert!(canonical("a", scope(&security), &security).contains("\nscope=security\n"));
    }
}
