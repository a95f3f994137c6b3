//! `preavis check --overrides`: what went without the notice that partners are owed, by quarter.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use super::args::Common;
use super::exit::Exit;
use super::output::{self, Form};
use super::session;
use super::surroundings::Surroundings;
use crate::gate::Acceptance;
use crate::render::plain_line;
use crate::text::{self, put};

pub(super) fn run(common: &Common, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let project = session::open(common, surroundings)?;
    let mut quarters: BTreeMap<(i16, i8), Vec<Acceptance>> = BTreeMap::new();
    for acceptance in project.overrides()? {
        let day = acceptance.on.0;
        quarters.entry((day.year(), (day.month() + 2) / 3)).or_default().push(acceptance);
    }
    let word = |key| text::word(project.lang, "gate", key);
    let mut said = String::new();
    for ((year, quarter), mut all) in quarters.into_iter().rev() {
        let _ = writeln!(
            said,
            "{year} Q{quarter} · {}",
            text::counted(project.lang, "gate", "overrides", all.len() as u64)
        );
        all.sort_by(|one, two| two.on.0.cmp(&one.on.0).then_with(|| one.path.cmp(&two.path)));
        for one in all {
            let changes = text::counted(project.lang, "ui", "changes", one.covers.len() as u64);
            let by = one.by.as_deref().map(|by| put(word("override-by"), &[("by", by)])).unwrap_or_default();
            let line =
                format!("{} {} · {} · {changes}{by} · {}", one.on, one.kind.as_str(), one.api, one.reason.trim());
            let incident = one.incident.unwrap_or_default();
            let _ =
                write!(said, "  {}\n    {}\n    {}\n", plain_line(&line), plain_line(&incident), plain_line(&one.path));
        }
    }
    let said = if said.is_empty() { format!("{}\n", word("no-overrides")) } else { said };
    output::write(out, Form::Text, &said)?;
    Ok(Exit::Clear)
}
