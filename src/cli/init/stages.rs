//! The stage of GitLab in which a job may stand: what a project's own file lists.

use granit_parser::{Event, Parser};

/// The stage of a job, for the text of `.gitlab-ci.yml`: GitLab's own `test`, but where the file lists stages without it.
/// What cannot be read lists none.
pub(super) fn of(text: &str) -> String {
    let listed = listed(text);
    let usual = listed.is_empty() || listed.iter().any(|stage| stage == USUAL);
    listed.into_iter().next().filter(|_| !usual).unwrap_or_else(|| USUAL.to_owned())
}

/// Where GitLab puts a job that names no stage.
const USUAL: &str = "test";

/// The items of `stages` at the top of a file.
fn listed(text: &str) -> Vec<String> {
    let (mut depth, mut is_key, mut inside, mut found) = (0_usize, true, false, Vec::new());
    for event in Parser::new_from_str(text).map_while(|next| next.ok().map(|(event, _)| event)) {
        #[expect(clippy::wildcard_enum_match_arm, reason = "the parser's list of events is open")]
        match event {
            Event::Scalar(word, ..) if depth == 1 => {
                inside = is_key && word == "stages";
                is_key = !is_key;
            }
            Event::Scalar(word, ..) if inside && depth == 2 => found.push(word.into_owned()),
            Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
            Event::MappingEnd | Event::SequenceEnd => {
                depth = depth.saturating_sub(1);
                // What ended was the value of a key at the top.
                is_key |= depth == 1;
                inside &= depth > 1;
            }
            Event::Alias(..) if depth == 1 => is_key = true,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_stands_in_a_stage_that_the_project_has() {
        for (text, stage) in [
            ("", "test"),
            ("build:\n  script: [make]\n", "test"),
            ("stages: [build, test]\n", "test"),
            ("stages:\n  - lint\n  - deploy\nbuild:\n  stage: lint\n", "lint"),
            ("build: {stages: [inner]}\nx: [stages]\nstages: [only]\n", "only"),
            ("a: &a [x]\nb: *a\nstages: [last]\n", "last"),
            ("x: !reference [a, b]\nstages: [after]\n", "after"),
            ("stages: []\n", "test"),
            ("stages: later\n", "test"),
            ("\tnonsense: [", "test"),
        ] {
            assert_eq!(of(text), stage, "{text}");
        }
    }
}
