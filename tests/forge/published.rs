//! The table of calls and the fakes against what GitHub, Gitea and Forgejo publish: `PREAVIS_FORGES` names a folder with
//! `gh-subset.json`, `gitea-subset.json` and `forgejo-swagger.json`; without it there is nothing to hold them against.

use std::path::Path;

use preavis::forge::calls::CALLS;

use super::table::{filled, row_faults};
use super::*;
use crate::forge::described::{Description, fits};
use crate::forge::fake::Seen;

/// The files, and the calls that they leave out: the two subsets have no `/user`, the first
/// no list of pull requests.
pub(super) const PUBLISHED: &[(&str, Kind, &[&str])] = &[
    ("gh-subset.json", Kind::GitHub, &["/user", "/repos/7/7/pulls", "/repos/o/r/pulls", "/repos/{owner}/{repo}/pulls"]),
    (
        "gitea-subset.json",
        Kind::Forgejo,
        &["/user", "/repos/7/7/pulls", "/repos/o/r/pulls", "/repos/{owner}/{repo}/pulls"],
    ),
    ("forgejo-swagger.json", Kind::Forgejo, &[]),
];

#[test]
fn table_and_fakes_are_as_the_forges_publish() {
    let Some(folder) = std::env::var_os("PREAVIS_FORGES") else { return };
    for (file, kind, left_out) in PUBLISHED {
        let read = || Description::published(&Path::new(&folder).join(file));
        let description = read();
        let rows = CALLS.iter().filter(|call| call.forge == *kind && !left_out.contains(&filled(call).as_str()));
        let faults: Vec<String> = rows.flat_map(|call| row_faults(call, &description)).collect();
        assert!(faults.is_empty(), "{file}: {faults:#?}");
        let fake = Fake::described(*kind, vec![read()]);
        everything(&fake, *kind);
        let wrong: Vec<String> =
            fake.wrong().into_iter().filter(|it| !left_out.iter().any(|path| it.contains(path))).collect();
        assert!(wrong.is_empty(), "{file}: {wrong:#?}");
        let log = fake.log();
        for call in CALLS.iter().filter(|call| call.forge == *kind && !left_out.contains(&call.path)) {
            let made = |seen: &Seen| seen.method == call.method.name() && fits(call.path, &seen.path);
            assert!(log.iter().any(made), "{file}: {call:?} was never made");
        }
    }
}

/// Every call of a forge at least once.
pub(super) fn everything(fake: &Fake, kind: Kind) {
    let mut first = posting("first");
    let labels = first.labels.as_mut().expect("labels");
    labels.wanted.push("communication API".to_owned());
    let outcome = run(&place(fake, kind, 1), &first);
    assert!(outcome.failures.is_empty(), "{outcome:?}");
    let double = fake.state().comments[0].clone();
    fake.state().comment(&double.author, &double.body);
    let mut second = posting("second");
    second.labels = Some(Labels { wanted: vec![], managed: vec!["API bloquée".to_owned()] });
    second.status = Some(Status { state: State::Pending, description: "waits".to_owned(), target_url: None });
    let outcome = run(&place(fake, kind, 2), &second);
    assert!(outcome.failures.is_empty() && fake.state().comments.len() == 1, "{outcome:?}");
    let (found, outcome) = waiting(&place(fake, kind, 3), &second.name, &Terms::new(&Still::default()));
    assert!(outcome.failures.is_empty() && found.len() == 1, "{outcome:?}");
}
