//! Odd spots of a document: each with its place, none of them a refusal of the rest.

/// How much hangs on a problem.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Weight {
    /// Nothing of the meaning hangs on it.
    Odd,
    /// A part is unreadable: what lies there is unknown.
    Hole,
}

/// An odd spot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The file, relative to the version's root.
    pub file: String,
    /// The byte offset in that file, where one is known.
    pub offset: Option<usize>,
    /// The line, from 1; 0 where none is known.
    pub line: usize,
    /// The column, from 1; 0 where none is known.
    pub column: usize,
    /// What is odd, in English, lower case, without a dot.
    pub message: String,
    /// How much hangs on it.
    pub weight: Weight,
}
