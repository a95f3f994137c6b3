//! Room for code of others that recurses through a schema: its depth follows the longest chain of references, which the
//! document decides. Memory of a stack is taken only as far as it is used.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes of stack; a schema of as many nodes as is ever handed out fits many times.
const STACK: usize = 512 * 1024 * 1024;

/// Runs a question on a stack of its own; `None` where no thread can be had, or where the code of others gave up.
pub(super) fn roomy<T: Send>(question: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let asked = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || catch_unwind(AssertUnwindSafe(question)).ok());
        asked.ok()?.join().ok()?
    })
}
