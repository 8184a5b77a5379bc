//! Nothing breaks at any size, whatever is open.

use proptest::prelude::*;

use crate::screen::Screen;
use postil::text::width::text_cells;

/// Ways to get something on the screen.
const WAYS: [&str; 26] = [
    "]qo",
    "jjjo",
    "jj:history<enter>j",
    "cstate<enter>]c",
    "]e]q",
    "vjjw",
    "jhjja",
    "<C-p>s",
    "?",
    ":",
    ":the<tab>",
    "/the<enter>nn",
    "g",
    "]",
    "m",
    "ma'",
    "1jj",
    "3jjj",
    "3lll",
    "3h/in<enter>",
    "B",
    "jaNote<esc>A",
    "e",
    "g<space>",
    "<A-x>",
    "1/zzz",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_size_can_be_painted(
        (cols, rows) in prop_oneof![(1_u16..60, 1_u16..20), (1_u16..320, 1_u16..70)],
        (later_cols, later_rows) in (1_u16..180, 1_u16..60),
        document in prop::sample::select(vec!["00", "01", "05", "08", "11", "12"]),
        keys in prop::sample::select(WAYS.to_vec()),
        more in prop::sample::select(WAYS.to_vec()),
    ) {
        let mut screen = Screen::open(cols, rows, document).keys(keys);
        let (buffer, cursor) = screen.buffer();
        prop_assert!(cursor.is_none_or(|cursor| buffer.area.contains(cursor)));
        screen = screen.keys(more);
        screen.resize(later_cols, later_rows);
        let (buffer, _) = screen.buffer();
        for row in buffer.area.rows() {
            // No half of a wide character at an edge, and no row that is longer than the screen.
            let last = &buffer[(row.right() - 1, row.y)];
            prop_assert!(text_cells(last.symbol()) <= 1);
        }
    }

    #[test]
    fn hostile_and_wide_text_can_be_painted(
        text in r#"([a-z漢字한é"“” \n#>*\-\u{200d}👩🚀🇯🇵\u{301}\u{1b}\u{202e}\[\]0-9]){0,300}"#,
        (cols, rows) in (1_u16..90, 1_u16..30),
    ) {
        let screen = Screen::of(cols, rows, "/a/b.md", &text).keys("jjlvwh]e");
        let (buffer, _) = screen.buffer();
        for cell in buffer.content() {
            prop_assert!(!cell.symbol().chars().any(postil::text::sanitise::is_unsafe));
        }
    }
}
