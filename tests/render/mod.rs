//! One report in every format: goldens under `snapshots/render/`, the same counts everywhere, nothing injected.

mod formats;
mod injection;
mod sample;
mod schema;
