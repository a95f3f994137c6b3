//! How two versions write one value as text: parameters and headers, of requests and responses alike.

use super::Differ;
use crate::contract::{Action, Header, Lead, Lists, Media, Objects, Parameter, Place, SchemaAt, Style};
use crate::schema::{Types, Which};

/// A value that travels as text.
#[derive(Clone, Copy)]
pub(super) struct Carrier<'a> {
    pub(super) style: &'a Style,
    /// The media type of its `content`, in place of a style.
    pub(super) media: Option<&'a str>,
    pub(super) schema: SchemaAt,
}

impl<'a> From<&'a Parameter> for Carrier<'a> {
    fn from(parameter: &'a Parameter) -> Self {
        Self { style: &parameter.style, media: parameter.media.as_deref(), schema: parameter.schema }
    }
}

impl<'a> From<&'a Header> for Carrier<'a> {
    fn from(header: &'a Header) -> Self {
        Self { style: &header.style, media: header.media.as_deref(), schema: header.schema }
    }
}

/// What the two versions make of it.
pub(super) struct Wire {
    /// What reports call the old and the new form, where the same value is written otherwise.
    pub(super) forms: Option<(String, String)>,
    /// The value is text in both, so that `1` and `"1"` are the same.
    pub(super) text: bool,
    /// How lists are written, where both write them alike or only one has lists.
    pub(super) lists: Option<Lists>,
    /// A single text became a list in which a character separates items, or the other way: the text may hold it.
    pub(super) split: Option<(Action, String)>,
}

impl Carrier<'_> {
    /// What reports call the form of values of some types, of all that its own schema admits.
    fn form(self, own: Types, types: Types) -> String {
        let Some(media) = self.media else {
            return self.style.word(types.meets(Types::ARRAY), types.meets(Types::OBJECT));
        };
        if is_bare(media, own) { "plain".to_owned() } else { media.to_owned() }
    }

    /// What stands before the value, whatever its type.
    fn lead(self) -> Option<Lead> {
        self.style.row().filter(|_| self.media.is_none()).map(|row| row.lead)
    }

    fn is_text(self, types: Types) -> bool {
        self.media.is_none_or(|media| is_bare(media, types))
    }

    fn lists(self, types: Types) -> Option<Lists> {
        let row = self.style.row().filter(|_| self.media.is_none())?;
        let keys = matches!(row.objects, Objects::Keys | Objects::Brackets);
        // Lists among the members of an exploded object are repeated, as those beside it are.
        let within = types.meets(Types::OBJECT) && !types.meets(Types::ARRAY);
        if within { keys.then_some(Lists::Repeated) } else { Some(row.lists) }
    }
}

/// True of a media type that writes values of some types as a plain style does (OpenAPI 3.0.4, Parameter Object: `content`
/// of `text/plain`); JSON does so of what it does not quote.
fn is_bare(media: &str, types: Types) -> bool {
    let essence = media.split(';').next().unwrap_or(media).trim();
    match essence {
        "text/plain" => types == Types::ALL || !types.meets(Types::COMPOSITE),
        "application/json" => types.without(Types::NUMBER.or(Types::BOOLEAN)).is_empty(),
        _ => false,
    }
}

/// True if both versions write the same values in the same way.
pub(super) fn is_same(differ: &Differ<'_>, base: Carrier<'_>, head: Carrier<'_>) -> bool {
    let (SchemaAt::Node(old), SchemaAt::Node(new)) = (base.schema, head.schema) else { return false };
    base.style == head.style && base.media == head.media && differ.engine.align().same(old, new)
}

/// Compares how a value is written.
pub(super) fn compare(differ: &mut Differ<'_>, base: Carrier<'_>, head: Carrier<'_>) -> Wire {
    // Most values are the same, and of those no reading tells more.
    if is_same(differ, base, head) {
        return Wire { forms: None, text: true, lists: None, split: None };
    }
    let types =
        (differ.expansion(Which::Base, base.schema).types(), differ.expansion(Which::Head, head.schema).types());
    // What both may be decides, where that is a list or an object: no type named at all is no form of its own.
    let common = types.0.and(types.1);
    let shared = |own: Types| if common.meets(Types::COMPOSITE) { common } else { own };
    let forms = (base.form(types.0, shared(types.0)), head.form(types.1, shared(types.1)));
    // Where the types differ altogether, the schema says so.
    let comparable = base.media.is_some() != head.media.is_some()
        || base.media != head.media
        || types.0.and(types.1).meets(Types::COMPOSITE)
        || !types.0.or(types.1).meets(Types::COMPOSITE)
        || base.lead() != head.lead();
    let lists = match (types.0.meets(Types::COMPOSITE), types.1.meets(Types::COMPOSITE)) {
        (true, true) => base.lists(types.0).filter(|lists| head.lists(types.1) == Some(*lists)),
        (true, false) => base.lists(types.0),
        (false, true) => head.lists(types.1),
        (false, false) => None,
    };
    let text = base.is_text(types.0) && head.is_text(types.1);
    Wire {
        split: lists.filter(|_| text).and_then(|lists| split(differ, (base, head), types, lists)),
        forms: (forms.0 != forms.1 && comparable).then_some(forms),
        text,
        lists: lists.filter(|_| text),
    }
}

/// True of parameters whose names both versions write before the value.
pub(super) fn is_named(differ: &mut Differ<'_>, base: &Parameter, head: &Parameter) -> bool {
    [(Which::Base, base), (Which::Head, head)].into_iter().all(|(which, of)| {
        let row = of.style.row().filter(|row| of.media.is_none() && row.lead == Lead::Semicolon);
        // An exploded object is written under the names of its members.
        row.is_some_and(|row| {
            row.objects != Objects::Keys || differ.expansion(which, of.schema).types() != Types::OBJECT
        })
    })
}

/// What becomes of the separator where one version has a text and the other a list.
fn split(
    differ: &mut Differ<'_>,
    (base, head): (Carrier<'_>, Carrier<'_>),
    types: (Types, Types),
    lists: Lists,
) -> Option<(Action, String)> {
    let Lists::Joined(separator) = lists else { return None };
    let ids =
        [(Which::Base, base.schema), (Which::Head, head.schema)].map(|(which, at)| differ.engine.schema(which, at));
    let single = |types: Types| types.meets(Types::STRING) && !types.meets(Types::COMPOSITE);
    let list = |types: Types| types.meets(Types::ARRAY) && !types.meets(Types::STRING.or(Types::OBJECT));
    let (action, word, may) = match types {
        (old, new) if single(old) && list(new) => {
            (Action::Added, head.form(new, new), differ.engine.may_be_split(ids[0], ids[1], separator))
        }
        (old, new) if list(old) && single(new) => {
            (Action::Removed, base.form(old, old), differ.engine.may_be_split(ids[1], ids[0], separator))
        }
        _ => return None,
    };
    may.then_some((action, word))
}

/// How the members of a form that both versions have are written.
pub(super) struct Form {
    /// How lists are written, where all are written alike: repeated unless an encoding says otherwise.
    pub(super) lists: Option<Lists>,
    /// Members that became, or were, lists in which a character separates items; and what reports call that.
    pub(super) splits: Vec<(String, Action, String)>,
}

/// Compares how lists among the members of a form are written.
pub(super) fn form(differ: &mut Differ<'_>, old: &Media, new: &Media) -> Form {
    let mut out = Form { lists: None, splits: Vec::new() };
    let mut found: Vec<Option<Lists>> = Vec::new();
    let mut members: [Vec<(String, SchemaAt, Style)>; 2] = [Vec::new(), Vec::new()];
    for ((which, media), members) in [(Which::Base, old), (Which::Head, new)].into_iter().zip(&mut members) {
        let Some(schema) = media.schema else { return out };
        let expansion = differ.expansion(which, schema);
        let Some(members_of) = expansion.members() else {
            found.push(Some(Lists::Repeated).filter(|_| media.encoding.is_empty()));
            continue;
        };
        for (name, schema, _) in members_of.list {
            let style = member_style(media, name);
            if differ.engine.expansion(schema).types().meets(Types::ARRAY) {
                found.push(style.as_ref().and_then(Style::row).map(|row| row.lists));
            }
            let at = differ.engine.place(schema).1;
            members.extend(style.map(|style| (name.to_owned(), at, style)));
        }
    }
    let [olds, news] = &members;
    for (name, schema, style) in olds {
        let Some((_, head, to)) = news.iter().find(|(known, ..)| known == name) else { continue };
        let carriers = [(style, *schema), (to, *head)].map(|(style, schema)| Carrier { style, media: None, schema });
        let split = compare(differ, carriers[0], carriers[1]).split;
        out.splits.extend(split.map(|(action, word)| (name.clone(), action, word)));
    }
    let first = found.first().copied().unwrap_or(Some(Lists::Repeated));
    out.lists = first.filter(|_| found.iter().all(|lists| *lists == first));
    out
}

/// The style of a member of a form; `None` where its encoding says something else too.
pub(super) fn member_style(media: &Media, name: &str) -> Option<Style> {
    let Some(encoding) = media.encoding.iter().find(|encoding| encoding.property == name) else {
        return Some(Style::written(None, None, Place::Form));
    };
    match &encoding.style {
        None if encoding.content_types.is_empty() => Some(Style::written(None, None, Place::Form)),
        style => style.clone(),
    }
}
