//! What is said of a check, in every format: read back by parsers that are not ours, the same counts everywhere, and
//! nothing of a hostile document or file gets through.

mod alike;
mod hostile;
mod lists;
mod runner;
mod sample;
mod sarif;
mod saved;
mod terminal;
