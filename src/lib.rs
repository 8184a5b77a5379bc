//! postil: a terminal reading room for official statements and the news about them.
//!
//! The modules stand on floors; each uses only those below it (`ARCHITECTURE.md`, enforced by `tests/floors.rs`).

pub mod annotation;
pub mod app;
pub mod cli;
pub mod document;
pub mod export;
pub mod import;
pub mod index;
pub mod language;
pub mod library;
pub mod runtime;
pub mod search;
pub mod store;
pub mod text;
pub mod time;
pub mod timeline;
pub mod trace;
pub mod ui;
