//! Attacks, and what good Markdown becomes.

use pulldown_cmark::{Event, Tag};

use super::{html, markdown, plain, rich};
use crate::text::Lang;

/// Every tag our writer knows; anything else that begins with `<` is a hole.
const TAGS: &[&str] = &[
    "p",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "em",
    "strong",
    "br",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
];

const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a <b onmouseover=alert(1)>b</b>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A&#x61&#x76&#x61script:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x\" onerror=\"alert(1)](https://a.example/)",
    "[x](https://a.example/\"onclick=\"alert(1))",
    "[x](https://a.example/ \"title\\\" onclick=alert(1)\")",
    "[x]\n\n[x]: javascript:alert(1)",
    "~~~\"><script>alert(1)</script>\ncode\n~~~",
    "`<script>alert(1)</script>`",
    "# <svg/onload=alert(1)>",
    "| <iframe src=//evil> |\n|---|\n| <a href=javascript:alert(1)>x</a> |",
    "<div>\n[x](javascript:alert(1))\n<script>\nalert(1)\n</script>\n</div>",
    "<!-- --><style>*{background:url(javascript:alert(1))}</style>",
    "<a\nhref=\"javascript:alert(1)\">x</a>",
    "]]><script>alert(1)</script><![CDATA[",
    "\u{1}<scr\u{0}ipt>\u{202e}alert(1)",
    "[x](//evil.example/)",
    "[![x](javascript:alert(1))](javascript:alert(2))",
    "<a@b.c\"onclick=alert(1)>",
];

/// Fails where HTML holds a tag, an attribute or an address that our writer does not write.
fn check(html: &str, given: &str) {
    for piece in html.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').unwrap_or_else(|| panic!("an open tag: {html} of {given}"));
        let (name, attributes) =
            tag.trim_start_matches('/').split_once(' ').unwrap_or((tag.trim_start_matches('/'), ""));
        assert!(TAGS.contains(&name), "<{tag}> in {html} of {given}");
        let link = attributes.strip_prefix("href=\"").and_then(|rest| rest.strip_suffix('"'));
        let fine = match link {
            Some(address) => {
                !address.contains('"')
                    && ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
            }
            None => attributes.is_empty() || ["scope=\"col\"", "tabindex=\"0\"", "start=\"7\""].contains(&attributes),
        };
        assert!(fine, "<{tag}> in {html} of {given}");
    }
    assert!(!html.chars().any(|c| c.is_control() && c != '\n'), "{html:?}");
}

#[test]
fn nothing_of_an_attack_is_left() {
    for attack in ATTACKS {
        check(&html(attack), attack);
        // What is written as Markdown must stay harmless to a reader that takes raw HTML for HTML.
        let again = markdown(attack);
        let raw = pulldown_cmark::Parser::new_ext(&again, pulldown_cmark::Options::ENABLE_TABLES);
        for event in raw {
            let leads_away =
                |to: &str| !["http", "mailto"].iter().any(|scheme| to.starts_with(scheme)) && !to.contains('@');
            let raw = matches!(event, Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. }));
            let harmful = raw || matches!(&event, Event::Start(Tag::Link { dest_url, .. }) if leads_away(dest_url));
            assert!(!harmful, "{event:?} in {again} of {attack}");
        }
        assert!(!plain(attack, None).contains('\u{202e}') && !plain(attack, None).contains('\u{0}'));
    }
}

#[test]
fn good_markdown_keeps_its_shape() {
    let source = "Lire **`a<b`** et *c*.\nSuite [ici](https://a.example/x?a=1&b=2), <a@b.example>\n\n7. un\n   - deux\n8. trois\n\n\
                  ## Titre\n\n~~~json\n{\"a\": 1}\n~~~\n\n| Avant | Après |\n|---|---|\n| `x` | y |\n\n> cité\n\n![plan](https://a.example/p.png)";
    let html = html(source);
    check(&html, source);
    insta::assert_snapshot!(html, @r#"
    <p>Lire <strong><code>a&lt;b</code></strong> et <em>c</em>.
    Suite <a href="https://a.example/x?a=1&amp;b=2">ici</a>, <a href="mailto:a@b.example">a@b.example</a></p>
    <ol start="7">
    <li>un<ul>
    <li>deux</li>
    </ul>
    </li>
    <li>trois</li>
    </ol>
    <h3>Titre</h3>
    <pre tabindex="0"><code>{&quot;a&quot;: 1}
    </code></pre>
    <table>
    <thead><tr><th scope="col">Avant</th><th scope="col">Après</th></tr></thead>
    <tbody><tr><td><code>x</code></td><td>y</td></tr>
    </tbody></table>
    <blockquote>
    <p>cité</p>
    </blockquote>
    <p>plan</p>
    "#);
    insta::assert_snapshot!(plain(source, None), @r#"
    Lire a<b et c. Suite ici (https://a.example/x?a=1&b=2), a@b.example

    7. un
       - deux
    8. trois

    Titre

        {"a": 1}

    Avant | Après
    x | y

        cité

    plan
    "#);
    let kept = "Lire **`a<b`**, voir [ici](https://a.example/).\n\n1. un";
    assert_eq!(markdown(kept), kept);
    assert_eq!(markdown("a <b>c</b> ![d](https://e.example/f.png)"), "a \\<b>c\\</b> [d](https://e.example/f.png)");
    assert_eq!(rich(" \n", Lang::En, Lang::En), None);
}

#[test]
fn length_and_depth_have_an_end() {
    let deep = "> ".repeat(5_000) + "deep";
    assert!(html(&deep).matches("<blockquote>").count() <= 12);
    assert!(html(&deep).contains("deep") && plain(&deep, None).contains("deep"));
    let lists: Vec<String> = (0..500).map(|n| format!("{}- x", "  ".repeat(n))).collect();
    check(&html(&lists.join("\n")), "lists");
    let long = "é".repeat(200_000);
    assert!(plain(&long, None).len() <= 64 * 1024);
    let expanded = format!("[a]: https://a.example/{}\n\n{}", "x".repeat(20_000), "[a] ".repeat(10_000));
    assert!(html(&expanded).len() < 4_000_000);
    let nested = "<a ".repeat(10_000) + &"![".repeat(10_000);
    check(&html(&nested), "nested");
    let _ = markdown(&nested);
}

#[test]
fn names_stand_in_the_quotes_of_their_language() {
    let text = |lang| rich("`absent` in `rdv.status` of `GET /rdvs`", lang, Lang::En).expect("some text").text;
    assert_eq!(text(Lang::En), "\"absent\" in \"rdv.status\" of GET /rdvs");
    assert_eq!(text(Lang::Fr), "«\u{a0}absent\u{a0}» in «\u{a0}rdv.status\u{a0}» of GET /rdvs");
}
