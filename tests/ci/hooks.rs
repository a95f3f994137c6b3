//! The hook that this repository offers to pre-commit.

use std::fs;
use std::path::Path;

use super::runner::Team;
use super::yaml;
use crate::cli::place::untitled;

#[test]
fn the_hook_is_the_gate() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml");
    let hooks = yaml::read(&fs::read_to_string(path).unwrap());
    let hook = &hooks[0];
    assert_eq!(
        (hooks.as_array().unwrap().len(), &hook["id"], &hook["language"]),
        (1, &"preavis".into(), &"system".into())
    );
    // Names of files would be read as versions to compare.
    assert_eq!((&hook["pass_filenames"], &hook["always_run"]), (&false.into(), &true.into()));
    let team = Team::new();
    team.push("same");
    team.place.write("openapi.yaml", &untitled());
    team.push("break");
    for (branch, code) in [("same", 0), ("break", 1)] {
        let job = team.job(&[]);
        job.checkout(&team, branch);
        let run = job.bash(&format!("PATH=$TOOLS:$PATH\n{}", hook["entry"].as_str().unwrap()));
        assert_eq!(run.code, code, "{run:?}");
    }
}
