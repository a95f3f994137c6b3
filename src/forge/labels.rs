//! Labels of a pull request: what is wanted comes, what is ours and not wanted goes, and no other is touched.

use std::slice::from_ref;

use serde_json::{Value, json};

use super::calls::Purpose;
use super::place::Kind;
use super::post::{DryRun, Labels};
use super::read::{self, Label, Pull};
use super::session::Session;
use super::trouble::{Failure, Trouble, is_label_creation, needed};

/// The colour of a label that Forgejo has to be given one for.
const COLOUR: &str = "#d73a4a";

pub(super) fn set(session: &mut Session, pull: &Pull, labels: &Labels) -> Result<(), Trouble> {
    let mut missing: Vec<String> = Vec::new();
    for name in &labels.wanted {
        if !has(&pull.labels, name) && !missing.iter().any(|known| is_same(known, name)) {
            missing.push(name.clone());
        }
    }
    let is_any = |names: &[String], label: &Label| names.iter().any(|name| is_same(name, &label.name));
    let extra: Vec<&Label> = pull.labels.iter().filter(|label| is_any(&labels.managed, label)).collect();
    let extra: Vec<&Label> = extra.into_iter().filter(|label| !is_any(&labels.wanted, label)).collect();
    if missing.is_empty() && extra.is_empty() {
        session.done("labels: as before");
        return Ok(());
    }
    if session.place.kind == Kind::GitLab {
        return change(session, &missing, &extra);
    }
    if !missing.is_empty() {
        add(session, &missing)?;
    }
    for label in extra {
        let id = label.id.filter(|_| session.place.kind == Kind::Forgejo);
        session.ask(Purpose::RemoveLabel, &[("label", id.map_or_else(|| json!(label.name), |id| json!(id)))])?;
        told(session, "removed", &label.name);
    }
    Ok(())
}

/// Capitals do not make two labels on GitHub, and hardly ever two on the others.
fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn has(labels: &[Label], name: &str) -> bool {
    labels.iter().any(|label| is_same(&label.name, name))
}

fn told(session: &mut Session, deed: &str, name: &str) {
    if session.dry_run() == DryRun::No {
        session.done(format!("label {name:?} {deed}"));
    }
}

/// GitLab changes both lists at once, and separates names by commas.
fn change(session: &mut Session, missing: &[String], extra: &[&Label]) -> Result<(), Trouble> {
    if let Some(name) = missing.iter().find(|name| name.contains(',')) {
        return Err(Trouble::Unnameable(name.clone()));
    }
    let removed: Vec<&str> = extra.iter().map(|label| label.name.as_str()).collect();
    let mut args = Vec::new();
    if !missing.is_empty() {
        args.push(("added", json!(missing.join(","))));
    }
    if !removed.is_empty() {
        args.push(("removed", json!(removed.join(","))));
    }
    let answer = session.ask(Purpose::ChangeLabels, &args)?.body;
    let there = answer.get("labels").map_or_else(|| Some(Vec::new()), read::labels).unwrap_or_default();
    report(session, missing, &there);
    for name in removed {
        told(session, "removed", name);
    }
    Ok(())
}

fn add(session: &mut Session, missing: &[String]) -> Result<(), Trouble> {
    let mut there = match session.ask(Purpose::AddLabels, &[("labels", json!(missing))]) {
        Ok(answer) => read::labels(&answer.body).unwrap_or_default(),
        // One that does not exist keeps those from being added that do.
        Err(trouble) if is_label_creation(&trouble) => return one_by_one(session, missing),
        Err(trouble) => return Err(trouble),
    };
    let lost: Vec<String> = missing.iter().filter(|name| !has(&there, name)).cloned().collect();
    if session.place.kind == Kind::Forgejo && session.dry_run() == DryRun::No && !lost.is_empty() {
        let names = known(session, &lost)?;
        let answer = session.ask(Purpose::AddLabels, &[("labels", json!(names))])?;
        there = read::labels(&answer.body).unwrap_or_default();
    }
    report(session, missing, &there);
    Ok(())
}

/// GitHub's tokens may set labels and not create them.
fn one_by_one(session: &mut Session, missing: &[String]) -> Result<(), Trouble> {
    for name in missing {
        match session.ask(Purpose::AddLabels, &[("labels", json!([name]))]) {
            Ok(answer) => report(session, from_ref(name), &read::labels(&answer.body).unwrap_or_default()),
            Err(trouble) if is_label_creation(&trouble) => {
                let what = format!("label {name:?} does not exist and the token may not create it");
                let way_out = "add `issues: write` to the job's `permissions`, or create the label once by hand";
                session.out.failures.push(Failure::new(what, way_out));
            }
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(())
}

/// Names as the repository has them; those that it does not have are created. Forgejo leaves out unknown ones silently.
fn known(session: &mut Session, names: &[String]) -> Result<Vec<String>, Trouble> {
    let all = Value::Array(session.pages(Purpose::RepositoryLabels, &[], &|_| false)?);
    let all = needed(read::labels(&all), "the names of labels")?;
    let mut out = Vec::new();
    for name in names {
        if let Some(label) = all.iter().find(|label| is_same(&label.name, name)) {
            out.push(label.name.clone());
        } else {
            session.ask(Purpose::CreateLabel, &[("label", json!(name)), ("colour", json!(COLOUR))])?;
            told(session, "created", name);
            out.push(name.clone());
        }
    }
    Ok(out)
}

/// What was asked for and what is there.
fn report(session: &mut Session, asked: &[String], there: &[Label]) {
    if session.dry_run() != DryRun::No {
        return;
    }
    for name in asked {
        if has(there, name) {
            told(session, "added", name);
        } else {
            let what = format!("label {name:?} was asked for and is not there");
            session.out.failures.push(Failure::new(what, "create the label once by hand"));
        }
    }
}
