//! What floats over the panes.

use insta::assert_snapshot;

use crate::screen::Screen;
use postil::app::msg::Jumped;
use postil::app::overlay::{Overlay, editor::Saving};

#[test]
fn jump_with_a_preview() {
    assert_snapshot!(Screen::open(120, 24, "01").keys("<C-p>state<down>").text());
}

#[test]
fn jump_on_a_small_screen() {
    assert_snapshot!(Screen::open(40, 12, "01").keys("<C-p>state").text());
}

#[test]
fn a_note_being_written() {
    assert_snapshot!(
        Screen::open(80, 24, "01")
            .keys("jjjaCompare with the editorial")
            .text()
    );
}

#[test]
fn a_note_that_could_not_be_saved() {
    let mut screen = Screen::open(40, 12, "01").keys("aFirst words");
    if let Some(Overlay::Editor(editor)) = screen.model.overlays.last_mut() {
        editor.saving = Saving::Failed("the disk is full".to_owned());
    }
    assert_snapshot!(screen.text());
}

#[test]
fn the_notes_of_the_library() {
    let keys = "jjhjjjjjaNeither ships nor ports are named<esc>2h]]ttask, ships<enter>A";
    assert_snapshot!(Screen::open(80, 24, "03").keys(keys).text());
}

#[test]
fn bookmarks() {
    assert_snapshot!(
        Screen::open(80, 12, "03")
            .keys("jjmajjjMthe law<enter>B")
            .text()
    );
}

#[test]
fn help() {
    assert_snapshot!(Screen::open(80, 24, "03").keys("?mark").text());
}

#[test]
fn commands_by_name() {
    assert_snapshot!(Screen::open(80, 24, "03").keys("<A-x>date").text());
}

#[test]
fn an_entity() {
    assert_snapshot!(Screen::open(80, 24, "03").keys("]e]ee").text());
}

#[test]
fn why_a_date_is_read_so() {
    assert_snapshot!(Screen::open(120, 32, "03").keys("]d]dd").text());
}

#[test]
fn why_a_date_is_read_so_on_a_small_screen() {
    assert_snapshot!(Screen::open(40, 12, "03").keys("]d]dd").text());
}

#[test]
fn half_typed_keys() {
    assert_snapshot!(Screen::open(120, 24, "03").keys("]").text());
}

#[test]
fn a_mark_waits_for_its_letter() {
    assert_snapshot!(Screen::open(40, 12, "03").keys("m").text());
}

#[test]
fn a_command_being_completed() {
    assert_snapshot!(
        Screen::open(80, 8, "03")
            .keys(":the<tab> <tab><tab>")
            .text()
    );
}

#[test]
fn letters_at_links() {
    let text =
        "# Links\n\nSee [the first](https://a.example) and [the second](https://b.example).\n";
    assert_snapshot!(Screen::of(60, 8, "/notes/links.md", text).keys("gl").text());
}

#[test]
fn the_marks_there_are_to_go_to() {
    let text = Screen::open(100, 20, "03").keys("jjmajjjmK'").text();
    assert!(text.contains("a  "), "{text}");
    assert!(text.contains("K  "), "{text}");
}

#[test]
fn a_kind_of_which_there_is_nothing_says_so() {
    let mut screen = Screen::of(80, 24, "/a/b.md", "Only words.\n").keys("<C-p>h:");
    if let Some(Overlay::Jump(picker)) = screen.model.overlays.last_mut() {
        picker.found = Jumped::default();
    }
    let text = screen.text();
    assert!(text.contains("No headings in this document"), "{text}");
}

/// The card of the entity whose name is typed into the list.
fn card(cols: u16, rows: u16, name: &str, keys: &str) -> Screen {
    let mut screen = Screen::open(cols, rows, "02-");
    screen.link("");
    screen.keys(&format!("ge{name}<enter>{keys}"))
}

#[test]
fn the_card_of_an_entity() {
    insta::assert_snapshot!(card(160, 48, "lavrov", "").text());
}

#[test]
fn the_card_of_an_entity_on_a_usual_screen() {
    insta::assert_snapshot!(card(80, 24, "lavrov", "<tab>").text());
}

#[test]
fn the_card_of_an_entity_on_a_small_screen() {
    insta::assert_snapshot!(card(40, 12, "lavrov", "j").text());
}

#[test]
fn who_an_entity_is_named_with() {
    insta::assert_snapshot!(card(100, 30, "lavrov", "<tab><tab>j").text());
}

#[test]
fn the_names_that_are_one() {
    let mut screen = Screen::open(100, 30, "02-");
    screen.link("merge seoul into south-korea");
    insta::assert_snapshot!(screen.keys("geseoul<enter><s-tab>j").text());
}

#[test]
fn what_may_be_taken_out_of_an_entity() {
    insta::assert_snapshot!(card(100, 30, "lavrov", "js").text());
}

#[test]
fn what_may_be_taken_out_on_a_small_screen() {
    insta::assert_snapshot!(card(40, 12, "lavrov", "jsj").text());
}

#[test]
fn everybody_who_is_named() {
    let mut screen = Screen::open(160, 48, "02-");
    screen.link("");
    insta::assert_snapshot!(screen.keys("ge<tab>").text());
}

#[test]
fn everybody_who_is_named_on_a_usual_screen() {
    let mut screen = Screen::open(80, 24, "02-");
    screen.link("");
    insta::assert_snapshot!(screen.keys("gekorea").text());
}

#[test]
fn everybody_who_is_named_on_a_small_screen() {
    let mut screen = Screen::open(40, 12, "02-");
    screen.link("");
    insta::assert_snapshot!(screen.keys("ge").text());
}

/// The review of two notes made on an older text of a page: one probable, one lost.
fn review(cols: u16, rows: u16) -> Screen {
    use postil::annotation::{Annotation, Body, RecordId, Target, locate};
    use postil::app::msg::Coverage;
    use postil::app::overlay::review::Doubt;
    use postil::text::TextRange;

    let then = postil::import::exact(
        "/a.txt",
        "The harbour\n\nThe envoys of both sides signed the paper on the northern pier at noon.\n\nThe minister of fisheries said nothing about the price of herring, though every reporter in the hall had asked for it twice, and the mayor, who had come late, left early with two of his clerks. All went home.\n\nNobody spoke of bread.\n",
        None,
        None,
    );
    let now = postil::import::exact(
        "/a.txt",
        "The harbour\n\nThe minister of fisheries said nothing about the price of herring, though every reporter in the hall had asked for it twice, and the mayor, who had come late, left early with two of his clerks. All went home.\n\nThe envoys of all sides signed a paper on the southern pier at noon.\n",
        None,
        None,
    );
    let mut id = 0;
    let mut doubt = |words: &str, said: &str| {
        let at = then.text.find(words).unwrap();
        id += 1;
        let note = Annotation {
            id: RecordId(id),
            target: Target::new(&then, TextRange::of(at, at + words.len())),
            body: Body {
                note: said.to_owned(),
                ..Body::default()
            },
            created: jiff::Timestamp::UNIX_EPOCH,
            modified: jiff::Timestamp::UNIX_EPOCH,
        };
        let found = locate(&note.target, Some(&then.text), &now);
        // Where the comparison is sure, the words are looked for without the old text, as for a note from elsewhere.
        let found = Doubt::new(&note, &found, &now)
            .or_else(|| Doubt::new(&note, &locate(&note.target, None, &now), &now));
        found.unwrap()
    };
    let doubts = vec![
        doubt(
            "The envoys of both sides signed the paper on the northern pier at noon.",
            "Which pier?",
        ),
        doubt("Nobody spoke of bread.", ""),
    ];
    let mut screen = Screen::open(cols, rows, "01").keys("gr");
    let Some(Overlay::Review(review)) = screen.model.overlays.last_mut() else {
        panic!("the review is not open");
    };
    review.take(doubts, Coverage::Whole);
    screen
}

#[test]
fn a_note_that_needs_a_decision() {
    insta::assert_snapshot!(review(160, 48).text());
}

#[test]
fn a_note_that_needs_a_decision_on_a_usual_screen() {
    insta::assert_snapshot!(review(80, 24).keys("j").text());
}

#[test]
fn a_note_that_needs_a_decision_on_a_small_screen() {
    insta::assert_snapshot!(review(40, 12).text());
}

/// Two notes with tags, three tags with something said about them.
fn tags(cols: u16, rows: u16) -> Screen {
    use postil::annotation::{Annotation, Body, Control, RecordId, Tag, Target};
    use postil::app::msg::{Kept, Outcome};
    use postil::text::TextRange;

    let mut screen = Screen::open(cols, rows, "01");
    let document = screen.model.reader.as_ref().unwrap().document.clone();
    let note = |id: i64, tags: &[&str]| Annotation {
        id: RecordId(id),
        target: Target::new(&document, TextRange::of(0, 6)),
        body: Body {
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            ..Body::default()
        },
        created: jiff::Timestamp::UNIX_EPOCH,
        modified: jiff::Timestamp::UNIX_EPOCH,
    };
    let tag = |name: &str, description: &str, control: Control| Tag {
        name: name.to_owned(),
        description: description.to_owned(),
        control,
    };
    screen.send(Outcome::Kept(Kept {
        annotations: vec![
            note(1, &["sanctions", "wording"]),
            note(2, &["sanctions", "later"]),
        ],
        vocabulary: vec![
            tag(
                "sanctions",
                "measures against a state, a firm or a person, whoever decides them",
                Control::Controlled,
            ),
            tag("talks", "", Control::Controlled),
            tag("later", "to be read again", Control::Free),
        ],
        ..Kept::default()
    }));
    screen
}

#[test]
fn the_vocabulary_of_tags() {
    insta::assert_snapshot!(tags(160, 48).keys("gt").text());
}

#[test]
fn the_vocabulary_of_tags_on_a_usual_screen() {
    insta::assert_snapshot!(tags(80, 24).keys("gtj").text());
}

#[test]
fn the_vocabulary_of_tags_on_a_small_screen() {
    insta::assert_snapshot!(tags(40, 12).keys("gt").text());
}

#[test]
fn a_completed_tag_says_what_it_means() {
    insta::assert_snapshot!(tags(80, 24).keys("tsa<tab>").text());
}

#[test]
fn a_tag_outside_the_vocabulary_is_asked_about() {
    insta::assert_snapshot!(tags(80, 24).keys("tsanctoins<enter>").text());
}

#[test]
fn the_chosen_note_is_shown_in_full_where_there_is_room() {
    let note = "aA note that is much too long for one row of the list: it goes on about ships and ports, about who said what to whom and when, and ends here.<esc>";
    let screen = Screen::open(160, 48, "03").keys(&format!("]s]s{note}:tag sea, ports<enter>A"));
    assert_snapshot!(screen.text());
}
