//! Compares two files and says what changed: `cargo run --example compare -- OLD NEW TODAY`, for example with the day
//! `2030-01-31`.
#![allow(clippy::print_stdout, reason = "a program prints")]

use std::error::Error;

use preavis::{CompareOptions, Config, Date, Format, RenderOptions, compare, render};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [old, new, today] = arguments.as_slice() else { return Err("usage: compare OLD NEW TODAY".into()) };
    let today: Date = today.parse()?;

    // The catalogue's levels; `Config::from_toml` takes others.
    let config = Config::default();
    let found = compare(old, new, &config, &CompareOptions::new(today)).map_err(|error| {
        let advice = error.advice().map(|advice| format!("\nhelp: {advice}"));
        format!("{error}{}", advice.unwrap_or_default())
    })?;
    print!("{}", render(&found.report, Format::Text, &RenderOptions::default()));
    Ok(())
}
