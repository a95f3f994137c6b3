//! `preavis demo`: two releases of an invented API in a temporary repository, and the commands one would run there.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use super::args::{Color, DemoArgs};
use super::exit::Exit;
use super::output::{self, Form};
use super::scratch::Scratch;
use super::surroundings::Surroundings;
use crate::project::TeamFiles;
use crate::source::VersionResolver;

const DOCUMENT: &str = "appointments.yaml";
const OLD: &str = "2024-03-05";
const NEW: &str = "2024-04-09";

/// The history: day, message, content.
const COMMITS: &[(&str, &str, &str)] = &[
    (OLD, "Publish the appointments API", include_str!("../../templates/demo/1-published.yaml")),
    ("2024-03-12", "Tidy up the contract, nothing changes", include_str!("../../templates/demo/2-tidied.yaml")),
    ("2024-03-19", "Say bookable_online instead of online", include_str!("../../templates/demo/3-renamed.yaml")),
    ("2024-03-26", "Count no-shows, drop the status waiting", include_str!("../../templates/demo/4-statuses.yaml")),
    (NEW, "Serve pages of 100 appointments", include_str!("../../templates/demo/5-paged.yaml")),
];

/// What else lies in the repository, from the first day.
const FILES: &[(&str, &str)] = &[
    ("preavis.toml", include_str!("../../templates/demo/preavis.toml")),
    ("preavis/partners/town-hall.toml", include_str!("../../templates/demo/town-hall.toml")),
    ("preavis/partners/library.toml", include_str!("../../templates/demo/library.toml")),
];

/// Where the site is left, from the working directory.
const SITE: &str = "preavis-demo-site";

/// What is run: why, and the arguments. OLD and NEW stand for the two releases.
const STEPS: &[(&str, &str)] = &[
    ("A commit moved every line of the contract. Did it change anything for partners?", "diff OLD main~3"),
    ("Between the two releases it did. One entry a cause, worst first:", "diff OLD NEW"),
    ("In CI the same comparison closes the gate:", "diff OLD NEW --fail-on breaking --quiet"),
    ("Who uses the API, and how do we know?", "usage show"),
    (
        "Draft a notice of it. The text is people's from then on; the facts stay beside it:",
        "notice new OLD NEW --today 2024-03-08 --announce --effective NEW",
    ),
    (
        "The message to one partner, as of the day it was announced:",
        "notice render N2024-001 --partner town-hall --format text --today 2024-03-08 --production OLD",
    ),
    (
        "Another partner uses nothing of it, and that can be shown:",
        "notice render N2024-001 --partner library --format text --today 2024-03-08 --production OLD",
    ),
    ("Where the notice stands follows from what production runs:", "notice list --today NEW"),
    ("For those who were not there, by release, in the words of the notice:", "changelog"),
    ("What a kind of change means and what to do about it:", "rules response-property-removed"),
];

pub(super) fn run(args: &DemoArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let home = surroundings.cwd.clone();
    let site = args.site.as_deref().unwrap_or(Path::new(SITE));
    // The site is left where the demo was called, which may be a repository of others.
    let site = TeamFiles::of(&VersionResolver::new(&home))?.folder_at(site)?;
    let mut scratch = build()?;
    if args.keep {
        scratch.keep();
    }
    let colored = match args.color {
        Color::Auto => surroundings.colored,
        Color::Always => true,
        Color::Never => false,
    };
    let cwd = scratch.path().to_owned();
    let surroundings = Surroundings { cwd, colored, target_branch: None, ..surroundings.clone() };
    output::write(out, Form::Text, &opening(&scratch)?)?;
    for (why, step) in STEPS {
        let step = step.replace("OLD", OLD).replace("NEW", NEW);
        let mut words: Vec<&str> = vec!["preavis"];
        words.extend(step.split(' '));
        output::write(out, Form::Text, &format!("\n\n# {why}\n$ {}\n\n", words.join(" ")))?;
        words.extend(args.lang.iter().flat_map(|lang| ["--lang", lang.as_str()]));
        match super::run(words, &surroundings, out) {
            Exit::Clear => {}
            Exit::Closed => output::write(out, Form::Text, "(exit code 1)\n")?,
            Exit::CouldNotTell => return Ok(Exit::CouldNotTell),
        }
    }
    output::write(
        out,
        Form::Text,
        "\n\n# Pages, feeds and data for partners, on any web server or none:\n$ preavis publish --out site\n\n",
    )?;
    let words = ["preavis", "publish", "--out", &site.to_string_lossy(), "--quiet"].map(str::to_owned);
    let lang = args.lang.iter().flat_map(|lang| ["--lang".to_owned(), lang.as_str().to_owned()]);
    if super::run(words.into_iter().chain(lang), &surroundings, out) != Exit::Clear {
        return Ok(Exit::CouldNotTell);
    }
    output::write(out, Form::Text, &ending(args, &scratch, &site))?;
    Ok(Exit::Clear)
}

fn ending(args: &DemoArgs, scratch: &Scratch, site: &Path) -> String {
    let shown = args.site.as_deref().unwrap_or(Path::new(SITE));
    let site = if args.keep { site } else { shown };
    let mut end = format!("The site is in {}; open index.html there.\n", site.display());
    if args.keep {
        let _ = writeln!(end, "The repository is in {}", scratch.path().display());
    } else {
        end.push_str("The repository was temporary and is gone; `preavis demo --keep` leaves it to you.\n");
    }
    end
}

fn build() -> anyhow::Result<Scratch> {
    let scratch = Scratch::new()?;
    for (path, content) in FILES {
        scratch.write(path, content)?;
    }
    for (day, message, content) in COMMITS {
        scratch.commit(day, message, DOCUMENT, content)?;
        if [OLD, NEW].contains(day) {
            scratch.git(day, &["tag", "--annotate", "--message", "Release", day])?;
        }
    }
    Ok(scratch)
}

/// The history, and what git has to say about it.
fn opening(scratch: &Scratch) -> anyhow::Result<String> {
    let log = ["log", "--reverse", "--date=short", "--format=  %ad  %s"];
    let stat = ["diff", "--shortstat", OLD, NEW];
    let mut text = format!("# A repository with one contract, {DOCUMENT}, and two releases: {OLD} and {NEW}\n");
    let _ = write!(text, "$ git log\n\n{}", scratch.git(NEW, &log)?);
    let _ = write!(text, "\n\n# The text diff is of no help\n$ git {}\n\n{}", stat.join(" "), scratch.git(NEW, &stat)?);
    Ok(text)
}
