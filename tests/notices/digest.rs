//! Several notices at once, and what differs from the version a partner is on.

use std::collections::BTreeMap;

use jiff::civil::date;
use mail_parser::MessageParser;
use preavis::notice::message::{
    Digest, DigestInput, DigestView, Medium, Since, SinceInput, SinceView, digest, digest_letter, since,
};
use preavis::notice::{Day, Kind, Notice, Standing, State};
use preavis::report::Report;
use preavis::text::Lang;

use super::formats::golden;
use super::sample::{bare, envelope, facts, layouts, mail, notice, partner, site};

fn standing(state: State) -> Standing {
    Standing {
        state,
        shipped_on: None,
        release: None,
        reverted_on: None,
        shipped: Vec::new(),
        late_by: None,
        early_by: None,
        despite_withdrawal: false,
    }
}

fn named(id: &str, notice: Notice) -> Notice {
    let mut notice = notice;
    id.clone_into(&mut notice.front.id);
    notice
}

/// A period with one notice of each sort, and drafts and silent reverts of which nobody hears.
fn week() -> Vec<(Notice, Standing)> {
    let mut undated = named("N2", bare());
    undated.front.effective_on = None;
    let mut shipped = named("N3", notice(1, ""));
    shipped.front.announced_on = Some(Day(date(2024, 2, 8)));
    let late = Standing { shipped_on: Some(date(2024, 2, 7)), late_by: Some(1), ..standing(State::Shipped) };
    let mut coming = named("N5", notice(1, ""));
    coming.front.kind = Kind::Additive;
    let withdrawn = named("N4", notice(1, "withdrawn_on = 2024-02-06\n"));
    let mut silent = named("N6", notice(1, ""));
    silent.front.announced_on = None;
    let reverted = Standing { reverted_on: Some(date(2024, 2, 9)), ..standing(State::Reverted) };
    let long_ago = Standing { shipped_on: Some(date(2024, 1, 7)), ..standing(State::Shipped) };
    vec![
        (coming, standing(State::Announced)),
        (withdrawn, standing(State::Withdrawn)),
        (shipped, late),
        (undated, standing(State::Announced)),
        (named("N1", notice(1, "")), standing(State::Announced)),
        (silent.clone(), reverted),
        (silent, standing(State::Draft)),
        (named("N7", notice(1, "")), long_ago),
    ]
}

fn told(week: &[(Notice, Standing)], facts: &Report, lang: Lang) -> Option<DigestView> {
    let notices: Vec<Digest<'_>> = week.iter().map(|(notice, standing)| Digest { notice, facts, standing }).collect();
    digest(&DigestInput {
        notices: &notices,
        title: "Appointments API",
        partner: Some(&partner()),
        from: date(2024, 2, 5),
        to: date(2024, 2, 12),
        lang,
        site: &site(),
        mail: &mail(),
    })
}

#[test]
fn a_period_is_told_by_what_is_to_be_done() {
    let (layouts, facts) = (layouts(), facts());
    for lang in Lang::ALL {
        let view = told(&week(), &facts, lang).expect("something to say");
        for medium in Medium::ALL {
            let text = layouts.digest(medium, &view).expect("rendered");
            golden(&format!("digest.{}.{}", lang.as_str(), medium.as_str()), &text);
        }
        let ids: Vec<Vec<&str>> =
            view.groups.iter().map(|group| group.entries.iter().map(|entry| entry.id.as_str()).collect()).collect();
        assert_eq!(ids, [vec!["N1"], vec!["N2"], vec!["N3"], vec!["N4"], vec!["N5"]]);
        let raw = digest_letter(&view, &layouts, &envelope(&mail(), &site())).expect("a mail");
        let message = MessageParser::default().parse(raw.as_bytes()).expect("a mail");
        assert_eq!(message.subject(), Some(view.subject.as_str()));
        assert!(message.message_id().is_some_and(|id| id.starts_with("digest.2024-02-05.2024-02-12.")));
    }
}

#[test]
fn nothing_to_say_is_no_digest() {
    let facts = facts();
    let silent: Vec<_> =
        week().into_iter().filter(|(notice, _)| ["N6", "N7"].contains(&notice.front.id.as_str())).collect();
    assert_eq!(silent.len(), 3);
    assert_eq!(told(&silent, &facts, Lang::Fr), None);
}

fn since_when(report: &Report, lang: Lang) -> SinceView {
    let days = BTreeMap::from([
        ("pv1-0000000000000001".to_owned(), Since { day: date(2024, 3, 7), release: "v12".to_owned() }),
        ("pv1-0000000000000002".to_owned(), Since { day: date(2024, 2, 1), release: "2024-02-01".to_owned() }),
    ]);
    let (partner, mail) = (partner(), mail());
    let (partner, title) = (Some(&partner), "Appointments API");
    since(&SinceInput { report, since: &days, partner, title, lang, mail: &mail })
}

/// A digest and a net notice, for what holds of every page.
pub(super) fn both(lang: Lang) -> (DigestView, SinceView) {
    let facts = facts();
    (told(&week(), &facts, lang).expect("something to say"), since_when(&facts, lang))
}

#[test]
fn the_net_says_since_when() {
    let (layouts, facts) = (layouts(), facts());
    for (lang, nothing) in
        [(Lang::En, "Nothing that concerns you has changed."), (Lang::Fr, "Rien de ce qui vous concerne n’a changé.")]
    {
        let view = since_when(&facts, lang);
        for medium in Medium::ALL {
            let text = layouts.since(medium, &view).expect("rendered");
            golden(&format!("net.{}.{}", lang.as_str(), medium.as_str()), &text);
        }
        let none = facts.only(&|_| false);
        let text = layouts.since(Medium::Text, &since_when(&none, lang)).expect("rendered");
        assert!(text.contains(nothing), "{text}");
    }
}

#[test]
fn a_day_that_has_passed_is_no_deadline() {
    let facts = facts();
    let mut late = notice(1, "");
    late.front.effective_on = Some(Day(date(2024, 2, 7)));
    let view = told(&[(late, standing(State::Announced))], &facts, Lang::En).expect("something to say");
    assert_eq!(view.groups[0].heading, "To do");
    assert_eq!(view.groups[0].entries[0].notes, ["In production: 7 February 2024."]);
}
