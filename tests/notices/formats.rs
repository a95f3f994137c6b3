//! Goldens: every variant in every format and language, and which variant fits when.

use jiff::civil::date;
use preavis::notice::{Standing, State};
use preavis::render::notice::{Format, Variant, render};
use preavis::text::Lang;

use super::sample::{self, envelope, layouts, mail, site, stories, told};

pub(super) fn golden(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/notices"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn every_variant_in_every_format_and_language() {
    let (layouts, mail, site) = (layouts(), mail(), site());
    let formats = [
        ("md", Format::Md),
        ("html", Format::Html),
        ("text", Format::Text),
        ("eml", Format::Eml),
        ("ics", Format::Ics),
    ];
    for story in stories() {
        for lang in Lang::ALL {
            let view = told(&story, lang);
            for (name, format) in formats {
                let text = render(&view, format, &layouts, &envelope(&mail, &site)).expect("rendered");
                let name = format!("{}.{}.{name}", story.0.as_str(), lang.as_str());
                golden(&name, &text.replace("\r\n", "\n"));
            }
        }
    }
    let view = told(&stories()[0], Lang::En);
    golden("context", &render(&view, Format::Context, &layouts, &envelope(&mail, &site)).expect("JSON"));
}

#[test]
fn the_context_is_what_its_schema_says() {
    let schema = preavis::render::notice::context_schema().parse().expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for story in stories() {
        let context = serde_json::to_value(told(&story, Lang::Fr)).expect("JSON");
        let problems: Vec<String> = validator.iter_errors(&context).map(|error| error.to_string()).collect();
        assert!(problems.is_empty(), "{problems:?}");
    }
}

#[test]
fn whoever_has_not_answered_is_asked_to() {
    let mut story = stories().remove(0);
    story.1.front.acks.clear();
    let view = told(&story, Lang::En);
    assert!(view.acknowledged.is_none());
    let asked = view.to_do.and_then(|to_do| to_do.ready).expect("a question");
    assert!(asked.starts_with("When all is ready on your side, tell us"), "{asked}");
}

#[test]
fn facts_speak_where_nobody_wrote() {
    let layouts = layouts();
    for lang in Lang::ALL {
        let view = sample::public(&sample::bare(), lang);
        let text = layouts.notice(preavis::render::notice::Medium::Text, &view).expect("text");
        golden(&format!("bare.{}.text", lang.as_str()), &text);
        assert!(text.contains("20 → 100"), "{text}");
        assert!(view.partner.is_none() && view.to_do.is_some_and(|to_do| to_do.ready.is_none()));
    }
}

#[test]
fn what_is_written_in_another_language_says_so() {
    let mut notice = sample::notice(1, "");
    notice.prose.retain(|prose| prose.lang == Lang::Fr);
    let view = sample::public(&notice, Lang::En);
    assert_eq!(view.title_lang, Some(Lang::Fr));
    let html = layouts().notice(preavis::render::notice::Medium::Html, &view).expect("HTML");
    assert!(
        html.contains("<html lang=\"en\">") && html.contains("<h1 lang=\"fr\">") && html.contains("<div lang=\"fr\">")
    );
}

#[test]
fn a_partner_reads_its_own_word_only() {
    let (layouts, mail, site) = (layouts(), mail(), site());
    for story in stories() {
        let view = told(&story, Lang::En);
        assert_eq!(
            view.acknowledged.as_deref(),
            Some("You told us on 20 February 2024 that all is ready on your side.")
        );
        for format in [Format::Md, Format::Html, Format::Text, Format::Eml, Format::Ics, Format::Context] {
            let text = render(&view, format, &layouts, &envelope(&mail, &site)).expect("rendered");
            assert!(!text.contains("secret-ministry"), "{text}");
        }
    }
}

#[test]
fn the_fitting_variant_follows_from_state_and_day() {
    for (variant, notice, standing, today) in stories() {
        assert_eq!(Variant::fitting(&notice, standing.as_ref(), today), variant);
    }
    let notice = sample::notice(1, "");
    let reverted = Standing {
        state: State::Reverted,
        shipped_on: Some(date(2024, 3, 7)),
        release: None,
        reverted_on: Some(date(2024, 3, 8)),
        shipped: Vec::new(),
        late_by: None,
        early_by: None,
        despite_withdrawal: false,
    };
    assert_eq!(Variant::fitting(&notice, Some(&reverted), date(2024, 3, 9)), Variant::Cancellation);
    let story = (Variant::Cancellation, notice, Some(reverted), date(2024, 3, 9));
    assert_eq!(told(&story, Lang::En).opening, ["This change was taken back on 8 March 2024. You have nothing to do."]);
    // Announced and due on the same day is an announcement, not a reminder of nothing.
    let notice = sample::notice(1, "").on("2024-02-06");
    assert_eq!(Variant::fitting(&notice, None, sample::TODAY), Variant::Announcement);
    assert!("remind".parse::<Variant>().is_err() && "pdf".parse::<Format>().is_err());
}

trait On {
    fn on(self, day: &str) -> Self;
}

impl On for preavis::notice::Notice {
    fn on(mut self, day: &str) -> Self {
        self.front.effective_on = Some(preavis::notice::Day(day.parse().expect("a day")));
        self
    }
}
