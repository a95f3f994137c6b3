//! Text in columns.

/// The widest a column is made for one of its cells, in characters: a longer cell stands out of it. Else each row would be
/// as long as the longest name that somebody wrote.
const WIDEST: usize = 120;

/// Rows as lines, the cells of a column one below the other. The last column is not filled up.
pub(crate) fn aligned(rows: &[Vec<&str>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let long = |text: &str| text.chars().count();
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column));
    let width = |column| cells(column).map(|cell| long(cell)).filter(|&wide| wide <= WIDEST).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<&str>| {
        let padded = row.iter().zip(&widths).map(|(cell, width)| {
            let missing = width.saturating_sub(long(cell));
            format!("{cell}{}", " ".repeat(missing))
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_below_each_other() {
        assert_eq!(aligned(&[vec!["a", "é", "c"], vec!["long", "b"], vec![]]), ["a     é  c", "long  b", ""]);
    }

    #[test]
    fn a_very_long_cell_widens_no_other_row() {
        let long = "x".repeat(300_000);
        let lines = aligned(&[vec!["a", "b"], vec![&long, "c"]]);
        assert_eq!((lines[0].as_str(), lines[1].len()), ("a  b", long.len() + 3));
    }
}
