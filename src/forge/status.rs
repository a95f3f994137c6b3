//! The status of a commit, written only where it says something else than before: GitHub takes a thousand of one name.

use serde_json::{Value, json};

use super::calls::Purpose;
use super::place::{Kind, short};
use super::post::{DryRun, State, Status};
use super::read::{self, StatusRow};
use super::session::Session;
use super::trouble::Trouble;

pub(super) fn set(session: &mut Session, name: &str, status: &Status) -> Result<(), Trouble> {
    let place = session.place;
    // A merge queue waits for whatever is pending, until its time is over.
    let state = if place.queue && status.state == State::Pending { State::Failure } else { status.state };
    let state = word(place.kind, state);
    let description = described(&status.description, if place.kind == Kind::GitLab { 255 } else { 140 });
    let same =
        |row: &StatusRow| row.state == state && row.description == description && row.target_url == status.target_url;
    if last(session, name)?.is_some_and(|row| same(&row)) {
        session.done(format!("status {name} of {}: {state}, as before", short(&place.sha)));
        return Ok(());
    }
    let mut args = vec![("state", json!(state)), ("name", json!(name)), ("description", json!(description))];
    args.extend(status.target_url.iter().map(|url| ("target_url", json!(url))));
    args.extend(place.pipeline.iter().map(|pipeline| ("pipeline", json!(pipeline))));
    match session.ask(Purpose::SetStatus, &args) {
        // Another job set it meanwhile, or GitLab took it and says that it was so already.
        Err(Trouble::Refused { status: 400, message, .. }) if message.contains("Cannot transition status") => {
            if !last(session, name)?.is_some_and(|row| same(&row)) {
                session.ask(Purpose::SetStatus, &args)?;
            }
        }
        // Forgejo fails for a commit that it does not know.
        Err(Trouble::Unreachable { status: Some(500), cause, .. }) if place.kind == Kind::Forgejo => {
            return Err(Trouble::Refused { purpose: Purpose::SetStatus, status: 500, message: cause });
        }
        result => drop(result?),
    }
    if session.dry_run() == DryRun::No {
        session.done(format!("status {name} of {}: {state}", short(&place.sha)));
    }
    Ok(())
}

/// What the last status that we wrote under a name says; `None` where there is none.
pub(super) fn state(session: &mut Session, name: &str) -> Result<Option<State>, Trouble> {
    let said = last(session, name)?.map(|row| row.state);
    Ok(said.and_then(|said| {
        Some(match said.as_str() {
            "success" => State::Success,
            "pending" | "running" => State::Pending,
            "failure" | "failed" => State::Failure,
            "error" => State::Error,
            _ => return None,
        })
    }))
}

fn word(kind: Kind, state: State) -> &'static str {
    match (kind, state) {
        (_, State::Success) => "success",
        (Kind::GitLab, State::Failure | State::Pending | State::Error) => "failed",
        (_, State::Failure) => "failure",
        (_, State::Pending) => "pending",
        (_, State::Error) => "error",
    }
}

/// The last one that we wrote under a name. The newest come first, so that the first page with any has it.
fn last(session: &mut Session, name: &str) -> Result<Option<StatusRow>, Trouble> {
    if session.dry_run() == DryRun::All {
        return Ok(None);
    }
    let kind = session.place.kind;
    let rows = move |values: &[Value]| -> Vec<StatusRow> {
        values.iter().filter_map(|value| read::status(kind, value)).filter(|row| row.name == name).collect()
    };
    let page = session.pages(Purpose::Statuses, &[("name", json!(name))], &|page| !rows(page).is_empty());
    let page = match page {
        Ok(page) => page,
        // A token may be allowed to write and not to read; and a commit without any has no list.
        Err(Trouble::Refused { status: 403 | 404, .. }) => return Ok(None),
        Err(trouble) => return Err(trouble),
    };
    let Some(row) = rows(&page).into_iter().max_by_key(|row| row.id) else { return Ok(None) };
    let author = session.author()?;
    Ok(Some(row).filter(|row| row.author.as_deref().is_none_or(|name| author.is(name))))
}

/// At most so many characters, cut behind a word.
fn described(text: &str, most: usize) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let kept: String = text.chars().take(most - 1).collect();
    let end = kept.rfind(' ').filter(|end| *end > kept.len() / 2).unwrap_or(kept.len());
    format!("{}…", &kept[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_cut_behind_a_word() {
        assert_eq!(described("a\n b", 140), "a b");
        assert_eq!(described("fusion possible à partir", 20), "fusion possible à…");
        assert_eq!(described(&"é".repeat(200), 140).chars().count(), 140);
    }
}
