//! Mails, read back by a parser that shares nothing with the writer.

use mail_parser::{MessageParser, MimeHeaders};
use preavis::config::Mail;
use preavis::notice::message::{Envelope, Variant, letter};
use preavis::text::Lang;

use super::sample::{envelope, layouts, mail, site, stories, told};

fn written(ix: usize, lang: Lang) -> String {
    letter(&told(&stories()[ix], lang), &layouts(), &envelope(&mail(), &site())).expect("a mail")
}

#[test]
fn a_mail_says_what_when_to_whom_and_what_to_do() {
    for (ix, lang) in (0..7).flat_map(|ix| Lang::ALL.map(|lang| (ix, lang))) {
        let raw = written(ix, lang);
        assert!(raw.is_ascii() && !raw.replace("\r\n", "").contains(['\r', '\n']), "lines end with CRLF");
        assert!(raw.lines().all(|line| line.len() <= 998));
        let message = MessageParser::default().parse(raw.as_bytes()).expect("a mail");
        let view = told(&stories()[ix], lang);
        assert_eq!(message.subject(), Some(view.subject.as_str()));
        let text = message.body_text(0).expect("a text part");
        let cancelled = stories()[ix].0 == Variant::Cancellation;
        let what = match (cancelled, lang) {
            (true, _) => "bookable_online",
            (false, Lang::En) => "Read \"bookable_online\"",
            (false, Lang::Fr) => "Lire «\u{a0}bookable_online\u{a0}»",
        };
        for part in [what, "2024", "Mairie de Saint-Éloi", "N2024-003", "1 240", "reason.online"] {
            let part =
                if lang == Lang::En { part.replace("1 240", "1,240") } else { part.replace("1 240", "1\u{202f}240") };
            assert!(text.contains(&part), "{part} in {text}");
        }
        let html = message.body_html(0).expect("an HTML part");
        assert!(html.contains(&format!("<html lang=\"{}\">", lang.as_str())) && html.contains("<h1>"), "{html}");
        if [Variant::Shipped, Variant::Emergency].contains(&stories()[ix].0) {
            assert_eq!(message.attachment_count(), 0);
            continue;
        }
        let file = message.attachment(0).expect("a calendar file");
        assert_eq!(file.attachment_name(), Some("N2024-003.ics"));
        let kind = file.content_type().expect("a type");
        assert_eq!(
            (kind.ctype(), kind.subtype(), kind.attribute("method")),
            ("text", Some("calendar"), Some("PUBLISH"))
        );
        assert!(std::str::from_utf8(file.contents()).is_ok_and(|ics| ics.starts_with("BEGIN:VCALENDAR\r\n")));
    }
}

#[test]
fn headers_serve_lists_robots_and_threads() {
    let raw = written(1, Lang::Fr);
    let message = MessageParser::default().parse(raw.as_bytes()).expect("a mail");
    let header = |name: &str| message.header_raw(name).map(|value| value.replace("\r\n", "").trim().to_owned());
    let from = message.from().and_then(|from| from.first()).expect("a sender");
    assert_eq!(
        (from.name(), from.address()),
        (Some("Équipe API Rendez-vous"), Some("api-changes@contract.example.org"))
    );
    assert_eq!(message.to().and_then(|to| to.first()?.address()), Some("api@town-hall.example"));
    assert_eq!(message.reply_to().and_then(|to| to.first()?.address()), Some("contact@appointments.example.org"));
    assert_eq!(message.date().map(mail_parser::DateTime::to_rfc3339).as_deref(), Some("2024-02-06T10:00:03Z"));
    assert_eq!(header("Content-Language").as_deref(), Some("fr"));
    assert_eq!(header("Auto-Submitted").as_deref(), Some("auto-generated"));
    assert_eq!(header("List-Id").as_deref(), Some("Appointments API <api-changes.contract.example.org>"));
    let away = header("List-Unsubscribe");
    assert_eq!(away.as_deref(), Some("<mailto:api-changes@contract.example.org?subject=unsubscribe>"));
    assert_eq!(header("List-Unsubscribe-Post"), None);
    let first = MessageParser::default()
        .parse(written(0, Lang::Fr).as_bytes())
        .and_then(|first| first.message_id().map(str::to_owned));
    let first = first.expect("an id");
    assert!(first.starts_with("N2024-003.r1.announcement.") && first.ends_with("@contract.example.org"), "{first}");
    assert_eq!(message.in_reply_to().as_text(), Some(first.as_str()));
    assert_eq!(message.references().as_text(), Some(first.as_str()));
    assert_ne!(message.message_id(), Some(first.as_str()));
    assert!(!written(0, Lang::Fr).contains("In-Reply-To"));
}

#[test]
fn ids_hang_on_what_is_sent_to_whom_and_on_nothing_else() {
    let (layouts, mail, site, view) = (layouts(), mail(), site(), told(&stories()[0], Lang::Fr));
    let id = |to: &str, at: &str| {
        let envelope = Envelope { to: Some(to), at: at.parse().expect("an instant"), ..envelope(&mail, &site) };
        let raw = letter(&view, &layouts, &envelope).expect("a mail");
        MessageParser::default()
            .parse(raw.as_bytes())
            .and_then(|mail| mail.message_id().map(str::to_owned))
            .expect("an id")
    };
    assert_eq!(id("a@b.example", "2024-02-06T10:00:00Z"), id("A <A@b.example>", "2024-02-07T10:00:00Z"));
    assert_ne!(id("a@b.example", "2024-02-06T10:00:00Z"), id("c@b.example", "2024-02-06T10:00:00Z"));
    assert!(!id("a@b.example", "2024-02-06T10:00:00Z").contains("a@b"));
}

#[test]
fn one_click_is_promised_of_https_only_and_a_draft_needs_no_recipient() {
    let (layouts, site, view) = (layouts(), site(), told(&stories()[0], Lang::En));
    let mail = Mail { unsubscribe: Some("https://contract.example.org/u/k7".to_owned()), ..mail() };
    let raw = letter(&view, &layouts, &Envelope { to: None, ..envelope(&mail, &site) }).expect("a draft");
    assert!(raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{raw}");
    assert!(!raw.contains("\nTo:"));
}

#[test]
fn what_is_no_address_is_refused() {
    let (layouts, site, view) = (layouts(), site(), told(&stories()[0], Lang::En));
    let said = |mail: &Mail, to: &str| {
        let envelope = Envelope { to: Some(to), ..envelope(mail, &site) };
        letter(&view, &layouts, &envelope).map(|_| ()).unwrap_err().to_string()
    };
    let none = Mail { from: None, ..mail() };
    assert_eq!(said(&none, "a@b.example"), "no sender: set `from` under [mail] in preavis.toml");
    assert!(said(&mail(), "nobody").starts_with("the recipient `nobody` is no mail address"));
    assert!(said(&mail(), "a@b.example\r\nBcc: c@d.example").contains("is no mail address"));
    let odd = Mail { unsubscribe: Some("javascript:alert(1)".to_owned()), ..mail() };
    assert!(said(&odd, "a@b.example").starts_with("`unsubscribe` under [mail] is `javascript:alert(1)`"));
}
