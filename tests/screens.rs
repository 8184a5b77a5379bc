//! What the screen looks like after some keys, at three sizes.

// What cannot be had here fails the test, as it should; the lint's exemption ends at functions marked as tests.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "screens/screen.rs"]
mod screen;

use screen::Screen;

#[test]
fn first() {
    println!("{}", Screen::open(160, 48, "02").text());
    println!("{}", Screen::open(80, 24, "02").text());
}
