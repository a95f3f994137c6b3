//! How far something is that takes longer than a second: a line of the terminal that goes when the work is done.
//!
//! It holds counts and our own words, nothing of what is read.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::compare::{Progress, Steps};
use crate::text::{self, Lang};

/// What takes less is not told.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line of the terminal that is standard error.
pub(super) struct Line {
    lang: Lang,
    patience: Duration,
    since: Cell<Option<Instant>>,
    shown: RefCell<Option<ProgressBar>>,
}

impl Line {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, patience: PATIENCE, since: Cell::default(), shown: RefCell::default() }
    }
}

impl Progress for Line {
    fn at(&self, steps: Steps, done: u64, of: Option<u64>) {
        let since = self.since.get().unwrap_or_else(Instant::now);
        self.since.set(Some(since));
        if since.elapsed() < self.patience {
            return;
        }
        let mut shown = self.shown.borrow_mut();
        let bar = shown.get_or_insert_with(|| bar(of));
        bar.set_position(done);
        bar.set_message(said(self.lang, steps, done, of));
    }

    fn end(&self) {
        self.since.set(None);
        if let Some(bar) = self.shown.take() {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        // An error is told on a line of its own.
        self.end();
    }
}

fn bar(of: Option<u64>) -> ProgressBar {
    let template = if of.is_some() { "{bar:24} {msg}" } else { "{spinner} {msg}" };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(of, ProgressDrawTarget::stderr()).with_style(style)
}

fn said(lang: Lang, steps: Steps, done: u64, of: Option<u64>) -> String {
    let key = match steps {
        Steps::Releases => "releases",
        Steps::Lines => "lines",
    };
    let counted = text::counted(lang, "progress", key, done);
    let of = of.map(|of| text::word(lang, "progress", "of").replace("{of}", &text::number(lang, of)));
    counted + &of.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quick_is_not_told_and_what_ended_is_gone() {
        let mut line = Line::new(Lang::En);
        line.at(Steps::Releases, 3, Some(9));
        assert!(line.shown.borrow().is_none(), "within a second");
        line.patience = Duration::ZERO;
        line.at(Steps::Releases, 4, Some(9));
        let bar = line.shown.borrow().clone().unwrap();
        assert_eq!((bar.position(), bar.length(), bar.message()), (4, Some(9), "4 releases of 9".to_owned()));
        line.end();
        assert!(bar.is_finished() && line.shown.borrow().is_none() && line.since.get().is_none());
        line.at(Steps::Lines, 4_096, None);
        let bar = line.shown.borrow().clone().unwrap();
        drop(line);
        assert!(bar.is_finished(), "given up");
    }

    #[test]
    fn it_is_said_in_both_languages() {
        assert_eq!(said(Lang::En, Steps::Lines, 1_048_576, None), "1,048,576 lines read");
        assert_eq!(said(Lang::Fr, Steps::Releases, 0, Some(120)), "0 version sur 120");
    }
}
