//! The address of a node: from its home down, each step read by where it stands.

use super::place::{Address, member};
use crate::contract::{Contract, Home, Location, SchemaAt};
use crate::spec::{Key, Loc};
use crate::text::Spot;

/// What the steps of a route mean where the walk stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Operation,
    Parameters,
    Parameter,
    Body,
    Responses,
    Response,
    Headers,
    Header,
    Content,
    Media,
    Schema,
    Members,
    Patterns,
    Union,
    Places,
    Skip,
}

/// The address of a node.
pub(super) fn of_node(contract: &Contract, at: Loc) -> Address {
    from_home(contract, at).0
}

/// The address of a node within a component, below the nodes that list the component: the outermost first, each but that one
/// within what the one before leads to.
pub(super) fn through(contract: &Contract, listed: &[Loc], at: Loc) -> Address {
    let place = |at: Loc| contract.homes.place(&contract.document, at);
    let inner = place(at);
    // What is listed in place is part of the way to the node itself.
    let listed: Vec<Loc> =
        listed.iter().copied().take_while(|&listed| place(listed).home_at != inner.home_at).collect();
    let led_to = |listed: Loc| contract.document.follow(listed).ok().map(|at| place(at).home_at);
    let Some((&first, rest)) = listed.split_first().filter(|_| led_to(listed[listed.len() - 1]) == Some(inner.home_at))
    else {
        return of_node(contract, at);
    };
    let (mut out, mut mode) = from_home(contract, first);
    for place in rest.iter().map(|&at| place(at)).chain([inner]) {
        mode = descend(contract, &mut out, mode, (place.home_at, &place.route));
    }
    out
}

/// The address of a node below others: the first is where a schema is referred to, each of the rest a schema that is reached
/// there, and a node within it.
pub(super) fn below(contract: &Contract, first: Loc, rest: &[(Loc, Loc)]) -> Address {
    let (mut out, mut mode) = from_home(contract, first);
    for &(from, to) in rest {
        let lineage = contract.document.file(from.file).lineage(from.node, to.node);
        let route: Vec<Loc> = lineage.into_iter().map(|(node, _)| Loc { node, ..from }).collect();
        mode = descend(contract, &mut out, mode, (from, &route));
    }
    out
}

fn from_home(contract: &Contract, at: Loc) -> (Address, Mode) {
    let place = contract.homes.place(&contract.document, at);
    let mut out = Address { component: place.home.component(), ..Address::default() };
    let mut mode = Mode::Schema;
    match &place.home {
        Home::Component { section, name } => {
            out.prefix = if *section == "schemas" { format!("schema:{name}") } else { format!("{section}/{name}") };
            mode = match *section {
                "responses" => Mode::Response,
                "parameters" => Mode::Parameter,
                "requestBodies" => Mode::Body,
                "headers" => Mode::Header,
                "mediaTypes" => Mode::Media,
                "pathItems" | "callbacks" => Mode::Operation,
                _ => Mode::Schema,
            };
        }
        Home::Operation(key) => {
            out.prefix = key.address();
            out.spot = Some(Spot::Operation);
            mode = Mode::Operation;
        }
        Home::Path(shape) => {
            out.prefix.clone_from(shape);
            out.spot = Some(Spot::Operation);
            mode = Mode::Operation;
        }
        Home::Root => {}
    }
    mode = descend(contract, &mut out, mode, (place.home_at, &place.route));
    (out, mode)
}

fn descend(contract: &Contract, out: &mut Address, mut mode: Mode, (mut parent, route): (Loc, &[Loc])) -> Mode {
    for &at in route {
        mode = step(contract, out, mode, parent, at);
        parent = at;
    }
    mode
}

fn step(contract: &Contract, out: &mut Address, mode: Mode, parent: Loc, at: Loc) -> Mode {
    let document = &contract.document;
    let key = document.file(at.file).key(at.node);
    let name = document.name(at);
    match mode {
        Mode::Operation => match key {
            Key::PARAMETERS => Mode::Parameters,
            Key::REQUEST_BODY => {
                out.prefix.push_str("#request");
                out.spot = Some(Spot::RequestBody);
                Mode::Body
            }
            Key::RESPONSES => Mode::Responses,
            _ => Mode::Skip,
        },
        Mode::Parameters => parameter(contract, out, at),
        Mode::Parameter => match key {
            Key::CONTENT => Mode::Content,
            _ => schema_step(out, key),
        },
        Mode::Responses => {
            out.prefix.push_str(&format!("#response:{name}"));
            out.spot = Some(Spot::Response(name.to_owned()));
            Mode::Response
        }
        Mode::Body | Mode::Response => match key {
            Key::CONTENT => Mode::Content,
            Key::HEADERS => Mode::Headers,
            Key::SCHEMA => {
                body_spot(out);
                Mode::Schema
            }
            _ => Mode::Skip,
        },
        Mode::Headers => {
            out.prefix.push_str(&format!(":header:{name}"));
            out.lead = format!("header:{name}");
            if let Some(Spot::Response(status)) = &out.spot {
                out.spot = Some(Spot::ResponseHeader(status.clone(), name.to_owned()));
            }
            Mode::Header
        }
        Mode::Content => {
            if out.lead.is_empty() {
                out.prefix.push_str(&format!(":{}", name.to_ascii_lowercase()));
                body_spot(out);
            }
            Mode::Media
        }
        Mode::Header | Mode::Media if key == Key::CONTENT => Mode::Content,
        Mode::Header | Mode::Media | Mode::Schema => schema_step(out, key),
        Mode::Members | Mode::Patterns | Mode::Union | Mode::Places => {
            let segment = segment(contract, mode, parent, at);
            let numbered = segment.strip_prefix('|').is_some_and(|it| it.bytes().all(|letter| letter.is_ascii_digit()));
            let word = if numbered && mode == Mode::Union { variant(contract, at) } else { None };
            out.words.extend(word.map(|word| (out.segments.len(), word)));
            out.segments.push(segment);
            Mode::Schema
        }
        Mode::Skip => Mode::Skip,
    }
}

/// What sentences say of a variant that has no name: its constant, its title, a member, else its type.
fn variant(contract: &Contract, at: Loc) -> Option<String> {
    let document = &contract.document;
    let SchemaAt::Node(at) = contract.resolve(at) else { return None };
    let plain = |text: &&str| !text.is_empty() && !text.contains(['.', '[', '{', '|', ']', '}']);
    let members = || document.get(at, Key::PROPERTIES).into_iter().flat_map(|list| document.members(list));
    let constant = members().find_map(|(_, member)| document.string(member, Key::CONST));
    if let Some(name) = constant.or_else(|| document.string(at, Key::TITLE)).filter(plain) {
        return Some(format!("|named {name}"));
    }
    let required = document.get(at, Key::REQUIRED).and_then(|list| document.children(list).next());
    let required = required.map(|name| document.text(name)).filter(plain);
    if let Some(name) = required.or_else(|| members().next().map(|(name, _)| name).filter(plain)) {
        return Some(format!("|with {name}"));
    }
    let known = |kind: &&str| matches!(*kind, "string" | "integer" | "number" | "boolean" | "array" | "object");
    document.string(at, Key::TYPE).filter(known).map(|kind| format!("|of {kind}"))
}

/// What a step within a schema adds to the address.
fn segment(contract: &Contract, mode: Mode, parent: Loc, at: Loc) -> String {
    let name = contract.document.name(at);
    let index = || contract.document.children(parent).position(|child| child == at).unwrap_or(0);
    match mode {
        Mode::Members => member(name),
        Mode::Patterns => format!("{{{name}}}"),
        Mode::Places => format!("[{}]", index()),
        Mode::Union => {
            let target = contract.resolve(at);
            let label = if let SchemaAt::Node(target) = target { contract.homes.at(target) } else { None };
            format!("|{}", label.and_then(Home::component).unwrap_or_else(|| index().to_string()))
        }
        Mode::Operation
        | Mode::Parameters
        | Mode::Parameter
        | Mode::Body
        | Mode::Responses
        | Mode::Response
        | Mode::Headers
        | Mode::Header
        | Mode::Content
        | Mode::Media
        | Mode::Schema
        | Mode::Skip => name.to_owned(),
    }
}

fn body_spot(out: &mut Address) {
    if let Some(Spot::Response(status)) = &out.spot {
        out.spot = Some(Spot::ResponseBody(status.clone()));
    }
}

fn parameter(contract: &Contract, out: &mut Address, at: Loc) -> Mode {
    let document = &contract.document;
    let at = document.follow(at).unwrap_or(at);
    let name = document.string(at, Key::NAME).unwrap_or("");
    match document.string(at, Key::IN).unwrap_or("") {
        "body" => {
            out.prefix.push_str("#request");
            out.spot = Some(Spot::RequestBody);
            Mode::Body
        }
        "formData" => {
            out.prefix.push_str("#request:form");
            out.spot = Some(Spot::RequestBody);
            out.segments.push(member(name));
            Mode::Schema
        }
        place => {
            out.prefix.push_str(&format!("?{place}:{name}"));
            out.lead = format!("{place}:{name}");
            // A parameter without an `in` of the standard is not compared, yet what stands in it has an address.
            let other = || Spot::Other(format!("{place} parameter {name}"));
            out.spot = Some(Location::named(place).map_or_else(other, |location| Spot::parameter(location, name)));
            Mode::Parameter
        }
    }
}

fn schema_step(out: &mut Address, key: Key) -> Mode {
    match key {
        Key::PROPERTIES => Mode::Members,
        Key::PATTERN_PROPERTIES => Mode::Patterns,
        Key::ADDITIONAL_PROPERTIES | Key::UNEVALUATED_PROPERTIES => {
            out.segments.push("{}".to_owned());
            Mode::Schema
        }
        Key::ITEMS | Key::ADDITIONAL_ITEMS | Key::CONTAINS | Key::ITEM_SCHEMA => {
            out.segments.push("[]".to_owned());
            Mode::Schema
        }
        Key::PREFIX_ITEMS => Mode::Places,
        Key::ANY_OF | Key::ONE_OF => Mode::Union,
        // `allOf`, its members and `schema` are no places of their own.
        _ => Mode::Schema,
    }
}
