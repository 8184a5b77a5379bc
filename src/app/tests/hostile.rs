//! Whatever is typed over whatever text, the reader's invariants hold.

use std::sync::Arc;

use proptest::prelude::*;
use unicode_segmentation::GraphemeCursor;

use super::{App, open_at, opened};
use crate::app::msg::Outcome;

const KEYS: &[&str] = &[
    "j",
    "k",
    "w",
    "b",
    "<space>",
    "<pageup>",
    "<C-d>",
    "<C-u>",
    "<C-e>",
    "<C-y>",
    "G",
    "gg",
    "5",
    "2",
    "1",
    "3",
    "%",
    "]s",
    "[s",
    "}",
    "{",
    "]e",
    "[e",
    "]d",
    "*",
    "v",
    "s",
    "p",
    "o",
    "h",
    "a",
    "x",
    "t",
    "u",
    "<C-r>",
    "ma",
    "'a",
    "''",
    "M",
    "B",
    "A",
    "/",
    "n",
    "N",
    "<esc>",
    "<enter>",
    "<tab>",
    "<C-p>",
    "e",
    "y",
    "?",
    ":",
    "g<space>",
    "gl",
    "+",
    "-",
    "zj",
    "zz",
    "<left>",
    "<right>",
    "0",
    "$",
    "<C-o>",
    "<C-i>",
    "<backspace>",
    "q",
    "Fe",
    "Fx",
    "]]",
    "[[",
];

fn holds(app: &mut App) {
    app.model.opening = None;
    let height = app.reader().height();
    let reader = app.reader();
    assert!(reader.visible.len() <= usize::from(height));
    let blocks = &reader.document.blocks;
    assert!(reader.top.block < blocks.len().max(1));
    if blocks.is_empty() {
        assert_eq!(reader.at, 0);
        return;
    }
    let block = reader.block_range(reader.at);
    assert!(
        block.contains(reader.at) || (block.is_empty() && reader.at == block.start),
        "{} is in no block",
        reader.at
    );
    let text = block.of_text(reader.text());
    let mut cursor = GraphemeCursor::new((reader.at - block.start) as usize, text.len(), true);
    assert_eq!(
        cursor.is_boundary(text, 0),
        Ok(true),
        "{} of {block:?}",
        reader.at
    );
}

fn drive(text: &str, size: (u16, u16), keys: &[&str]) {
    let mut app = open_at(text, size);
    for key in keys {
        app.keys(key);
        holds(&mut app);
    }
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("é".to_owned()),
        "[ a.漢字🙂\u{301}\u{200d}🇫🇷“”\n-]{0,200}",
        "(# )?[A-Za-z ,.]{1,60}(\n\n[A-Za-z ,.]{1,80}){0,30}",
        "(\u{301}|\u{93f}|क|ि| |\n\n|👩\u{200d}👧){1,80}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_keys_over_any_text(
        text in texts(),
        size in (1_u16..170, 1_u16..50),
        keys in prop::collection::vec(prop::sample::select(KEYS), 0..60),
    ) {
        drive(&text, size, &keys);
    }

    #[test]
    fn any_resizing(text in texts(), sizes in prop::collection::vec((0_u16..200, 0_u16..60), 1..12)) {
        let mut app = open_at(&text, (120, 40));
        for (cols, rows) in sizes {
            app.keys("jj<space>");
            app.resize(cols, rows);
            holds(&mut app);
        }
    }

    #[test]
    fn any_other_text_of_the_same_document(first in texts(), second in texts(), keys in prop::collection::vec(prop::sample::select(KEYS), 0..20)) {
        let mut app = open_at(&first, (100, 30));
        for key in keys {
            app.keys(key);
        }
        app.model.opening = None;
        let job = app.model.job();
        let again = opened(super::document(super::doc(1), &second));
        app.done(Outcome::Opened(job, Box::new(again)));
        holds(&mut app);
        let found = super::analysis(&app.reader().document);
        app.done(Outcome::Analysed(super::doc(1), Arc::new(found)));
        app.keys("]sjk");
        holds(&mut app);
    }
}

#[test]
fn a_long_block_without_a_blank() {
    for piece in ["a", "漢", "🇫🇷", "—", "- ", "e\u{301}"] {
        let text = piece.repeat(60_000 / piece.len());
        drive(
            &text,
            (100, 30),
            &[
                "w", "b", "j", "<space>", "G", "b", "<left>", "k", "gg", "<right>", "v", "w", "s",
                "p", "o", "<esc>", "50%", "b", "w", "<pageup>",
            ],
        );
    }
}

#[test]
fn many_short_blocks() {
    let text = "A line.\n\n".repeat(2000);
    drive(
        &text,
        (100, 30),
        &[
            "j", "G", "k", "gg", "9999999", "j", "9999999", "k", "<space>", "}", "{", "50%", "999w",
        ],
    );
}

#[test]
fn a_cursor_never_stands_inside_a_grapheme_after_a_word() {
    for keys in [&["w"][..], &["<C-e>", "5", "w"], &["<C-e>", "5", "w", "h"]] {
        drive(" \u{93f} \u{301}", (1, 1), keys);
    }
}
