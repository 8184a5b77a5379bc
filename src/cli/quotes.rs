//! `postil quotes`: what is quoted, and who said it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::failure::{Failure, Outcome};
use super::list::column;
use super::out::{Form, Out, columns, say};
use super::points::Points;
use super::room::{Opened, Room};
use crate::language::entities::EntityId;
use crate::language::quotes::{Speaker, Style, turns};
use crate::runtime::paths::Paths;
use crate::search::fold::fold;
use crate::text::TextRange;

/// What `quotes` takes.
#[derive(Debug, Args)]
pub(super) struct QuotesArgs {
    /// Files and folders; without any the current collection, else the samples. `-` is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only what this speaker said: a part of the name as written, or an entity such as north-korea
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

#[derive(Serialize, Clone, Copy)]
struct Span {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Said {
    document: String,
    path: String,
    start: u32,
    end: u32,
    text: String,
    /// `marks`, `dash` or `turn`.
    kind: &'static str,
    speaker: Option<Named>,
    cue: Option<Span>,
    evidence: Option<Span>,
    group: Option<u32>,
}

#[derive(Serialize)]
struct Named {
    start: u32,
    end: u32,
    text: String,
    entities: Vec<EntityId>,
    /// The names of these.
    names: Vec<Arc<str>>,
    /// Whether the words name nobody themselves: "he", "the ministers".
    #[serde(skip)]
    stands_for: bool,
}

/// Prints the quotations of each document in order, then the turns of a transcript.
pub(super) fn run(args: &QuotesArgs, places: &Paths) -> Result<Outcome, Failure> {
    let room = Arc::new(Room::new(&args.paths, places)?);
    let wanted = args.speaker.as_deref().map(|name| fold(name).into_owned());
    let mut out = Out::new();
    let form = Form::of_flag(args.json);
    let mut n_found = 0_usize;
    // Of a file alone it is known where its words stand.
    let several = !matches!(args.paths.as_slice(), [path] if !path.is_dir());
    let outcome = room.each(
        move |room, opened| Ok(said(room, &opened, wanted.as_deref())),
        |found| {
            n_found += found.len();
            if let (Form::People, true, Some(first)) = (form, several, found.first()) {
                out.text(&first.path)?;
            }
            for said in &found {
                match form {
                    Form::Json => out.json(said)?,
                    Form::People => out.text(&line(said))?,
                }
            }
            Ok(())
        },
    )?;
    out.flush()?;
    if let (Some(name), 0) = (&args.speaker, n_found) {
        say(&format!(
            "nobody called `{name}` is quoted in these documents: `postil quotes` lists every speaker"
        ));
        return Ok(Outcome::Found);
    }
    Ok(outcome)
}

fn said(room: &Room, opened: &Opened, wanted: Option<&str>) -> Vec<Said> {
    let document = &opened.document;
    let text = &*document.text;
    let analysis = room.analyse(opened);
    let names: HashMap<&EntityId, Arc<str>> = analysis
        .mentions
        .iter()
        .map(|(_, mention)| (&mention.entity, mention.name.clone()))
        .collect();
    let mut points = Points::new(text);
    let mut span = |range: TextRange| Span {
        start: points.at(range.start),
        end: points.at(range.end),
    };
    let mut found = Vec::new();
    let mut add = |range: TextRange,
                   kind,
                   speaker: Option<&Speaker>,
                   cue: Option<TextRange>,
                   evidence: Option<TextRange>,
                   group| {
        if wanted
            .is_some_and(|wanted| !speaker.is_some_and(|speaker| is_wanted(text, speaker, wanted)))
        {
            return;
        }
        let Span { start, end } = span(range);
        found.push(Said {
            document: document.id.to_string(),
            path: opened.locator.clone(),
            start,
            end,
            text: range.of_text(text).to_owned(),
            kind,
            speaker: speaker.map(|speaker| {
                let Span { start, end } = span(speaker.range);
                Named {
                    start,
                    end,
                    text: one_line(speaker.range.of_text(text)),
                    entities: speaker.entities().cloned().collect(),
                    names: speaker
                        .entities()
                        .filter_map(|entity| names.get(entity).cloned())
                        .collect(),
                    stands_for: analysis.mentions.within(speaker.range).next().is_none(),
                }
            }),
            cue: cue.map(&mut span),
            evidence: evidence.map(&mut span),
            group,
        });
    };
    for (range, quote) in &analysis.quotes {
        let kind = match quote.style {
            Style::Marks => "marks",
            Style::Dash => "dash",
        };
        add(
            *range,
            kind,
            quote.speaker.as_ref(),
            quote.cue,
            quote.evidence(),
            Some(quote.group),
        );
    }
    for (range, turn) in &turns(document, &analysis.mentions) {
        add(
            *range,
            "turn",
            Some(&turn.speaker),
            None,
            Some(turn.speaker.range),
            None,
        );
    }
    found
}

fn is_wanted(text: &str, speaker: &Speaker, wanted: &str) -> bool {
    let slug = wanted.replace(' ', "-");
    fold(speaker.range.of_text(text)).contains(wanted)
        || speaker
            .entities()
            .any(|entity| entity.as_str().contains(slug.as_str()))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line(said: &Said) -> String {
    let who = said.speaker.as_ref().map_or("—".to_owned(), |speaker| {
        // Whom a pronoun means says more than the pronoun.
        if (speaker.stands_for && !speaker.names.is_empty()) || speaker.names.len() > 1 {
            speaker.names.join(", ")
        } else {
            speaker.text.clone()
        }
    });
    let width = columns().saturating_sub(24 + 2 + 2);
    let text = one_line(&said.text);
    format!(
        "{}  “{}”",
        column(&who, 24),
        column(&text, width.saturating_sub(2)).trim_end()
    )
}
