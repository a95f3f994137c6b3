//! What is written holds no client, no value, no raw line, whatever the lines hold.

use std::fmt::Write;

use proptest::prelude::*;

use super::{line, log, place};

const SECRETS: [&str; 9] = ["ada", "bob", "203.0.113", "School/2", "lovelace", "8471", "hunter2", "@", "wp-login"];

#[test]
fn aggregates_hold_no_client_and_no_value() {
    let place = place();
    let mut text = log();
    for _ in 0..5 {
        text.push_str(&line(2, "ada@hall.example", "GET /books?title=hunter2&ada@hall.example", 200, "x"));
        text.push_str(&line(2, "ada@hall.example", "GET /people/ada@hall.example/hunter2-hunter2-hunter2", 200, "x"));
        text.push_str(&line(2, "ada@hall.example", "GET /t/hunter2hunter2hunter2?%61da%40hall=1", 200, "x"));
    }
    for ix in 0..30 {
        for (day, agent) in [(1, "a"), (2, "b"), (3, "c"), (3, "a")] {
            let name = char::from(b'a' + u8::try_from(ix % 26).unwrap()).to_string().repeat(3 + ix / 26);
            let _ = write!(text, "{}", line(day, "-", &format!("GET /surnames/lovelace{name}"), 200, agent));
        }
    }
    let run = place.run_with("usage import -", &[], &text);
    assert_eq!(run.code, 0, "{run:?}");
    let written = place.read("preavis/usage.json");
    let day_free = written.replace("2024-07-0", "");
    for secret in SECRETS {
        assert!(!day_free.contains(secret), "{secret}: {written}");
        assert!(!run.out.contains(secret), "{secret}: {}", run.out);
    }
    assert!(written.contains("GET /surnames/{}") && written.contains("\"title\""), "{written}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bytes are a request, nothing, or a bad line; never a panic, and never more than they were.
    #[test]
    fn any_line_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,80}") {
        use preavis::audience::logs::{Format, PRESETS};
        use preavis::audience::Target;
        let made = [
            bytes.clone(),
            format!("1 - {text} [01/Jul/2024:10:00:00 +0000] \"GET /{text} HTTP/1.1\" 200 1 \"{text}\" \"{text}\"").into_bytes(),
            format!("{{\"method\":\"GET\",\"path\":\"{text}\",\"time\":{text}}}").into_bytes(),
            format!("2024-07-01 method=GET path=\"{text} status={text} x={text}").into_bytes(),
        ];
        for preset in PRESETS {
            let format = Format::named(preset.name, None).unwrap().unwrap();
            for line in &made {
                if let Ok(Some(request)) = format.read(line) {
                    prop_assert!(request.method.len() <= 20);
                    let _ = Target::parse(&request.target);
                }
            }
        }
        let _ = Format::nginx(&text);
        let _ = Format::named("jsonl", Some(&text));
    }
}
