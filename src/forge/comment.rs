//! The one comment of a name: found again, rewritten where it says something else, alone even where two runs write at once.
//!
//! Each turn lists all comments and does what is missing; a turn that finds nothing missing ends it. Of several comments of
//! ours the first stays and gets the text of the newest run for this head, the others go. Before anything is written the
//! head is asked for again, so that a run for an older one writes nothing.

use serde_json::{Value, json};

use super::author::Author;
use super::body::{Marker, cut, fitting, harmless, limit};
use super::calls::Purpose;
use super::post::{DryRun, Posting, newer, pull};
use super::read::{self, Comment};
use super::session::Session;
use super::trouble::{Failure, Trouble, is_too_long, needed};

const TURNS: usize = 6;

/// What this run wants to stand there, and what it did so far.
struct Sticky {
    marker: Marker,
    text: String,
    create: bool,
    posted: Option<u64>,
    /// How often a comment was gone when it was to be changed.
    gone: u8,
    /// How often a new comment was not answered.
    unsure: u8,
    shortened: bool,
}

/// What is missing.
#[derive(PartialEq, Eq, Debug)]
enum Step {
    Nothing,
    Create,
    /// Another text for the first comment, and no others.
    Settle {
        keep: u64,
        text: Option<String>,
        others: Vec<u64>,
    },
}

/// Sets the comment of a posting that has one.
pub(super) fn set(session: &mut Session, posting: &Posting) -> Result<(), Trouble> {
    let place = session.place;
    let told = harmless(&posting.cut);
    let text = fitting(&harmless(posting.comment.as_deref().unwrap_or_default()), limit(place.kind) - 500, &told);
    let marker = Marker::of(&posting.name, &place.sha, place.run, &text);
    let mut own = Sticky { marker, text, create: posting.create, posted: None, gone: 0, unsure: 0, shortened: false };
    for _ in 0..TURNS {
        let mine = own.mine(session)?;
        let step = own.step(&mine);
        if step == Step::Nothing {
            own.tell(session, &mine);
            return Ok(());
        }
        let now = pull(session)?;
        if now.head != place.sha {
            session.note(newer(&now, place));
            return own.withdraw(session, &mine);
        }
        match own.take(session, step) {
            // Where somebody deleted it twice, they do not want it.
            Ok(()) if own.gone < 2 => {}
            Ok(()) => return Err(Trouble::Restless("the comment was deleted twice while it was written".to_owned())),
            Err(trouble) if is_too_long(&trouble) && !own.shortened => {
                own.text = cut(&own.text, own.text.len() / 2, &told);
                own.marker = Marker::of(&posting.name, &place.sha, place.run, &own.text);
                own.shortened = true;
            }
            // The next turn sees whether it is there.
            Err(Trouble::Unsure { .. }) if own.unsure < 3 => own.unsure += 1,
            Err(trouble) => return Err(trouble),
        }
        if session.dry_run() != DryRun::No {
            return Ok(());
        }
    }
    Err(Trouble::Restless("the comment was written by others again and again".to_owned()))
}

impl Sticky {
    fn body(&self) -> String {
        format!("{}\n{}", self.marker, self.text)
    }

    /// Our comments of this name, the first first.
    fn mine(&self, session: &mut Session) -> Result<Vec<Comment>, Trouble> {
        if session.dry_run() == DryRun::All {
            return Ok(Vec::new());
        }
        let mut found: Vec<Comment> = Vec::new();
        let all = session.pages(Purpose::Comments, &[], &|_| false)?;
        for value in all.iter().filter(|value| !read::is_system(value)) {
            let comment = needed(read::comment(value), "the id of a comment")?;
            let is_ours = Marker::read(&comment.body).is_some_and(|(marker, _)| marker.key == self.marker.key);
            found.extend(Some(comment).filter(|_| is_ours));
        }
        found.sort_by_key(|comment| comment.id);
        found.dedup_by_key(|comment| comment.id);
        if found.is_empty() {
            return Ok(found);
        }
        let author = session.author()?;
        let (mine, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|comment| author.is(&comment.author));
        for other in others {
            // A job's own name is a guess on GitHub: what another program wrote may well be ours.
            if matches!(author, Author::Assumed(_)) && other.author.ends_with("[bot]") && mine.is_empty() && self.create
            {
                let what = format!("comment {} carries our marker, and {} wrote it", other.id, other.author);
                return Err(Trouble::Restless(what + ": if preavis writes as that account, say so (--author)"));
            }
            session.note(format!(
                "comment {} carries our marker, but {} wrote it: it is left alone",
                other.id, other.author
            ));
        }
        Ok(mine)
    }

    fn step(&self, mine: &[Comment]) -> Step {
        let Some(keep) = mine.first() else {
            return if self.create { Step::Create } else { Step::Nothing };
        };
        let best = self.best(mine);
        let others: Vec<u64> = mine.iter().skip(1).map(|comment| comment.id).collect();
        let wanted = Marker::read(&best).map(|(marker, _)| marker.hash);
        let there = Marker::read(&keep.body).filter(|(marker, rest)| marker.fits(rest)).map(|(marker, _)| marker.hash);
        let text = Some(best).filter(|_| there != wanted);
        if text.is_none() && others.is_empty() { Step::Nothing } else { Step::Settle { keep: keep.id, text, others } }
    }

    /// What the newest run for this head wrote, or wants to. What people changed since is nobody's.
    fn best(&self, mine: &[Comment]) -> String {
        let written = mine.iter().filter_map(|comment| {
            let (marker, rest) = Marker::read(&comment.body)?;
            (marker.fits(rest) && marker.head == self.marker.head).then_some((marker.run, &comment.body))
        });
        match written.max_by_key(|(run, _)| *run).filter(|(run, _)| *run > self.marker.run) {
            Some((_, body)) => body.clone(),
            None => self.body(),
        }
    }

    fn take(&mut self, session: &mut Session, step: Step) -> Result<(), Trouble> {
        match step {
            Step::Nothing => {}
            Step::Create => {
                let answer = session.ask(Purpose::AddComment, &[("text", json!(self.body()))])?.body;
                if session.dry_run() == DryRun::No {
                    self.posted = Some(check(session, &answer, &self.body())?);
                }
            }
            Step::Settle { keep, text, others } => {
                if let Some(text) = text {
                    let args = [("comment", json!(keep)), ("text", json!(text))];
                    match session.ask(Purpose::EditComment, &args) {
                        Ok(answer) if session.dry_run() == DryRun::No => {
                            check(session, &answer.body, &text)?;
                        }
                        Ok(_) => {}
                        // Forgejo answers 204 for what is a comment no more.
                        Err(Trouble::Refused { status: 204 | 404, .. }) => {
                            self.gone += 1;
                            return Ok(());
                        }
                        Err(trouble) => return Err(trouble),
                    }
                }
                for id in others {
                    session.ask(Purpose::RemoveComment, &[("comment", json!(id))])?;
                    session.done(format!("comment {id} removed, as it was there twice"));
                }
            }
        }
        Ok(())
    }

    /// What this run posted for a head that is none any more, where a newer run has one too.
    fn withdraw(&self, session: &mut Session, mine: &[Comment]) -> Result<(), Trouble> {
        let Some(own) = self.posted.filter(|own| mine.len() > 1 && mine.iter().any(|comment| comment.id == *own))
        else {
            return Ok(());
        };
        session.ask(Purpose::RemoveComment, &[("comment", json!(own))])?;
        session.done(format!("comment {own} removed, as a newer run wrote one"));
        Ok(())
    }

    fn tell(&self, session: &mut Session, mine: &[Comment]) {
        let Some(comment) = mine.first() else {
            session.done("comment: none is there, and none is needed");
            return;
        };
        let run = Marker::read(&comment.body).map(|(marker, _)| marker.run);
        let line = match (self.posted, run) {
            (Some(id), _) if id == comment.id => format!("comment {id} posted"),
            (_, Some(run)) if run == self.marker.run => format!("comment {} written", comment.id),
            (_, Some(run)) if run > self.marker.run => format!("another run wrote comment {}", comment.id),
            (_, _) => format!("comment {} is up to date", comment.id),
        };
        session.done(if self.gone > 0 { format!("{line}: the one before was deleted") } else { line });
    }
}

/// The id of what was written. A forge that shows something else obeyed a part of it or left it out.
fn check(session: &mut Session, answer: &Value, sent: &str) -> Result<u64, Trouble> {
    let comment = needed(read::comment(answer), "the comment that was written")?;
    let intact = Marker::read(&comment.body).is_some_and(|(marker, rest)| {
        marker.fits(rest) && Marker::read(sent).is_some_and(|(wanted, _)| wanted == marker)
    });
    if !intact {
        return Err(Trouble::Altered(Purpose::AddComment));
    }
    let author = session.author()?;
    if !author.is(&comment.author) {
        let what = format!("comments are written as {}, which was not expected", comment.author);
        let way_out = format!("say so (--author {:?}), or each run writes a comment of its own", comment.author);
        session.out.failures.push(Failure::new(what, way_out));
        session.learn(comment.author);
    }
    Ok(comment.id)
}
