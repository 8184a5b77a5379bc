//! The text of a block with everything that lies on it, as HTML.

use std::fmt::Write;

use super::super::Sheet;
use super::{escaped, kind_word};
use crate::library::Analysis;
use crate::text::{Layer, TextRange};

/// What lies on the text, in order of its starts.
pub(super) struct Marks<'a> {
    /// Number, colour and status of notes.
    notes: Layer<(usize, &'static str, &'static str)>,
    analysis: Option<&'a Analysis>,
}

impl<'a> Marks<'a> {
    pub(super) fn new(sheet: &Sheet<'_>, analysis: Option<&'a Analysis>) -> Self {
        let notes = sheet.notes.iter().enumerate().filter_map(|(index, noted)| {
            let colour = noted.signed.annotation.body.colour.as_str();
            let status = noted.anchoring.anchor.status();
            Some((noted.place()?, (index + 1, colour, status)))
        });
        Self {
            notes: notes.collect(),
            analysis,
        }
    }

    /// Writes the text at `range`, cut wherever something begins or ends.
    pub(super) fn write(&self, out: &mut String, text: &str, range: TextRange) {
        let mut cuts = vec![range.start, range.end];
        let mut cut = |at: TextRange| {
            cuts.extend(
                [at.start, at.end]
                    .into_iter()
                    .filter(|at| range.contains(*at)),
            );
        };
        self.notes.within(range).for_each(|(at, _)| cut(*at));
        if let Some(analysis) = self.analysis {
            analysis.mentions.within(range).for_each(|(at, _)| cut(*at));
            analysis.timexes.within(range).for_each(|(at, _)| cut(*at));
        }
        cuts.sort_unstable();
        cuts.dedup();
        for pair in cuts.windows(2) {
            if let [start, end] = pair {
                self.run(out, text, TextRange::new(*start, *end));
            }
        }
    }

    fn run(&self, out: &mut String, text: &str, run: TextRange) {
        let words = escaped(run.of_text(text));
        let mut n_open = 0;
        for (range, (number, colour, status)) in self.notes.within(run) {
            n_open += 1;
            if range.start == run.start {
                write!(
                    out,
                    "<mark class=\"{colour} {status}\" id=\"passage-{number}\">"
                )
                .ok();
            } else {
                write!(out, "<mark class=\"{colour} {status}\">").ok();
            }
        }
        let analysis = self.analysis;
        let mention = analysis.and_then(|analysis| analysis.mentions.at(run.start).next());
        let timex = analysis.and_then(|analysis| analysis.timexes.at(run.start).next());
        let mut inner = words;
        if let Some((at, timex)) = timex {
            let value = timex.edtf.as_deref().unwrap_or(&timex.value);
            // The timeline leads here.
            let id = if at.start == run.start {
                format!(" id=\"date-{}\"", at.start)
            } else {
                String::new()
            };
            inner = format!(
                "<span class=\"date\"{id} title=\"{}\">{inner}</span>",
                escaped(value)
            );
        }
        if let Some((_, mention)) = mention {
            let kind = kind_word(mention.kind);
            inner = format!(
                "<span class=\"{kind}\" title=\"{}\">{inner}</span>",
                escaped(&mention.name)
            );
        }
        out.push_str(&inner);
        for _ in 0..n_open {
            out.push_str("</mark>");
        }
        // The number stands where the passage ends.
        for (range, (number, ..)) in self.notes.within(run) {
            if range.end == run.end {
                write!(out, "<sup><a href=\"#note-{number}\">{number}</a></sup>").ok();
            }
        }
    }
}
