//! The odd spots of two documents and of their comparison, each said once.

use indexmap::{IndexMap, IndexSet};

use super::Problem;
use super::assemble::ApiInput;
use super::position::Positions;

/// Odd spots of head, then those of base that head has no more, then those of the comparison.
pub(super) fn problems(input: &ApiInput<'_>, places: &mut [Option<Positions<'_>>; 2]) -> Vec<Problem> {
    let said = [(1, input.head), (0, input.base)]
        .into_iter()
        .flat_map(|(side, document)| {
            document.into_iter().flat_map(move |it| it.problems.iter().map(move |p| (side, p)))
        })
        .chain(input.changes.problems.iter().map(|problem| (1, problem)));
    let mut seen = IndexMap::new();
    for (side, problem) in said {
        let (line, column) = match (problem.line, problem.offset, &mut places[side]) {
            (0, Some(offset), Some(places)) => places.offset(&problem.file, offset).unwrap_or_default(),
            (line, ..) => (line as u64, problem.column as u64),
        };
        let (file, message) = (problem.file.clone(), problem.message.clone());
        let first = Problem { file: file.clone(), line, column, message: message.clone() };
        seen.entry((side == 0, file, message)).or_insert_with(Vec::new).push(first);
    }
    let mut out: IndexSet<Problem> = IndexSet::new();
    for ((of_base, file, message), list) in &seen {
        if !of_base || !seen.contains_key(&(false, file.clone(), message.clone())) {
            out.extend(list.iter().cloned());
        }
    }
    out.into_iter().collect()
}
