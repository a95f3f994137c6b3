//! Changelogs: goldens under `snapshots/changelog/`, what stays in a file that people edit, and the command over a real
//! repository.

mod command;
mod history;
mod sample;
mod write;
