//! A table of styles of the judge's own, from the standard's "Style Examples" and RFC 6570: nothing of the program is used.

/// Where a value travels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    Query,
    Path,
    Header,
    Cookie,
    /// A header of a response.
    Answer,
}

/// How a list is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Lists {
    /// Each item by itself.
    Each,
    /// One text, with a separator.
    Between(char),
}

/// How an object is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Objects {
    /// `R=100&G=200`
    Keys,
    /// `color[R]=100`
    Brackets,
    /// `R=100,G=200`
    Pairs(char),
    /// `R,100,G,200`
    Flat(char),
}

/// What one style does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// What stands before a value: nothing, `.`, or `;` and the name.
    pub(super) lead: &'static str,
    pub(super) lists: Lists,
    pub(super) objects: Objects,
}

/// Styles of 3.x in each place, with and without `explode`, that the standard gives an example of.
const STYLES: &[(Place, &str, bool, Form)] = &[
    (Place::Query, "form", true, form("", Lists::Each, Objects::Keys)),
    (Place::Query, "form", false, form("", Lists::Between(','), Objects::Flat(','))),
    (Place::Query, "spaceDelimited", false, form("", Lists::Between(' '), Objects::Flat(' '))),
    (Place::Query, "pipeDelimited", false, form("", Lists::Between('|'), Objects::Flat('|'))),
    (Place::Query, "deepObject", true, form("", Lists::Each, Objects::Brackets)),
    (Place::Path, "simple", false, form("", Lists::Between(','), Objects::Flat(','))),
    (Place::Path, "simple", true, form("", Lists::Between(','), Objects::Pairs(','))),
    (Place::Path, "label", false, form(".", Lists::Between(','), Objects::Flat(','))),
    (Place::Path, "label", true, form(".", Lists::Between('.'), Objects::Pairs('.'))),
    (Place::Path, "matrix", false, form(";", Lists::Between(','), Objects::Flat(','))),
    (Place::Path, "matrix", true, form(";", Lists::Each, Objects::Keys)),
    (Place::Header, "simple", false, form("", Lists::Between(','), Objects::Flat(','))),
    (Place::Header, "simple", true, form("", Lists::Between(','), Objects::Pairs(','))),
    (Place::Answer, "simple", false, form("", Lists::Between(','), Objects::Flat(','))),
    (Place::Answer, "simple", true, form("", Lists::Between(','), Objects::Pairs(','))),
    (Place::Cookie, "form", true, form("", Lists::Each, Objects::Keys)),
    (Place::Cookie, "form", false, form("", Lists::Between(','), Objects::Flat(','))),
];

/// `collectionFormat` of 2.0; `multi` is for queries.
const COLLECTIONS: &[(&str, Lists)] = &[
    ("csv", Lists::Between(',')),
    ("ssv", Lists::Between(' ')),
    ("tsv", Lists::Between('\t')),
    ("pipes", Lists::Between('|')),
    ("multi", Lists::Each),
];

const fn form(lead: &'static str, lists: Lists, objects: Objects) -> Form {
    Form { lead, lists, objects }
}

/// The words that a place knows: style and `explode`.
pub(super) fn styles(place: Place) -> Vec<(&'static str, bool)> {
    STYLES.iter().filter(|(known, ..)| *known == place).map(|(_, style, explode, _)| (*style, *explode)).collect()
}

/// The words for lists of 2.0 that a place knows.
pub(super) fn collections(place: Place) -> Vec<&'static str> {
    let known = |word: &&str| *word != "multi" || place == Place::Query;
    COLLECTIONS.iter().map(|(word, _)| *word).filter(known).collect()
}

/// What a style does in a place.
pub(super) fn of_style(place: Place, style: &str, explode: bool) -> Form {
    let row = STYLES.iter().find(|row| row.0 == place && row.1 == style && row.2 == explode);
    row.expect("a style of the place").3
}

/// What a `collectionFormat` does; 2.0 has no objects outside bodies.
pub(super) fn of_collection(word: &str) -> Form {
    let row = COLLECTIONS.iter().find(|(known, _)| *known == word);
    form("", row.expect("a collection").1, Objects::Keys)
}
