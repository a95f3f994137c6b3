//! The command line: parse arguments, run, exit code.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A report is many small values that live as long as the process: with this allocator a large one takes a third less time
/// than with that of glibc.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    preavis::command_line()
}
