//! What the screen looks like after some keys: panes, layers and all that floats, at 160x48, 80x24 and 40x12.

// What cannot be had here fails the test, as it should; the lint's exemption ends at functions marked as tests.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "screens/any_size.rs"]
mod any_size;
#[path = "screens/floating.rs"]
mod floating;
#[path = "screens/panes.rs"]
mod panes;
#[path = "screens/screen.rs"]
mod screen;
#[path = "screens/styles.rs"]
mod styles;
#[path = "screens/tracing.rs"]
mod tracing;
