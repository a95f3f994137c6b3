//! YAML as values, for what `preavis init` writes: plain documents without aliases.

use granit_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

/// The value of a document.
pub(super) fn read(text: &str) -> Value {
    let mut events = Parser::new_from_str(text).map(|next| next.expect("YAML").0);
    let starts = |event: &Event| matches!(event, Event::StreamStart | Event::DocumentStart(..));
    let first = events.find(|event| !starts(event)).expect("a document");
    value(first, &mut events)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the parser's list of events is open")]
fn value<'t>(event: Event<'t>, events: &mut impl Iterator<Item = Event<'t>>) -> Value {
    match event {
        Event::Scalar(text, ScalarStyle::Plain, ..) => match &*text {
            "true" => true.into(),
            "false" => false.into(),
            "" | "~" | "null" => Value::Null,
            number => number.parse::<i64>().map_or_else(|_| text.as_ref().into(), Value::from),
        },
        Event::Scalar(text, ..) => text.as_ref().into(),
        Event::SequenceStart(..) => {
            let mut items = Vec::new();
            while let Some(event) = next(events) {
                items.push(value(event, events));
            }
            items.into()
        }
        Event::MappingStart(..) => {
            let mut members = Map::new();
            while let Some(event) = next(events) {
                let key = value(event, events);
                let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
                let event = events.next().expect("a value");
                assert!(members.insert(key.clone(), value(event, events)).is_none(), "{key} twice");
            }
            members.into()
        }
        other => panic!("{other:?}"),
    }
}

/// The next event of a collection; nothing at its end.
fn next<'t>(events: &mut impl Iterator<Item = Event<'t>>) -> Option<Event<'t>> {
    events.next().filter(|event| !matches!(event, Event::SequenceEnd | Event::MappingEnd))
}
