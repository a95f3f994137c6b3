//! The gate.

mod scene;
mod show;
