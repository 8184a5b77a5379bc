//! Keys in the lists of annotations and bookmarks.

use crossterm::event::{KeyCode, KeyEvent};
use jiff::Timestamp;

use super::lists::{self, Pressed};
use super::{annotate, drafts, marks, review, run, save};
use crate::annotation::{Anchor, Annotation, Body, Colour};
use crate::app::action::Action;
use crate::app::citation;
use crate::app::effect::{Cause, Change, Effect};
use crate::app::input::Input;
use crate::app::model::Model;
use crate::app::overlay::card::CardLine;
use crate::app::overlay::kept::{KeptKind, KeptList, Typing};
use crate::app::overlay::{Card, Overlay};
use crate::app::prompt::{Prompt, Purpose};

/// Opens one of the lists; that of notes as it was when it was left for a passage.
pub(super) fn open(model: &mut Model, what: KeptKind) -> Vec<Effect> {
    let left = model.left_list.take();
    let list = match left.filter(|_| what == KeptKind::Annotations) {
        Some(mut list) => {
            list.renew(&model.kept, &model.list);
            list
        }
        None => KeptList::new(what, &model.kept, &model.list),
    };
    model.overlays.push(Overlay::Kept(list));
    Vec::new()
}

/// Opens the list of notes, narrowed.
pub(super) fn open_narrowed(model: &mut Model, filter: &str) -> Vec<Effect> {
    model.left_list = None;
    let effects = open(model, KeptKind::Annotations);
    if let Some(Overlay::Kept(list)) = model.overlays.last_mut() {
        list.input = Input::with(filter);
        list.arrange(&model.kept, &model.list);
        list.finish();
    }
    effects
}

/// Takes a key.
pub(super) fn press(
    model: &mut Model,
    now: Timestamp,
    event: KeyEvent,
    control: bool,
) -> Vec<Effect> {
    let Some(Overlay::Kept(list)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    let spared: &[char] = match list.what {
        KeptKind::Annotations => &[' '],
        KeptKind::Bookmarks => &[],
    };
    let typed = (&mut list.input, &mut list.typing);
    let n_rows = list.shown.len();
    match lists::press((event, control), typed, &mut list.cursor, n_rows, spared) {
        Pressed::Taken => return Vec::new(),
        Pressed::Narrowed => {
            list.arrange(&model.kept, &model.list);
            return Vec::new();
        }
        Pressed::Finished => {
            // What is no filter is said, and stays to be mended.
            if !list.finish() && event.code == KeyCode::Enter {
                list.typing = Typing::Filter;
            }
            return Vec::new();
        }
        Pressed::Left => {}
    }
    match lists::common(model, now, event, control) {
        Some(effects) => effects,
        None => act(model, now, event),
    }
}

/// Takes a key that is about the rows.
fn act(model: &mut Model, now: Timestamp, event: KeyEvent) -> Vec<Effect> {
    let Some(Overlay::Kept(list)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    match event.code {
        KeyCode::Char('/') => list.typing = Typing::Filter,
        KeyCode::Char('?') => {
            let lines = KEYS
                .iter()
                .map(|(key, what)| CardLine::Field((*key).to_owned(), (*what).to_owned()));
            let card = Card::new("Keys of this list", lines.collect());
            model.overlays.push(Overlay::Card(card));
        }
        KeyCode::Enter | KeyCode::Char('o') => {
            let to = list
                .chosen_target(&model.kept)
                .map(|target| (target.doc, target.position));
            if let Some((doc, range)) = to {
                model.left_list =
                    Some(list.for_later()).filter(|_| list.what == KeptKind::Annotations);
                return marks::leave_card_for(model, doc, range);
            }
        }
        KeyCode::Char('x') | KeyCode::Delete => return delete(model),
        _ if list.what == KeptKind::Bookmarks => {}
        KeyCode::Tab => list.regroup(&model.kept, &model.list),
        KeyCode::Char('s') => list.resort(&model.kept, &model.list),
        KeyCode::Char(' ') => {
            list.mark(&model.kept);
            list.cursor.step(1, list.shown.len());
        }
        KeyCode::Char('*') => list.mark_all(&model.kept),
        KeyCode::Char('a' | 'e') => {
            if let Some(note) = list.chosen_annotation(&model.kept).cloned() {
                drafts::open_note(model, &note);
            }
        }
        KeyCode::Char('t') => ask_tags(model),
        KeyCode::Char('y') => return copy(model),
        KeyCode::Char('r') => {
            if let Some(note) = list.chosen_annotation(&model.kept).cloned() {
                let standing = model.kept.standings.get(&note.id);
                let near = standing.map(|standing| match &standing.anchoring.anchor {
                    Anchor::Lost { near } => *near,
                    found => found.range().unwrap_or(note.target.position),
                });
                model.overlays.clear();
                return review::begin_placing(model, note, near);
            }
        }
        KeyCode::Char('w') => return run::run(model, now, Action::Export, None, None),
        KeyCode::Char(digit @ '1'..='5') => {
            let colour = Colour::ALL.get(digit as usize - '1' as usize).copied();
            let recolour = |body: &Body| Body {
                colour: colour.unwrap_or(body.colour),
                ..body.clone()
            };
            return change(model, now, recolour);
        }
        _ => {}
    }
    Vec::new()
}

/// Asks for the tags of what is meant.
fn ask_tags(model: &mut Model) {
    if are_hidden(model) {
        return;
    }
    let Some(Overlay::Kept(list)) = model.overlays.last_mut() else {
        return;
    };
    let tags = match list.meant(&model.kept).as_slice() {
        [only] if !only.body.tags.is_empty() => {
            format!("{}, ", annotate::typed_tags(&only.body.tags))
        }
        _ => String::new(),
    };
    let several = list.marked.len() > 1;
    let mut prompt = Prompt::new(Purpose::Argument(Action::Tag), &tags);
    prompt.note = several
        .then(|| "a word adds the tag to all that are marked, -word takes it off".to_owned());
    model.prompt = Some(prompt);
}

/// The keys of the lists, as `?` shows them.
const KEYS: [(&str, &str); 17] = [
    ("Enter", "go to the passage; ^O comes back to the list"),
    (
        "/",
        "narrow: words, tag:, colour:, status:, entity:, in:, by:, since:, -tag:",
    ),
    ("Tab", "group by document, tag, colour, name, date"),
    ("s", "sort: newest, changed last, as in the texts"),
    ("space", "mark and go on"),
    ("*", "mark all that are shown, or none"),
    ("t", "set tags; of marked notes, add and -take off"),
    ("1 … 5", "colour"),
    ("x", "delete"),
    ("u, ^R", "undo, redo"),
    ("y", "copy with citations"),
    ("w", "write to a file"),
    ("e", "open the note"),
    ("r", "take the note up, to put it on other words"),
    (":", "a command"),
    ("j, k, g, G", "move"),
    ("q", "close"),
];

/// The list of annotations, if it is what keys go to.
fn notes(model: &Model) -> Option<&KeptList> {
    match model.overlays.last() {
        Some(Overlay::Kept(list)) if list.what == KeptKind::Annotations => Some(list),
        _ => None,
    }
}

/// Sets the tags of what is meant in the list of annotations; of several, adds and takes off. None if no such list has the keys.
pub(super) fn tag(model: &mut Model, now: Timestamp, typed: &str) -> Option<Vec<Effect>> {
    let several = notes(model)?.marked.len() > 1;
    let words = annotate::parse_tags(typed);
    let (off, on): (Vec<String>, Vec<String>) =
        words.into_iter().partition(|word| word.starts_with('-'));
    // As in the command `note tag`: a plus adds.
    let on: Vec<&str> = on.iter().map(|word| word.trim_start_matches('+')).collect();
    let off: Vec<&str> = off
        .iter()
        .map(|word| word.trim_start_matches('-'))
        .collect();
    let retag = |body: &Body| {
        let mut tags = if several {
            body.tags.clone()
        } else {
            Vec::new()
        };
        tags.retain(|tag| !off.contains(&tag.as_str()));
        for tag in on
            .iter()
            .filter(|tag| !tag.is_empty() && !off.contains(tag))
        {
            if !tags.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
                tags.push((*tag).to_owned());
            }
        }
        Body {
            tags,
            ..body.clone()
        }
    };
    Some(change(model, now, retag))
}

/// Whether notes are marked and none of them is shown; then nothing is done to them, and that is said.
fn are_hidden(model: &mut Model) -> bool {
    let hidden = notes(model).map_or((0, 0), |list| list.n_marked(&model.kept));
    let all = hidden.0 > 0 && hidden.0 == hidden.1;
    if all {
        model.status.say(match hidden.0 {
            1 => {
                "The marked note is not shown, so nothing is done · / widens the filter".to_owned()
            }
            n => format!(
                "The {n} marked notes are not shown, so nothing is done · / widens the filter"
            ),
        });
    }
    all
}

/// Changes all that is meant, as one step.
fn change(model: &mut Model, now: Timestamp, to: impl Fn(&Body) -> Body) -> Vec<Effect> {
    if are_hidden(model) {
        return Vec::new();
    }
    let Some(list) = notes(model) else {
        return Vec::new();
    };
    let changes: Vec<Change> = list
        .meant(&model.kept)
        .into_iter()
        .filter_map(|note| {
            let body = to(&note.body);
            (body != note.body).then(|| Change::Annotation {
                before: Some(note.clone()),
                after: Some(Annotation {
                    body,
                    modified: now,
                    ..note.clone()
                }),
            })
        })
        .collect();
    if changes.is_empty() {
        model.status.say("Nothing changed");
        return Vec::new();
    }
    save::save(model, changes, Cause::Edit)
}

fn delete(model: &mut Model) -> Vec<Effect> {
    if are_hidden(model) {
        return Vec::new();
    }
    let Some(Overlay::Kept(list)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    let changes: Vec<Change> = match list.what {
        KeptKind::Annotations => list
            .meant(&model.kept)
            .into_iter()
            .map(|note| Change::Annotation {
                before: Some(note.clone()),
                after: None,
            })
            .collect(),
        KeptKind::Bookmarks => list
            .chosen_bookmark(&model.kept)
            .map(|mark| Change::Bookmark {
                before: Some(mark.clone()),
                after: None,
            })
            .into_iter()
            .collect(),
    };
    if changes.is_empty() {
        return Vec::new();
    }
    save::save(model, changes, Cause::Edit)
}

/// Copies what is meant, each with its citation and its note, by document and in the order of its text. What is not open is read first.
fn copy(model: &mut Model) -> Vec<Effect> {
    if are_hidden(model) {
        return Vec::new();
    }
    let Some(list) = notes(model) else {
        return Vec::new();
    };
    let mut meant: Vec<Annotation> = list.meant(&model.kept).into_iter().cloned().collect();
    if meant.is_empty() {
        return Vec::new();
    }
    let key = |note: &Annotation| {
        let listing = model.list.listing(note.target.doc);
        let day = listing
            .and_then(|listing| listing.published.as_ref())
            .and_then(|date| date.interval().earliest);
        let title = listing.map(|listing| listing.title.clone());
        (day.is_none(), day, title, note.target.position.start)
    };
    meant.sort_by_cached_key(key);
    let reader = model.reader.as_ref();
    let here = |note: &Annotation| -> Option<String> {
        let reader = reader.filter(|reader| reader.doc() == note.target.doc)?;
        let document = &*reader.document;
        let listing = model.list.listing(note.target.doc);
        let made_here = note.target.revision == document.revision;
        let found = reader
            .annotations
            .iter()
            .find(|(known, _)| known.id == note.id);
        let stands = match found {
            Some((_, anchor)) => anchor.range(),
            None if made_here => Some(note.target.position),
            None => return None,
        };
        let stands = stands.map(|range| (document, range));
        Some(citation::cite_note(note, stands, listing))
    };
    match meant.iter().map(here).collect::<Option<Vec<String>>>() {
        Some(cited) => copied(model, &cited),
        None => vec![Effect::Cite(meant)],
    }
}

/// Puts citations on the clipboard.
pub(super) fn copied(model: &mut Model, cited: &[String]) -> Vec<Effect> {
    model.status.good(match cited.len() {
        1 => "Copied with its citation".to_owned(),
        n => format!("Copied {n} notes with their citations"),
    });
    vec![Effect::Copy(cited.join("\n"))]
}
