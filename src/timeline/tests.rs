//! The timeline over whole small libraries: what merges, what conflicts, what stays apart.

use std::sync::Arc;

use super::{Event, Row, Zoom, density, events, row_label, rows};
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
    events(&document, &sentences, &found, &mentions(text))
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
fn density_counts_rows_and_fills_short_gaps() {
    let all = told(
        "a",
        "2024-01-30",
        "Ships sailed on 3 May 2023. Ships came back on 5 May 2023. A war ended in July 2023. A house was built in 1850.",
    );
    let rows = rows(all);
    let text = |zoom| {
        density(&rows, zoom)
            .into_iter()
            .map(|(label, count)| format!("{label} {count}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        text(Zoom::Month),
        ["Jan 1850 1", "May 2023 2", "Jun 2023 0", "Jul 2023 1"]
    );
    assert_eq!(text(Zoom::Year), ["1850 1", "2023 3"]);
}

#[test]
fn the_real_documents_have_one_conflict() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds");
    let Ok(entries) = std::fs::read_dir(folder) else {
        eprintln!("skipped: {folder} is absent");
        return;
    };
    let mut all = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let published = match name.get(..3) {
            Some("000") => "2023-11-05",
            Some("001") => "2023-10-25",
            Some("002") => "2024-06-25",
            Some("003") => "2023-10-30",
            _ => "2024-01-16",
        };
        all.extend(told(
            &name,
            published,
            &std::fs::read_to_string(&path).unwrap(),
        ));
    }
    let rows = rows(all);
    for row in &rows {
        eprintln!("{} | {}", row_label(row, Zoom::Year), row.sources[0].label);
    }
    let conflicts: Vec<String> = shown(&rows)
        .into_iter()
        .filter(|row| row.starts_with('!'))
        .collect();
    assert_eq!(conflicts, ["!25|26 Oct 2023: 2"]);
    assert!(
        shown(&rows).contains(&"18 Oct 2023: 2".to_owned()),
        "{:?}",
        shown(&rows)
    );
}
