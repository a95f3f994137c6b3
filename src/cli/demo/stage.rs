//! Plays the steps of the demo: real commands, in the temporary repository, on their days.

use std::fs;
use std::io::{self, Write};

use anyhow::Context;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::story::{Act, NEW, PROPOSED, Step};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::output::{self, Form};
use crate::cli::scratch::Scratch;
use crate::cli::surroundings::Surroundings;
use crate::text::{self, Lang};

/// The folder of notices.
const NOTICES: &str = "preavis/notices";

/// Where steps are played.
pub(super) struct Stage<'a> {
    /// The repository.
    pub(super) scratch: &'a Scratch,
    /// What commands depend on there.
    pub(super) surroundings: Surroundings,
    /// The language asked for.
    pub(super) asked: Option<Lang>,
    /// The language of the words around the commands.
    pub(super) lang: Lang,
    /// The commands that the last check printed, of changes that were not answered yet.
    pub(super) printed: Vec<String>,
}

/// Passes on what a command prints, and keeps it.
struct Kept<'a> {
    out: &'a mut dyn Write,
    text: Vec<u8>,
}

impl Write for Kept<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.text.extend(&bytes[..count]);
        Ok(count)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Stage<'_> {
    /// Plays a step; whether the story can go on.
    pub(super) fn play(&mut self, step: &Step, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let day: Date = step.day.parse()?;
        self.surroundings.today = day;
        self.surroundings.now = day.at(9, 0, 0, 0).to_zoned(TimeZone::UTC)?.timestamp();
        let why = text::put(text::word(self.lang, "demo", step.why), &[("day", &text::date(self.lang, day))]);
        output::write(out, Form::Text, &format!("\n\n# {why}\n"))?;
        match &step.act {
            Act::Preavis(command) => self.preavis(&format!("preavis {command}"), None, out),
            Act::Printed(start, reason) => {
                let found = self.printed.iter().find(|command| command.starts_with(start));
                let command = found.context("the check printed no such command")?.clone();
                let about = command.split(' ').find(|word| word.starts_with("pv1-")).unwrap_or_default();
                self.printed.retain(|other| !other.contains(about));
                self.preavis(&command, reason.map(|key| text::word(self.lang, "demo", key)), out)
            }
            Act::Announce => self.announce(out),
            Act::Git(commands) => self.git(step.day, commands, out),
        }
    }

    /// Runs a command of preavis. What stands for a reason in it is replaced by one.
    fn preavis(&mut self, command: &str, reason: Option<&str>, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let shown = reason.map_or_else(|| command.to_owned(), |reason| command.replace('…', reason));
        output::write(out, Form::Text, &format!("$ {shown}\n\n"))?;
        let (words, _) = command.split_once(" --reason").unwrap_or((command, ""));
        let mut words: Vec<&str> = words.split(' ').collect();
        words.extend(reason.into_iter().flat_map(|reason| ["--reason", reason]));
        words.extend(self.asked.iter().flat_map(|lang| ["--lang", lang.as_str()]));
        let mut kept = Kept { out, text: Vec::new() };
        let exit = crate::cli::run(words, &self.surroundings, &mut kept);
        let text = String::from_utf8_lossy(&kept.text).into_owned();
        let found: Vec<String> =
            text.lines().filter_map(|line| Some(line.trim().strip_prefix("→ ")?.to_owned())).collect();
        if !found.is_empty() {
            self.printed = found;
        }
        if exit == Exit::Closed {
            output::write(out, Form::Text, &format!("{}\n", text::word(self.lang, "demo", "exit-1")))?;
        }
        Ok(if exit == Exit::CouldNotTell { exit } else { Exit::Clear })
    }

    /// Writes the days into the notice, as its team would with an editor.
    fn announce(&self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let days = format!("announced_on = {PROPOSED}\neffective_on = {NEW}\ncovers");
        let shown = days.replace('\n', "\\n");
        output::write(out, Form::Text, &format!("$ sed -i 's/^covers/{shown}/' {NOTICES}/*.md\n"))?;
        let failed = |source| CliError::Write { path: NOTICES.to_owned(), source };
        for entry in fs::read_dir(self.scratch.path().join(NOTICES)).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|ending| ending == "md") {
                let text = fs::read_to_string(&path).map_err(failed)?;
                fs::write(&path, text.replacen("\ncovers", &format!("\n{days}"), 1)).map_err(failed)?;
            }
        }
        Ok(Exit::Clear)
    }

    fn git(&self, day: &str, commands: &[&[&str]], out: &mut dyn Write) -> anyhow::Result<Exit> {
        for command in commands {
            let quoted = |word: &&str| if word.contains(' ') { format!("\"{word}\"") } else { (*word).to_owned() };
            let shown: Vec<String> = command.iter().map(quoted).collect();
            output::write(out, Form::Text, &format!("$ git {}\n", shown.join(" ")))?;
            self.scratch.git(day, command)?;
        }
        Ok(Exit::Clear)
    }
}
