//! The parse floor: what reading the given JSON files with `serde_json` into values costs, and nothing else.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut values = Vec::new();
    for path in std::env::args().skip(1) {
        values.push(serde_json::from_slice::<serde_json::Value>(&std::fs::read(path)?)?);
    }
    // Keep the values alive, as a comparison has to, so that memory is comparable too.
    assert!(!values.is_empty(), "usage: floor FILE.json [FILE.json ...]");
    Ok(())
}
