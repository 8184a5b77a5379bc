//! A document with 2,000 annotations that was revised: finding them all again; and narrowing 10,000 notes by a query.

use divan::Bencher;
use postil::annotation::{Alignment, Annotation, Body, RecordId, Target, locate_aligned};
use postil::app::list::ListPane;
use postil::app::msg::Kept;
use postil::app::overlay::KeptList;
use postil::app::overlay::kept::KeptKind;
use postil::document::Document;
use postil::import;
use postil::search::query::{Filter, Subject};
use postil::text::TextRange;

const N_NOTES: usize = 2000;

/// About a megabyte of sentences, each with a number; of the revised one every seventh is gone, every ninth has other words and every eleventh stands at the end.
fn text(revised: bool) -> String {
    let mut end = String::new();
    let mut text = String::new();
    for n in 0..9000 {
        let verb = if revised && n % 9 == 0 {
            "denied and regretted"
        } else {
            "confirmed"
        };
        let sentence = format!(
            "Delegation {n} {verb} that the ships numbered {} had left the harbour before the {n}th day. ",
            n * 37 % 1009
        );
        match (revised, n % 7, n % 11) {
            (true, 0, _) => {}
            (true, _, 0) => end.push_str(&sentence),
            _ => text.push_str(&sentence),
        }
    }
    text + &end
}

fn targets(document: &Document) -> Vec<Target> {
    let step = document.text.len() / N_NOTES;
    (0..N_NOTES)
        .map(|n| Target::new(document, TextRange::of(n * step, n * step + 60)))
        .collect()
}

#[divan::bench(sample_count = 5)]
fn two_thousand_notes_in_a_revised_megabyte(bencher: Bencher<'_, '_>) {
    let then = import::exact("/a.txt", &text(false), None, None);
    let now = import::exact("/a.txt", &text(true), None, None);
    let targets = targets(&then);
    bencher.bench_local(|| {
        let alignment = Alignment::new(&then.text, &now.text);
        let found = targets
            .iter()
            .map(|target| locate_aligned(target, Some(&alignment), &now));
        found.filter(|found| found.anchor.range().is_some()).count()
    });
}

struct Note {
    text: String,
    tags: Vec<String>,
}

impl Subject for Note {
    fn title(&self) -> &'static str {
        "Joint statement on the ships in the harbour"
    }
    fn text(&self) -> Option<&str> {
        Some(&self.text)
    }
    fn tags(&self) -> &[String] {
        &self.tags
    }
}

#[divan::bench]
fn a_query_over_ten_thousand_notes(bencher: Bencher<'_, '_>) {
    let notes: Vec<Note> = (0..10_000)
        .map(|n| Note {
            text: format!("Note {n}: compare the number of the ships with the second statement, and ask what the harbour master said about day {n}."),
            tags: vec![if n % 3 == 0 { "ships" } else { "days" }.to_owned()],
        })
        .collect();
    let filter = Filter::parse("tag:ships -tag:done \"harbour master\" 77*");
    bencher.bench_local(|| {
        let filter = filter.as_ref().ok()?;
        Some(notes.iter().filter(|note| filter.matches(*note)).count())
    });
}

/// The notes pane over 10,000 notes, narrowed by another letter with each press.
#[divan::bench(args = ["", "ships", "tag:ships harbour", "status:lost", "entity:harbour"])]
fn the_notes_pane_over_ten_thousand_notes(bencher: Bencher<'_, '_>, typed: &str) {
    let document = import::exact("/a.txt", &text(false), None, None);
    let kept = Kept {
        annotations: (0..10_000)
            .map(|n| Annotation {
                id: RecordId(n + 1),
                target: Target::new(
                    &document,
                    TextRange::of(n as usize * 80, n as usize * 80 + 60),
                ),
                body: Body {
                    note: format!("Note {n}: compare the number with the second statement."),
                    tags: vec![if n % 3 == 0 { "ships" } else { "days" }.to_owned()],
                    ..Body::default()
                },
                created: jiff::Timestamp::UNIX_EPOCH,
                modified: jiff::Timestamp::UNIX_EPOCH,
            })
            .collect(),
        ..Kept::default()
    };
    let list = ListPane::default();
    let mut pane = KeptList::new(KeptKind::Annotations, &kept, &list);
    pane.input.set(typed);
    bencher.bench_local(|| {
        pane.arrange(&kept, &list);
        pane.shown.len()
    });
}

fn main() {
    divan::main();
}
