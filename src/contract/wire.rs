//! How values are written on the wire: one table of styles for parameters, headers and form fields of every version
//! (OpenAPI 3.x, "Style Values" and "Style Examples"; 2.0, `collectionFormat`; RFC 6570).
//!
//! Whoever compares or writes what travels as text asks this table, and nothing else.

use crate::text::Location;

/// How a parameter, header or form field is written; 2.0's `collectionFormat` becomes the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Style {
    /// A style of [`STYLES`], the media type of a `content`, or a word that no version knows.
    pub style: String,
    /// One name-value pair for each member.
    pub explode: bool,
    /// What separates a list within the list (2.0), where it is not the default.
    pub within: Option<&'static str>,
}

/// How a list is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Lists {
    /// Each item as if it stood alone: `ids=1&ids=2`.
    Repeated,
    /// One text in which a character separates the items: `ids=1,2`.
    Joined(char),
}

/// How an object is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Objects {
    /// Each member under its own name, the parameter's name nowhere: `R=100&G=200`.
    Keys,
    /// Each member under a name in brackets: `color[R]=100&color[G]=200`.
    Brackets,
    /// Names and values in one text, each `name=value`: `R=100,G=200`.
    Pairs(char),
    /// Names and values in one text, one after the other: `R,100,G,200`.
    Flat(char),
}

/// What stands before the value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lead {
    /// Nothing, or the name where the place has names: `color=blue`.
    Plain,
    /// A dot: `.blue`.
    Dot,
    /// A semicolon and the name: `;color=blue`.
    Semicolon,
}

/// Where values travel as text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The query.
    Query,
    /// A segment of the path.
    Path,
    /// A header of a request or a response.
    Header,
    /// A cookie.
    Cookie,
    /// A field of a form.
    Form,
}

impl From<Location> for Place {
    fn from(location: Location) -> Self {
        match location {
            Location::Query | Location::QueryString => Self::Query,
            Location::Path => Self::Path,
            Location::Header => Self::Header,
            Location::Cookie => Self::Cookie,
        }
    }
}

/// One row: a style, exploded or not, and the places that know it.
#[derive(Debug)]
pub struct Row {
    /// The word of OpenAPI.
    pub style: &'static str,
    /// Whether it is exploded.
    pub explode: bool,
    /// Where it may be used.
    pub places: &'static [Place],
    /// What stands before a value.
    pub lead: Lead,
    /// How lists are written.
    pub lists: Lists,
    /// How objects are written.
    pub objects: Objects,
    /// What reports call a list in this style.
    pub list_word: &'static str,
    /// What reports call an object in this style.
    pub object_word: &'static str,
}

use Lists::{Joined, Repeated};
use Objects::{Brackets, Flat, Keys, Pairs};
use Place::{Cookie, Form, Header, Path, Query};

macro_rules! styles {
    ($($style:literal $explode:literal [$($place:ident)+] $lead:ident $lists:expr, $objects:expr, $list:literal $object:literal;)+) => {
        /// Every style, exploded and not.
        pub const STYLES: &[Row] = &[$(Row {
            style: $style, explode: $explode, places: &[$($place),+], lead: Lead::$lead,
            lists: $lists, objects: $objects, list_word: $list, object_word: $object,
        }),+];
    };
}

styles! {
    "form" true [Query Cookie Form] Plain Repeated, Keys, "repeated" "form, exploded";
    "form" false [Query Cookie Form] Plain Joined(','), Flat(','), "comma-separated" "form";
    "simple" true [Path Header] Plain Joined(','), Pairs(','), "comma-separated" "simple, exploded";
    "simple" false [Path Header] Plain Joined(','), Flat(','), "comma-separated" "simple";
    "label" true [Path] Dot Joined('.'), Pairs('.'), "label, exploded" "label, exploded";
    "label" false [Path] Dot Joined(','), Flat(','), "label" "label";
    "matrix" true [Path] Semicolon Repeated, Keys, "matrix, exploded" "matrix, exploded";
    "matrix" false [Path] Semicolon Joined(','), Flat(','), "matrix" "matrix";
    "spaceDelimited" true [Query Form] Plain Repeated, Keys, "repeated" "spaceDelimited, exploded";
    "spaceDelimited" false [Query Header Path Form] Plain Joined(' '), Flat(' '), "spaceDelimited" "spaceDelimited";
    "pipeDelimited" true [Query Form] Plain Repeated, Keys, "repeated" "pipeDelimited, exploded";
    "pipeDelimited" false [Query Header Path Form] Plain Joined('|'), Flat('|'), "pipeDelimited" "pipeDelimited";
    // Only 2.0 has it (`tsv`).
    "tabDelimited" false [Query Header Path Form] Plain Joined('\t'), Flat('\t'), "tabDelimited" "tabDelimited";
    // It has one way to write an object, whatever `explode` says, and none for lists.
    "deepObject" true [Query Form] Plain Repeated, Brackets, "deepObject" "deepObject";
    "deepObject" false [Query Form] Plain Repeated, Brackets, "deepObject" "deepObject";
    // 3.2: cookies that are separated as cookies are, and not escaped.
    "cookie" true [Cookie] Plain Repeated, Keys, "cookie, exploded" "cookie, exploded";
    "cookie" false [Cookie] Plain Joined(','), Flat(','), "comma-separated" "cookie";
}

/// `collectionFormat` of 2.0, and what it is called since, in places that have names and in those that have none.
/// `multi` is known in queries and forms only; elsewhere it is the default, as is any other word.
const COLLECTIONS: &[(&str, &[Place], &str, bool)] = &[
    ("csv", &[Query, Form], "form", false),
    ("csv", &[Path, Header], "simple", false),
    ("ssv", &[Query, Path, Header, Form], "spaceDelimited", false),
    ("tsv", &[Query, Path, Header, Form], "tabDelimited", false),
    ("pipes", &[Query, Path, Header, Form], "pipeDelimited", false),
    ("multi", &[Query, Form], "form", true),
];

/// The formats of lists within lists that are not the default.
const WITHIN: &[&str] = &["ssv", "tsv", "pipes"];

impl Style {
    /// A style of 3.x; what is not written is the default of the place.
    pub fn written(style: Option<&str>, explode: Option<bool>, place: Place) -> Self {
        let style = style.unwrap_or(match place {
            Query | Cookie | Form => "form",
            Path | Header => "simple",
        });
        // OpenAPI 3.2, Parameter Object: `form` and `cookie` explode where nothing else is said.
        let explode = explode.unwrap_or(matches!(style, "form" | "cookie"));
        Self { style: style.to_owned(), explode, within: None }
    }

    /// What `collectionFormat` of 2.0 says of a list, and of the lists within it.
    pub fn collection(format: Option<&str>, within: Option<&str>, place: Place) -> Self {
        let find = |format: &str| {
            let mut rows = COLLECTIONS.iter().filter(|(name, places, ..)| *name == format && places.contains(&place));
            rows.next().map(|&(_, _, style, explode)| (style, explode))
        };
        let (style, explode) = format.and_then(find).or_else(|| find("csv")).unwrap_or(("simple", false));
        let within = within.and_then(|format| WITHIN.iter().copied().find(|known| *known == format));
        Self { style: style.to_owned(), explode, within }
    }

    /// The row of the table; `None` for a word that no version knows, and for a media type.
    pub fn row(&self) -> Option<&'static Row> {
        STYLES.iter().find(|row| row.style == self.style && row.explode == self.explode)
    }

    /// True of a value that its media type writes as it stands, where the style is a media type.
    pub fn is_text(&self) -> bool {
        self.style.starts_with("text/")
    }

    /// What reports call this style: styles that write the same text have the same word. `list` and `object` say what
    /// the value may be; where it may be neither, only what stands before it counts.
    pub fn word(&self, list: bool, object: bool) -> String {
        let Some(row) = self.row() else {
            return format!("{}{}", self.style, if self.explode { ", exploded" } else { "" });
        };
        let word = match (list, object) {
            (_, true) => row.object_word,
            (true, false) => row.list_word,
            (false, false) if row.lead == Lead::Plain => "plain",
            (false, false) => row.style,
        };
        let within = self.within.filter(|_| list).map(|within| format!(", {within} within"));
        format!("{word}{}", within.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_a_row_for_its_default_and_for_each_collection() {
        for place in [Query, Path, Header, Cookie, Form] {
            for explode in [None, Some(true), Some(false)] {
                let row = Style::written(None, explode, place).row().expect("a default");
                assert!(row.places.contains(&place), "{place:?} {row:?}");
            }
        }
        for place in [Query, Path, Header, Form] {
            for format in [None, Some("csv"), Some("ssv"), Some("tsv"), Some("pipes"), Some("multi"), Some("odd")] {
                let style = Style::collection(format, None, place);
                let row = style.row().expect("a collection");
                assert!(row.places.contains(&place), "{place:?} {row:?}");
                let default = Style::collection(Some("csv"), None, place);
                let plain = matches!(format, None | Some("csv" | "odd"))
                    || format == Some("multi") && !matches!(place, Query | Form);
                assert_eq!(style == default, plain, "{place:?} {format:?}");
            }
        }
    }

    #[test]
    fn a_separator_of_its_own_is_a_form_of_its_own() {
        let query = |format, within| Style::collection(Some(format), within, Query).word(true, false);
        assert_eq!(query("csv", None), Style::written(None, Some(false), Query).word(true, false));
        assert_eq!(query("csv", Some("csv")), query("csv", None));
        assert_ne!(query("csv", Some("pipes")), query("csv", None));
        assert_eq!(Style::written(Some("odd"), Some(true), Path).word(true, false), "odd, exploded");
    }
}
