//! The XML of `JUnit`, as GitLab, Jenkins and others read it: a case a change that must be answered, which fails while it is
//! open or waits; a failing case a finding that closes.
//!
//! GitLab reads the content of a failure, and of several cases with one name the first only: names end in the fingerprint.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::Options;
use super::remark::{Remark, Stand, remarks};
use super::result::CheckReport;
use crate::text::Lang;

/// The cases of a check; ends with a line break.
pub(super) fn render(report: &CheckReport, options: &Options) -> String {
    let all = remarks(report, options.lang);
    let cases: Vec<&Remark<'_>> = all.iter().filter(|remark| remark.stand != Stand::Told).collect();
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing into memory does not fail.
    let _ = written(&mut out, &cases, options.lang);
    String::from_utf8(out.into_inner()).unwrap_or_default() + "\n"
}

fn written(out: &mut Writer<Vec<u8>>, cases: &[&Remark<'_>], lang: Lang) -> io::Result<()> {
    let tests = cases.len().to_string();
    let failures = cases.iter().filter(|case| case.stand.fails()).count().to_string();
    let counts = [("name", "preavis"), ("tests", &tests), ("failures", &failures), ("errors", "0")];
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.create_element("testsuites").with_attributes(counts).write_inner_content(|out| {
        let suite = out.create_element("testsuite").with_attributes(counts).with_attribute(("skipped", "0"));
        if cases.is_empty() {
            suite.write_empty()?;
        } else {
            suite.write_inner_content(|out| cases.iter().try_for_each(|case| of(out, case, lang)))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn of(out: &mut Writer<Vec<u8>>, case: &Remark<'_>, lang: Lang) -> io::Result<()> {
    let parts = [case.rule.as_str(), &case.place, &case.identity].into_iter().filter(|part| !part.is_empty());
    let name = allowed(&parts.collect::<Vec<_>>().join(" "));
    let (class, file) = (allowed(case.api.unwrap_or("preavis")), allowed(&case.at.file));
    let attributes = [("classname", class.as_str()), ("name", &name), ("file", &file), ("time", "0")];
    let text = allowed(&case.message(lang, "\n"));
    out.create_element("testcase").with_attributes(attributes).write_inner_content(|out| {
        let element = if case.stand.fails() {
            out.create_element("failure").with_attribute(("type", allowed(&case.rule).as_str()))
        } else {
            out.create_element("system-out")
        };
        element.write_text_content(BytesText::new(&text))?;
        Ok(())
    })?;
    Ok(())
}

/// Without what XML 1.0 cannot hold, not even as a reference (production 2, `Char`).
fn allowed(text: &str) -> String {
    let holds = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if holds(c) { c } else { '\u{fffd}' }).collect()
}
