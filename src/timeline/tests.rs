//! The timeline over whole small libraries: what merges, what conflicts, what stays apart.

use std::sync::Arc;

use super::{Event, Row, Zoom, events, row_edtf, row_label, rows};
use crate::document::{DocId, Document, Edtf, Meta, Published, PublishedFrom, Revision, SourceMap};
use crate::language::entities::{EntityId, EntityType, Mention};
use crate::text::{Layer, TextRange};
use crate::time::timexes;

/// Names for the tests, longest first where one holds another.
const NAMES: &[(&str, &str)] = &[
    ("Democratic People’s Republic of Korea", "north-korea"),
    ("United States", "united-states"),
    ("American", "united-states"),
    ("Washington", "united-states"),
    ("Republic of Korea", "south-korea"),
    ("South Korea", "south-korea"),
    ("North Korea", "north-korea"),
    ("Russian Federation", "russia"),
    ("Pyongyang", "pyongyang"),
    ("Security Council", "un-security-council"),
    ("Kharkiv", "kharkiv"),
    ("Zaporizhzhia", "zaporizhzhia"),
    ("Ukraine", "ukraine"),
    ("Russia", "russia"),
    ("Japan", "japan"),
    ("DPRK", "north-korea"),
    ("ROK", "south-korea"),
    ("U.S.", "united-states"),
    ("Blinken", "antony-blinken"),
    ("Kamikawa", "kamikawa-yoko"),
    ("Lavrov", "sergey-lavrov"),
    ("Putin", "vladimir-putin"),
    ("Park Jin", "park-jin"),
    ("Kim", "kim-jong-un"),
];

fn mentions(text: &str) -> Layer<Mention> {
    let mut taken: Vec<TextRange> = Vec::new();
    let mut found = Vec::new();
    for (name, entity) in NAMES {
        for (at, _) in text.match_indices(name) {
            let range = TextRange::of(at, at + name.len());
            if taken.iter().any(|other| other.overlaps(range)) {
                continue;
            }
            taken.push(range);
            found.push((
                range,
                Mention {
                    entity: EntityId(Arc::from(*entity)),
                    name: Arc::from(*name),
                    kind: EntityType::Place,
                    adjective: false,
                },
            ));
        }
    }
    found.into_iter().collect()
}

fn sentences(text: &str) -> Layer<()> {
    let mut start = 0;
    let mut ranges = Vec::new();
    for (at, c) in text.char_indices() {
        let rest = text.get(at + 1..).unwrap_or_default();
        let short = text
            .get(start..at)
            .and_then(|before| before.rsplit([' ', '.']).next())
            .is_some_and(|word| word.len() < 4);
        if c == '\n' || c == '.' && !short && rest.starts_with([' ', '\n', '”']) {
            ranges.push((TextRange::of(start, at + 1), ()));
            start = at + 1;
        }
    }
    ranges.push((TextRange::of(start, text.len()), ()));
    ranges.into_iter().collect()
}

fn told(locator: &str, published: &str, text: &str) -> Vec<Event> {
    let published: Edtf = published.parse().unwrap();
    let document = Document {
        id: DocId::of_locator(locator),
        revision: Revision::of_text(text),
        meta: Meta {
            published: Some(Published {
                date: published.clone(),
                from: PublishedFrom::User,
                at: None,
            }),
            ..Meta::default()
        },
        text: text.into(),
        blocks: Vec::new(),
        inlines: Layer::default(),
        source: SourceMap::default(),
    };
    let sentences = sentences(text);
    let found = timexes(text, &sentences, Some(&published));
    events(
        &document,
        &sentences,
        &found,
        &mentions(text),
        &Layer::default(),
    )
}

/// Rows as `when: number of sources`, conflicts with an exclamation mark.
fn shown(rows: &[Row]) -> Vec<String> {
    let row = |row: &Row| {
        let mark = if row.conflict { "!" } else { "" };
        format!(
            "{mark}{}: {}",
            row_label(row, Zoom::Year),
            row.sources.len()
        )
    };
    rows.iter().map(row).collect()
}

#[test]
fn the_same_event_in_the_same_words_on_two_days_is_a_conflict() {
    let mut all = told(
        "a",
        "2023-11-05",
        "On October 25, the U.S., Japan and South Korea strongly condemned arms supplies by North Korea to Russia.",
    );
    all.extend(told(
        "b",
        "2023-10-30",
        "Japan, South Korea and the United States condemned supplies of arms by North Korea to Russia on October 26, 2023.",
    ));
    assert_eq!(shown(&rows(all)), ["!25|26 Oct 2023: 2"]);
}

/// The label and the EDTF of the only row.
fn when(text: &str) -> String {
    let rows = rows(told("a", "2024-01-18", text));
    let [row] = rows.as_slice() else {
        panic!("{rows:?}")
    };
    format!(
        "{} = {}",
        row_label(row, Zoom::Year),
        row_edtf(row).unwrap_or_default()
    )
}

#[test]
fn open_ends_and_rough_dates_are_marked() {
    assert_eq!(when("They have met since 2015."), "from 2015 = 2015/..");
    assert_eq!(
        when("The truce held until March 2023."),
        "to Mar 2023 = ../2023-03"
    );
    assert_eq!(when("It was built about 1950."), "~1950 = 1950~");
    assert_eq!(
        when("They met before May 2019."),
        "before May 2019 = ../2019-04-30"
    );
    assert_eq!(
        when("They met in mid-October 2023."),
        "mid-Oct 2023 = 2023-10-11/2023-10-20"
    );
    assert_eq!(
        when("They met often between 2015 and 2018."),
        "2015–2018 = 2015-01-01/2018-12-31"
    );
    assert_eq!(
        when("They talked from 12 to 17 September 2023."),
        "12–17 Sep 2023 = 2023-09-12/2023-09-17"
    );
}

#[test]
fn a_vague_and_an_exact_date_of_one_event_agree() {
    let mut all = told(
        "a",
        "2023-11-05",
        "In mid-October, Foreign Minister Lavrov of Russia held talks with Kim in Pyongyang.",
    );
    all.extend(told(
        "b",
        "2023-10-30",
        "Foreign Minister Lavrov flew from Russia to Pyongyang for talks on October 18, 2023.",
    ));
    let rows = rows(all);
    assert_eq!(shown(&rows), ["18 Oct 2023: 2"]);
}

#[test]
fn different_events_near_in_time_stay_apart() {
    let mut all = told(
        "a",
        "2023-11-05",
        "On October 25, Japan and Russia signed a fishing treaty.",
    );
    all.extend(told(
        "b",
        "2023-11-05",
        "Japan condemned Russia on October 26.",
    ));
    all.extend(told(
        "c",
        "2023-11-05",
        "Russia and Ukraine traded fire on October 25.",
    ));
    assert_eq!(rows(all).len(), 3);
}

#[test]
fn lengths_and_the_line_that_dates_the_document_are_no_events() {
    let text = "Written by A. Writer | October 30, 2023\nTalks ran for three days. They now continue every week. Ships sailed on 3 May and again on May 3, 2023.";
    let all = told("a", "2023-10-30", text);
    assert_eq!(
        all.iter().map(|event| &*event.said).collect::<Vec<_>>(),
        ["3 May"]
    );
}

#[test]
fn a_long_sentence_is_cut_around_its_date() {
    let filler =
        "the committee went through a long list of matters that nobody had asked for, ".repeat(4);
    let text = format!("While {filler}the bridge at Porto opened on 3 May 2022 to great applause.");
    let all = told("a", "2023-10-30", &text);
    let label = &all[0].label;
    assert!(
        label.starts_with('…') && label.contains("bridge at Porto opened on 3 May 2022"),
        "{label}"
    );
    assert!(label.chars().count() <= 101);
}

#[test]
fn a_speaker_label_and_the_date_cell_of_a_table_are_left_out_of_the_label() {
    let all = told(
        "a",
        "2023-10-30",
        "QUESTION: Did Lavrov sail on 18 October 2023?\n18 October 2023 │ Lavrov sails │ Pyongyang",
    );
    assert_eq!(
        all.iter().map(|event| &*event.label).collect::<Vec<_>>(),
        [
            "Did Lavrov sail on 18 October 2023?",
            "Lavrov sails │ Pyongyang"
        ]
    );
}

#[test]
fn from_one_day_to_another_is_one_event() {
    let all = told(
        "a",
        "2023-10-30",
        "The market was closed from 6 October to 10 October, and again on 20 October.",
    );
    let rows = rows(all);
    assert_eq!(shown(&rows), ["6–10 Oct 2023: 1", "20 Oct 2023: 1"]);
}

#[test]
fn on_one_day_two_names_and_one_word_are_enough() {
    let mut all = told(
        "a",
        "2023-11-05",
        "Lavrov came to Pyongyang for talks on 18 October 2023 and was given flowers.",
    );
    all.extend(told(
        "b",
        "2023-10-30",
        "On October 18, the talks of Lavrov in Pyongyang went on until dawn.",
    ));
    assert_eq!(shown(&rows(all)), ["18 Oct 2023: 2"]);
}

/// The events of a document as the program finds them: date, when it was said where that is known, and label.
fn with_speakers(text: &str) -> Vec<String> {
    let document = crate::import::exact("a", text, None, "2023-10-30".parse().ok());
    let found = crate::library::analyse(&document).events;
    let day = |days: Option<crate::document::Interval>| {
        days.and_then(crate::document::Interval::to_edtf)
            .unwrap_or_else(|| "?".to_owned())
    };
    found
        .iter()
        .map(|event| {
            let stated = match event.stated {
                Some(stated) => format!(" said {}", day(Some(stated))),
                None => String::new(),
            };
            format!("{}{stated} | {}", day(event.interval), event.label)
        })
        .collect()
}

#[test]
fn a_date_in_a_quotation_has_its_speaker_and_is_not_the_day_of_the_saying() {
    let text = "Sergey Lavrov spoke in Moscow.\n\n“We met the delegation on 12 September 2023,” Lavrov said on 26 October 2023.";
    assert_eq!(
        with_speakers(text),
        [
            "2023-09-12 said 2023-10-26 | Sergei Lavrov: “We met the delegation on 12 September 2023”",
            "2023-10-26 said 2023-10-26 | Sergei Lavrov: “We met the delegation on 12 September 2023”",
        ]
    );
}

#[test]
fn a_year_in_a_quotation_does_not_date_the_saying() {
    let text = "Sergey Lavrov spoke in Moscow.\n\n“The question is who will still be bound by a treaty next year,” Lavrov said.";
    assert_eq!(
        with_speakers(text),
        [
            "2023-10-30 | Sergei Lavrov: “The question is who will still be bound by a treaty next year”"
        ]
    );
}

#[test]
fn what_is_said_without_a_date_enters_once_for_each_speaker_when_it_is_published() {
    let text = "Sergey Lavrov spoke in Moscow.\n\n“We will answer every letter that we get,” Lavrov said. “We have always answered all of them,” he added.";
    assert_eq!(
        with_speakers(text),
        ["2023-10-30 | Sergei Lavrov: “We will answer every letter that we get” (and 1 more)"]
    );
}

#[test]
fn copies_of_a_story_tell_one_row_however_vague_the_date() {
    let text = "Since 2015 the wharves have seen no herring in all their length.";
    let mut all = told("a", "2023-10-30", text);
    all.extend(told("b", "2023-10-31", text));
    all.extend(told(
        "c",
        "2023-10-31",
        "Since 2015 the price of bread has risen in every town.",
    ));
    let mut found = shown(&rows(all));
    found.sort();
    assert_eq!(found, ["from 2015: 1", "from 2015: 2"]);
}

#[test]
fn the_same_words_of_one_speaker_in_two_stories_are_one_row_without_a_conflict() {
    let text =
        "Sergey Lavrov spoke in Moscow.\n\n“We will answer every letter that we get,” Lavrov said.";
    let of = |id: &str, day: &str| {
        let document = crate::import::exact(id, text, None, day.parse().ok());
        crate::library::analyse(&document).events
    };
    let mut all = of("a", "2023-10-30");
    all.extend(of("b", "2023-10-28"));
    all.extend(of("c", "2023-12-28"));
    assert_eq!(shown(&rows(all)), ["~28 Oct 2023: 2", "~28 Dec 2023: 1"]);
}
