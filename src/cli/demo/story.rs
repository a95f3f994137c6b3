//! What the demo plays: a repository, and what a team does there from day to day.

/// The contract.
pub(super) const DOCUMENT: &str = "appointments.yaml";
/// The day of the first release, and its tag.
pub(super) const OLD: &str = "2024-03-05";
/// The day on which a change is proposed, announced and merged.
pub(super) const PROPOSED: &str = "2024-03-08";
/// A day on which it is too early to ship.
const EARLY: &str = "2024-03-12";
/// The day of the second release, and its tag.
pub(super) const NEW: &str = "2024-04-09";
/// The branch of the proposal.
pub(super) const BRANCH: &str = "pages";

/// The history: day, message, content. The first is what production runs, the others are proposed.
pub(super) const COMMITS: &[(&str, &str, &str)] = &[
    (OLD, "Publish the appointments API", include_str!("../../../templates/demo/1-published.yaml")),
    ("2024-03-06", "Tidy up the contract, nothing changes", include_str!("../../../templates/demo/2-tidied.yaml")),
    ("2024-03-06", "Say bookable_online instead of online", include_str!("../../../templates/demo/3-renamed.yaml")),
    ("2024-03-07", "Count no-shows, drop the status waiting", include_str!("../../../templates/demo/4-statuses.yaml")),
    (PROPOSED, "Serve pages of 100 appointments", include_str!("../../../templates/demo/5-paged.yaml")),
];

/// What else lies in the repository, from the first day.
pub(super) const FILES: &[(&str, &str)] = &[
    ("preavis.toml", include_str!("../../../templates/demo/preavis.toml")),
    ("preavis/partners/town-hall.toml", include_str!("../../../templates/demo/town-hall.toml")),
    ("preavis/partners/library.toml", include_str!("../../../templates/demo/library.toml")),
];

/// One step: the words that lead to it, the day, and what is done.
pub(super) struct Step {
    /// A key of the texts of the demo.
    pub(super) why: &'static str,
    /// The day of the clock.
    pub(super) day: &'static str,
    /// What is done.
    pub(super) act: Act,
}

/// What is done in a step.
pub(super) enum Act {
    /// A command of preavis.
    Preavis(&'static str),
    /// The first command that the last check printed and that begins so, of a change that is not answered yet; and the
    /// key of the reason where it asks for one.
    Printed(&'static str, Option<&'static str>),
    /// The team writes the days into the notice.
    Announce,
    /// Commands of git.
    Git(&'static [&'static [&'static str]]),
}

const fn step(why: &'static str, day: &'static str, act: Act) -> Step {
    Step { why, day, act }
}

const ANSWERS: &[&[&str]] = &[
    &["add", "preavis"],
    &["commit", "--quiet", "--message", "Announce bookable_online"],
    &["checkout", "--quiet", "main"],
    &["merge", "--quiet", "--no-ff", "--message", "Serve pages", BRANCH],
];

const SHIPPED: &[&[&str]] = &[
    &["checkout", "--quiet", "production"],
    &["merge", "--quiet", "--no-ff", "--message", "Release", "main"],
    &["tag", "--annotate", "--message", "Release", NEW],
];

/// What is played.
pub(super) const STEPS: &[Step] = &[
    step("tidied", PROPOSED, Act::Preavis("diff main pages~3")),
    step("changed", PROPOSED, Act::Preavis("diff main pages")),
    step("usage", PROPOSED, Act::Preavis("usage show")),
    step("closed", PROPOSED, Act::Preavis("check")),
    step("notice", PROPOSED, Act::Printed("preavis notice new --only", None)),
    step("accept", PROPOSED, Act::Printed("preavis accept pv1-", Some("reason"))),
    step("accept-too", PROPOSED, Act::Printed("preavis accept pv1-", Some("reason-too"))),
    step("open", PROPOSED, Act::Preavis("check")),
    step("announce", PROPOSED, Act::Announce),
    step("merge", PROPOSED, Act::Git(ANSWERS)),
    step("told", PROPOSED, Act::Preavis("notice render N2024-001 --partner town-hall --format text")),
    step("spared", PROPOSED, Act::Preavis("notice render N2024-001 --partner library --format text")),
    step("early", EARLY, Act::Preavis("check --release")),
    step("due", NEW, Act::Preavis("check --release")),
    step("ship", NEW, Act::Git(SHIPPED)),
    step("list", NEW, Act::Preavis("notice list")),
    step("changelog", NEW, Act::Preavis("changelog")),
    step("rule", NEW, Act::Preavis("rules response-property-removed")),
];
