//! Texts that want to be more than text: in titles, prose, names, addresses, examples.

use mail_parser::MessageParser;
use preavis::audience::Reason;
use preavis::notice::Notice;
use preavis::render::notice::{Addressee, Format, Input, Variant, render, view};
use preavis::text::Lang;

use super::sample::{TODAY, envelope, facts, layouts, mail, notice, site};

const TEXTS: &[&str] = &[
    "x\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>",
    "--> <script>alert(1)</script> <!--",
    "]]> <script>alert(1)</script>",
    "{{#each words}}{{this}}{{/each}} {{{title}}}",
    "\u{0}\u{1b}[31mred\u{202e}\u{2066}\u{7}",
    "\" onmouseover=\"alert(1)",
    "</title></style><script>alert(1)</script>",
    "END:VEVENT\r\nEND:VCALENDAR",
    "`` ` <b>",
    "=?utf-8?q?=0ABcc:_a@b.example?=",
];

fn planted(text: &str) -> (Notice, preavis::report::Report, Addressee, Vec<Reason>) {
    let mut notice = notice(2, "");
    for prose in &mut notice.prose {
        text.clone_into(&mut prose.title);
        text.clone_into(&mut prose.summary);
        for section in &mut prose.sections {
            text.clone_into(&mut section.body);
            text.clone_into(&mut section.heading);
        }
    }
    notice.front.test_url = Some(text.to_owned());
    let mut facts = facts();
    text.clone_into(&mut facts.apis[0].title);
    for change in &mut facts.apis[0].changes {
        change.before_payload = Some(serde_json::json!({ text: text }));
        change.args.insert("property".to_owned(), preavis::text::Arg::Code(text.to_owned()));
    }
    let partner = Addressee { slug: "p".to_owned(), name: text.to_owned() };
    (notice, facts, partner, vec![Reason::FieldUnknown { operation: text.to_owned(), field: text.to_owned() }])
}

#[test]
fn nothing_leaves_its_place() {
    let (layouts, mail, site) = (layouts(), mail(), site());
    for text in TEXTS {
        let (notice, facts, partner, why) = planted(text);
        let view = view(&Input {
            notice: &notice,
            facts: &facts,
            standing: None,
            variant: Variant::Announcement,
            partner: Some(&partner),
            why: &why,
            lang: Lang::Fr,
            today: TODAY,
            site: &site,
            mail: &mail,
        });
        let out = |format| render(&view, format, &layouts, &envelope(&mail, &site)).expect("rendered");
        let html = out(Format::Html);
        assert!(!html.contains("<script") && !html.contains(" onmouseover=\"") && !html.contains("<b>"), "{html}");
        assert_eq!((html.matches("</title>").count(), html.matches("</style>").count()), (1, 1));
        for format in [Format::Html, Format::Md, Format::Text] {
            let harmful = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{2066}');
            assert!(!out(format).contains(harmful), "{format:?} of {text:?}");
        }
        let markdown = out(Format::Md);
        for event in pulldown_cmark::Parser::new(&markdown) {
            use pulldown_cmark::Event;
            let (Event::Html(raw) | Event::InlineHtml(raw)) = &event else { continue };
            assert!(["<del>", "</del>", "<ins>", "</ins>"].contains(&raw.as_ref()), "{raw} in {markdown}");
        }
        let raw = out(Format::Eml);
        let message = MessageParser::default().parse(raw.as_bytes()).expect("a mail");
        assert!(message.bcc().is_none() && message.attachment_count() == 1, "{raw}");
        let subject = message.subject().expect("a subject");
        assert!(!subject.contains(['\r', '\n']) && subject.contains("Action requise"), "{subject:?}");
        let ics = out(Format::Ics);
        assert_eq!(
            (ics.matches("\r\nEND:VEVENT\r\n").count(), ics.matches("\r\nEND:VCALENDAR\r\n").count()),
            (1, 1),
            "{ics}"
        );
        assert!(out(Format::Context).parse::<serde_json::Value>().is_ok());
    }
}
