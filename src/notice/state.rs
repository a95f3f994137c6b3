//! The state of a notice, derived: of each change it covers, is it in the contract of production?

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Notice;

/// When a change reached production.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Shipped {
    /// The first day it was there.
    #[schemars(with = "String")]
    pub on: Date,
    /// The release, a tag or a day.
    pub release: String,
    /// The day it was taken back, if it was.
    #[schemars(with = "Option<String>")]
    pub reverted_on: Option<Date>,
}

/// Where a notice stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Not announced yet.
    Draft,
    /// Announced, none of it in production.
    Announced,
    /// Some of it in production.
    PartiallyShipped,
    /// All of it in production.
    Shipped,
    /// It was in production, and was taken back.
    Reverted,
    /// Given up before it shipped.
    Withdrawn,
}

impl State {
    /// Its name in output, and the key of its word among the texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Announced => "announced",
            Self::PartiallyShipped => "partially-shipped",
            Self::Shipped => "shipped",
            Self::Reverted => "reverted",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Where a notice stands, and since when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Standing {
    /// The state.
    pub state: State,
    /// The day the first of its changes reached production.
    #[schemars(with = "Option<String>")]
    pub shipped_on: Option<Date>,
    /// The release of that day.
    pub release: Option<String>,
    /// The day the last of its changes was taken back.
    #[schemars(with = "Option<String>")]
    pub reverted_on: Option<Date>,
    /// The fingerprints that are in production.
    pub shipped: Vec<String>,
    /// Days between production and announcement, where it was announced too late.
    pub late_by: Option<i32>,
    /// Days between production and the planned day, where it shipped sooner than was announced.
    pub early_by: Option<i32>,
    /// It shipped though the notice was withdrawn.
    pub despite_withdrawal: bool,
}

impl Standing {
    /// The standing of a notice; `shipped` says when a change reached production.
    pub fn of(notice: &Notice, shipped: &dyn Fn(&str) -> Option<Shipped>) -> Self {
        let front = &notice.front;
        let found: Vec<(&String, Shipped)> = front.covers.iter().filter_map(|id| Some((id, shipped(id)?))).collect();
        let standing: Vec<&String> =
            found.iter().filter(|(_, at)| at.reverted_on.is_none()).map(|(id, _)| *id).collect();
        let first = found.iter().map(|(_, at)| at).min_by_key(|at| at.on);
        let reverted_on = found.iter().filter_map(|(_, at)| at.reverted_on).max();
        let state = match (standing.len(), found.len()) {
            (0, 0) if front.withdrawn_on.is_some() => State::Withdrawn,
            (0, 0) if front.announced_on.is_none() => State::Draft,
            (0, 0) => State::Announced,
            // Part of it came and went; the rest is still to come.
            (0, some) if some < front.covers.len() && front.withdrawn_on.is_none() => State::Announced,
            (0, _) => State::Reverted,
            (some, _) if some < front.covers.len() => State::PartiallyShipped,
            (_, _) => State::Shipped,
        };
        let days_after = |first: &Shipped, day: Option<super::Day>| day.map(|day| (day.0 - first.on).get_days());
        let late = first.and_then(|first| days_after(first, front.announced_on)).filter(|days| *days > 0);
        let early = first.and_then(|first| days_after(first, front.effective_on)).filter(|days| *days > 0);
        Self {
            state,
            shipped_on: first.map(|at| at.on),
            release: first.map(|at| at.release.clone()),
            reverted_on: reverted_on.filter(|_| state == State::Reverted),
            shipped: standing.into_iter().cloned().collect(),
            late_by: late,
            early_by: early,
            despite_withdrawal: front
                .withdrawn_on
                .is_some_and(|day| found.iter().any(|(_, at)| at.on >= day.0 && at.reverted_on.is_none())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(extra: &str) -> Notice {
        let text = format!(
            "+++\nid = \"N1\"\nkind = \"breaking\"\napi = \"a\"\ncovers = [\"pv1-a\", \"pv1-b\"]\n{extra}+++\n"
        );
        Notice::parse("n.md", &text).unwrap()
    }

    fn shipped(on: &str, reverted: Option<&str>) -> Shipped {
        let reverted_on = reverted.map(|day| day.parse().unwrap());
        Shipped { on: on.parse().unwrap(), release: on.to_owned(), reverted_on }
    }

    #[test]
    fn states_follow_from_production() {
        let announced = "announced_on = 2023-02-07\n";
        let none = |_: &str| None;
        assert_eq!(Standing::of(&notice(""), &none).state, State::Draft);
        assert_eq!(Standing::of(&notice(announced), &none).state, State::Announced);
        let given_up = format!("{announced}withdrawn_on = 2023-02-08\n");
        assert_eq!(Standing::of(&notice(&given_up), &none).state, State::Withdrawn);
        let one = |id: &str| (id == "pv1-a").then(|| shipped("2023-03-09", None));
        assert_eq!(Standing::of(&notice(announced), &one).state, State::PartiallyShipped);
        let both = |_: &str| Some(shipped("2023-01-31", None));
        let standing = Standing::of(&notice(announced), &both);
        assert_eq!((standing.state, standing.late_by), (State::Shipped, Some(7)));
        let later = |_: &str| Some(shipped("2023-03-09", None));
        let anyway = Standing::of(&notice(&given_up), &later);
        assert!(!Standing::of(&notice(&given_up), &both).despite_withdrawal);
        assert!(anyway.state == State::Shipped && anyway.despite_withdrawal);
        let back = |_: &str| Some(shipped("2023-01-31", Some("2023-02-01")));
        assert_eq!(Standing::of(&notice(announced), &back).state, State::Reverted);
    }
}
