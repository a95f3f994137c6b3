//! `preavis demo`: two releases of an invented API in a temporary repository, and what a team would run on the way from the
//! one to the other.

use std::io::Write;
use std::path::Path;

use self::stage::Stage;
use self::story::{BRANCH, COMMITS, DOCUMENT, FILES, NEW, OLD, STEPS};
use super::args::{Color, DemoArgs};
use super::exit::Exit;
use super::output::{self, Form};
use super::scratch::Scratch;
use super::surroundings::Surroundings;
use crate::project::TeamFiles;
use crate::source::VersionResolver;
use crate::text::{self, Lang, put};

mod stage;
mod story;

/// Where the site is left, from the working directory.
const SITE: &str = "preavis-demo-site";

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
    // What CI says is of another repository.
    let there = Surroundings { cwd, colored, target_branch: None, variable: |_| None, ..surroundings.clone() };
    let lang = args.lang.or(surroundings.lang).unwrap_or_default();
    output::write(out, Form::Text, &opening(&scratch, lang)?)?;
    let mut stage = Stage { scratch: &scratch, surroundings: there, asked: args.lang, lang, printed: Vec::new() };
    for step in STEPS {
        if stage.play(step, out)? != Exit::Clear {
            return Ok(Exit::CouldNotTell);
        }
    }
    let publish = format!("\n\n# {}\n$ preavis publish --out site\n\n", text::word(lang, "demo", "publish"));
    output::write(out, Form::Text, &publish)?;
    let words = ["preavis", "publish", "--out", &site.to_string_lossy(), "--quiet"].map(str::to_owned);
    let asked = args.lang.iter().flat_map(|lang| ["--lang".to_owned(), lang.as_str().to_owned()]);
    if super::run(words.into_iter().chain(asked), &stage.surroundings, out) != Exit::Clear {
        return Ok(Exit::CouldNotTell);
    }
    output::write(out, Form::Text, &ending(args, &scratch, &site, lang))?;
    Ok(Exit::Clear)
}

fn ending(args: &DemoArgs, scratch: &Scratch, site: &Path, lang: Lang) -> String {
    let shown = args.site.as_deref().unwrap_or(Path::new(SITE));
    let site = if args.keep { site } else { shown };
    let repository = if args.keep { "kept" } else { "gone" };
    let said = |key: &str, path: &Path| put(text::word(lang, "demo", key), &[("path", &path.display().to_string())]);
    format!("{}\n{}\n", said("site", site), said(repository, scratch.path()))
}

/// What production runs is on `main` and `production`, what is proposed on a branch of its own.
fn build() -> anyhow::Result<Scratch> {
    let scratch = Scratch::new()?;
    for (path, content) in FILES {
        scratch.write(path, content)?;
    }
    scratch.git(OLD, &["add", "."])?;
    for (day, message, content) in COMMITS {
        scratch.commit(day, message, DOCUMENT, content)?;
        if *day == OLD {
            scratch.git(day, &["tag", "--annotate", "--message", "Release", day])?;
            scratch.git(day, &["branch", "production"])?;
            scratch.git(day, &["checkout", "--quiet", "-b", BRANCH])?;
        }
    }
    Ok(scratch)
}

/// The history, and what git has to say about it.
fn opening(scratch: &Scratch, lang: Lang) -> anyhow::Result<String> {
    let log = ["log", "--reverse", "--date=short", "--format=  %ad  %s"];
    let stat = ["diff", "--shortstat", "main", BRANCH];
    let names = [("document", DOCUMENT), ("branch", BRANCH)];
    let repository = put(text::word(lang, "demo", "repository"), &names);
    let (history, changed) = (scratch.git(NEW, &log)?, scratch.git(NEW, &stat)?);
    let of_no_help = text::word(lang, "demo", "text-diff");
    Ok(format!("# {repository}\n$ git log\n\n{history}\n\n# {of_no_help}\n$ git {}\n\n{changed}", stat.join(" ")))
}
