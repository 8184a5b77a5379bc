//! The training data: which files, under which licence, as labelled sentences.

use std::error::Error;
use std::path::Path;

use postil::import;
use postil::language::entities::EntityType;
use postil::language::entities::tagger::{Label, Lexicon, Part, Sentence, people, sentence};
use postil::language::sentence::sentences;
use postil::language::token::{Token, tokens};
use postil::text::{Offsets, TextRange};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Files with the licence they are under, in the order they are read.
pub(crate) const FILES: [(&str, &str); 19] = [
    ("crossner-ai.train", "MIT"),
    ("crossner-ai.dev", "MIT"),
    ("crossner-ai.test", "MIT"),
    ("crossner-literature.train", "MIT"),
    ("crossner-literature.dev", "MIT"),
    ("crossner-literature.test", "MIT"),
    ("crossner-music.train", "MIT"),
    ("crossner-music.dev", "MIT"),
    ("crossner-music.test", "MIT"),
    ("crossner-politics.train", "MIT"),
    ("crossner-politics.dev", "MIT"),
    ("crossner-science.train", "MIT"),
    ("crossner-science.dev", "MIT"),
    ("crossner-science.test", "MIT"),
    ("redocred.dev", "MIT"),
    ("redocred.test", "MIT"),
    ("wikigold", "CC-BY-4.0"),
    ("wnut17.train", "CC-BY-4.0"),
    ("btc", "CC-BY-4.0"),
];

#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
    entities: Vec<(u32, u32, String)>,
}

/// How often a file is read: those about politics are small, and so is the one with names nobody has seen before.
fn times(name: &str) -> usize {
    match name.split('.').next() {
        Some("crossner-politics") => 3,
        Some("wnut17") => 2,
        _ => 1,
    }
}

/// A sentence with its labels.
pub(crate) struct Labelled {
    pub(crate) sentence: Sentence,
    pub(crate) labels: Vec<Label>,
}

/// A file that was read.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) licence: &'static str,
    pub(crate) sha256: String,
    pub(crate) records: usize,
}

/// All sentences but those of the files left out, every thirtieth record in capitals as well.
pub(crate) fn read(
    folder: &Path,
    lexicon: &Lexicon,
    left_out: &[String],
) -> Result<(Vec<Labelled>, Vec<Source>), Box<dyn Error>> {
    let (mut all, mut sources) = (Vec::new(), Vec::new());
    let mut n_records = 0;
    let read = |(name, _): &&(&str, &str)| !left_out.iter().any(|left| left == name);
    for (name, licence) in FILES.iter().filter(read) {
        let name = format!("{name}.jsonl");
        let text = std::fs::read_to_string(folder.join(&name)).map_err(|error| {
            format!("cannot read `{name}`: {error}; name the folder with the data")
        })?;
        let mut records = 0;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let mut record: Record = serde_json::from_str(line)?;
            records += 1;
            n_records += 1;
            for _ in 0..times(&name) {
                label(&record, lexicon, &mut all);
            }
            if n_records % 30 == 0 {
                record.text = record.text.chars().map(capital).collect();
                label(&record, lexicon, &mut all);
            }
        }
        sources.push(Source {
            name,
            licence,
            sha256: hex(&Sha256::digest(text.as_bytes())),
            records,
        });
    }
    Ok((all, sources))
}

/// The sentences of one file as they stand.
pub(crate) fn file(
    folder: &Path,
    name: &str,
    lexicon: &Lexicon,
) -> Result<Vec<Labelled>, Box<dyn Error>> {
    let text = std::fs::read_to_string(folder.join(format!("{name}.jsonl")))
        .map_err(|error| format!("cannot read `{name}`: {error}"))?;
    let mut all = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        label(&serde_json::from_str(line)?, lexicon, &mut all);
    }
    Ok(all)
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The capital, where it is one letter: offsets must not move.
fn capital(letter: char) -> char {
    let mut capitals = letter.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) => capital,
        _ => letter,
    }
}

fn label(record: &Record, lexicon: &Lexicon, all: &mut Vec<Labelled>) {
    let document = import::exact(&record.id, &record.text, None, None);
    let offsets = Offsets::new(&record.text);
    let byte = |at: u32| offsets.byte_of_code_point(&record.text, at);
    let names: Vec<(u32, u32, EntityType)> = record
        .entities
        .iter()
        .map(|(start, end, kind)| {
            let kind = match kind.as_str() {
                "PER" => EntityType::Person,
                "ORG" => EntityType::Org,
                _ => EntityType::Place,
            };
            (byte(*start), byte(*end), kind)
        })
        .filter(|(start, end, kind)| {
            let name = TextRange::new(*start, (*end).max(*start)).of_text(&record.text);
            *kind == EntityType::Person || !people(name)
        })
        .collect();
    for (range, ()) in &sentences(&document) {
        let words: Vec<Token> = tokens(&record.text, *range).collect();
        let mut labels = vec![Label::OUTSIDE; words.len()];
        for (start, end, kind) in &names {
            let first = words.partition_point(|word| word.range.end <= *start);
            let last = words.partition_point(|word| word.range.start < *end);
            for at in first..last {
                let part = match (at == first, at + 1 == last) {
                    (true, true) => Part::Unit,
                    (true, false) => Part::Beginning,
                    (false, true) => Part::Last,
                    (false, false) => Part::Inside,
                };
                if let Some(label) = labels.get_mut(at) {
                    *label = Label::of(part, *kind);
                }
            }
        }
        repair(&mut labels);
        if !words.is_empty() {
            all.push(Labelled {
                sentence: sentence(&record.text, &words, lexicon),
                labels,
            });
        }
    }
}

/// Where names of the data share a token, the later one has cut the earlier: what is left of it is made no name.
fn repair(labels: &mut [Label]) {
    let mut kept = vec![Label::OUTSIDE; labels.len()];
    for (start, end, _) in postil::language::entities::tagger::spans(labels) {
        let mut before = None;
        let sound = labels.get(start..end).is_some_and(|part| {
            part.iter()
                .all(|label| label.may_follow(before.replace(*label)))
        });
        if let (true, Some(from), Some(to)) =
            (sound, labels.get(start..end), kept.get_mut(start..end))
        {
            to.copy_from_slice(from);
        }
    }
    labels.copy_from_slice(&kept);
}
