//! `preavis notice list`: the notices, where they stand in production, and what is amiss with them.

use std::fmt::Write as _;
use std::io::Write;

use jiff::civil::Date;
use serde::Serialize;

use super::super::exit::{self, Exit};
use super::super::output::{self, Form};
use super::super::session;
use super::super::surroundings::Surroundings;
use super::{ListArgs, ListFormat};
use crate::notice::{Kind, Notice, Standing, State};
use crate::project::{Production, Warning};
use crate::render::columns::aligned;
use crate::text::{self, Lang, json};

/// One notice of the list.
#[derive(Serialize)]
struct Row {
    id: String,
    revision: u32,
    kind: Kind,
    api: String,
    title: String,
    path: String,
    announced_on: Option<String>,
    effective_on: Option<String>,
    #[serde(flatten)]
    standing: Standing,
    /// It should have shipped by now.
    overdue: bool,
}

pub(super) fn run(args: &ListArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let project = session::open(&args.common, surroundings)?;
    // Elsewhere there would be no notices, and nobody would see why.
    project.resolver.repository()?;
    let today = args.today.unwrap_or(surroundings.today);
    let (mut rows, mut warnings) = (Vec::new(), Vec::new());
    if !project.notices()?.notices.is_empty() {
        let production = Production::read(&project, args.production.as_deref())?;
        let notices = production.notices()?;
        for notice in &notices.notices {
            let api = &notice.front.api;
            if !production.knows(api) {
                warnings.push(Warning::NoSuchApi { path: notice.path.clone(), api: api.clone() });
            }
            let standing = Standing::of(notice, &|id| production.shipped(&notices, notice, id));
            let unknown = production.unknown(notice, &standing).map(str::to_owned);
            warnings.extend(unknown.map(|why| Warning::Unknown { path: notice.path.clone(), why }));
            rows.push(row(notice, standing, project.lang, today));
        }
    }
    exit::warn(warnings);
    let (form, text) = match args.format {
        ListFormat::Json => (Form::Data, json::pretty(&serde_json::json!({"version": 1, "notices": rows}))),
        ListFormat::Text => (Form::Text, table(&rows, project.lang, false)),
        ListFormat::Markdown => (Form::Text, table(&rows, project.lang, true)),
    };
    output::put(&project.files, args.output.as_deref(), out, (form, &text))?;
    Ok(Exit::Clear)
}

fn row(notice: &Notice, standing: Standing, lang: Lang, today: Date) -> Row {
    let front = &notice.front;
    let waits = matches!(standing.state, State::Announced | State::PartiallyShipped);
    Row {
        id: front.id.clone(),
        revision: front.revision,
        kind: front.kind,
        api: front.api.clone(),
        title: notice.title(lang).to_owned(),
        path: notice.path.clone(),
        announced_on: front.announced_on.map(|day| day.to_string()),
        effective_on: front.effective_on.map(|day| day.to_string()),
        overdue: waits && front.effective_on.is_some_and(|day| day.0 < today),
        standing,
    }
}

fn table(rows: &[Row], lang: Lang, markdown: bool) -> String {
    let word = |key: &str| text::word(lang, "lists", key);
    if rows.is_empty() {
        return format!("{}\n", word("none"));
    }
    let heads = ["notice", "state", "announced", "planned", "shipped", "title"].map(|key| word(key).to_owned());
    let mut lines: Vec<[String; 6]> = vec![heads];
    for row in rows {
        let mut state = text::word(lang, "states", row.standing.state.as_str()).to_owned();
        if row.overdue {
            let _ = write!(state, ", {}", word("overdue"));
        }
        if let Some(days) = row.standing.late_by {
            let _ = write!(state, ", {}", text::counted(lang, "lists", "late", u64::from(days.unsigned_abs())));
        }
        if let Some(days) = row.standing.early_by {
            let _ = write!(state, ", {}", text::counted(lang, "lists", "early", u64::from(days.unsigned_abs())));
        }
        if row.standing.despite_withdrawal {
            let _ = write!(state, ", {}", word("despite"));
        }
        let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "–".to_owned());
        let shipped = day(&row.standing.shipped_on.map(|on| on.to_string()));
        let cell =
            |text: &str| if markdown { crate::render::markdown_line(text) } else { crate::render::plain_line(text) };
        lines.push([cell(&row.id), state, day(&row.announced_on), day(&row.effective_on), shipped, cell(&row.title)]);
    }
    if markdown {
        lines.insert(1, std::array::from_fn(|_| "---".to_owned()));
        let rows: Vec<String> = lines.iter().map(|cells| format!("| {} |\n", cells.join(" | "))).collect();
        return rows.concat();
    }
    let cells: Vec<Vec<&str>> = lines.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    aligned(&cells).into_iter().map(|line| line + "\n").collect()
}
