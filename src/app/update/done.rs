//! What the answers of the workers change.

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    drafts, entities, exchange, kept, marks, mentions, naming, prompts, review, save, tracing,
};
use crate::annotation::anchor;
use crate::app::effect::{Effect, JobId, JumpKind, Shared};
use crate::app::model::{Landing, Model, Opening};
use crate::app::msg::{Coverage, Opened, Outcome};
use crate::app::overlay::jump::{self, Accepted, PreviewPage};
use crate::app::overlay::{Cursor, Overlay};
use crate::app::prompt::Purpose;
use crate::app::reader::Reader;
use crate::app::reflow::Measure;
use crate::document::DocId;
use crate::library::Analysis;

#[allow(clippy::too_many_lines, reason = "one table of all answers")]
/// Takes an answer.
pub(super) fn take(model: &mut Model, now: Timestamp, outcome: Outcome) -> Vec<Effect> {
    match outcome {
        Outcome::Opened(job, opened) => {
            return self::opened(model, job, *opened);
        }
        Outcome::OpenFailed(job, _, why) => {
            if model
                .opening
                .as_ref()
                .is_some_and(|opening| opening.job == job)
            {
                model.opening = None;
                model.status.fail(why);
            }
        }
        Outcome::Analysed(doc, analysis) => analysed(model, doc, analysis),
        Outcome::Suggested(doc, suggested) => {
            if let Some(reader) = model.reader.as_mut().filter(|reader| reader.doc() == doc) {
                reader.suggested = suggested;
            }
        }
        Outcome::Counted(counts) => {
            model.totals.extend(
                counts
                    .into_iter()
                    .map(|count| (count.entity.clone(), count)),
            );
        }
        Outcome::EntityDocuments(entity, documents) => {
            let still = model
                .timeline
                .filter
                .entity
                .as_ref()
                .is_some_and(|(wanted, _)| *wanted == entity);
            if still {
                model.list.entity = Some((entity.clone(), documents.clone()));
                model.list.arrange();
            }
            return mentions::cross(model, &entity, &documents);
        }
        Outcome::DocumentsNaming(words, documents) => {
            naming::take_documents(model, words, documents);
        }
        Outcome::NamedInNotes(named) => naming::take_notes(model, named),
        Outcome::Linked(links) => return entities::linked(model, links),
        Outcome::EntityFacts(job, facts) => return entities::take_facts(model, job, facts),
        Outcome::Contexts(job, gathered) => {
            return entities::take_contexts(model, job, gathered);
        }
        Outcome::Traced(job, findings) => tracing::take(model, job, findings),
        Outcome::Listed(listings) => {
            model.loading = false;
            model.list.take(listings);
            naming::renew(model);
            let job = model.job();
            model.timeline_job = job;
            return vec![Effect::Timeline { job }];
        }
        Outcome::Alike(groups) => model.list.take_groups(groups),
        Outcome::Kept(kept) => {
            save::take_kept(model, kept);
            return drafts::settle(model);
        }
        Outcome::Placed(placed) => review::placed(model, placed),
        Outcome::Review(job, doubts, coverage) => review::take(model, job, doubts, coverage),
        Outcome::Saved(changes, cause) => return save::saved(model, changes, cause),
        Outcome::SaveFailed(changes, cause, why) => {
            return save::failed(model, changes, cause, &why);
        }
        Outcome::Overtaken(cause, why) => return save::overtaken(model, cause, &why),
        Outcome::Paths(job, found) => prompts::take_paths(model, job, found),
        Outcome::Cited(cited) => return kept::copied(model, &cited),
        Outcome::Imported(came) => return exchange::take(model, came),
        Outcome::StoreState(state) => model.status.standing = state,
        Outcome::Timeline(job, rows) => {
            if job == model.timeline_job {
                model.timeline.take(rows);
                if let Some((doc, at)) = model.here() {
                    model.timeline.follow(doc, at);
                }
            }
        }
        Outcome::Jumped(job, found) => {
            if let Some(Overlay::Jump(picker)) = model.overlays.last_mut()
                && picker.job == job
            {
                picker.answered = job;
                let accepted = std::mem::take(&mut picker.accepted);
                picker.found = found;
                picker.cursor = Cursor::default();
                if picker.purpose == jump::Purpose::Compare
                    && let Some(open) = &model.reader
                {
                    // Nobody compares a document with itself.
                    let open = open.doc();
                    picker.found.best.retain(|hit| hit.to.doc() != open);
                }
                if accepted == Accepted::WhenAnswered {
                    return super::overlays::take_jump(model);
                }
                return super::overlays::ask_preview(model);
            }
        }
        Outcome::Previewed(job, preview) => {
            let (width, height) = super::overlays::preview_size(model);
            if let Some(Overlay::Jump(picker)) = model.overlays.last_mut()
                && picker.preview_job == job
            {
                let measure = Measure {
                    width_cells: width,
                    ..Measure::default()
                };
                picker.preview = Some(PreviewPage::new(*preview, &measure, usize::from(height)));
            }
        }
        Outcome::Scanned(job, hits, coverage) => {
            let search = model
                .reader
                .as_mut()
                .and_then(|reader| reader.search.as_mut());
            if let Some(search) = search.filter(|search| search.job == job) {
                search.hits = hits;
                search.coverage = coverage;
                if coverage == Coverage::Whole && model.prompt.is_none() {
                    super::finding::say_count(model);
                }
            }
        }
        Outcome::Drafted(text) => {
            let editor = model.overlays.iter_mut().find_map(Overlay::draft_mut);
            if let Some(editor) = editor {
                editor.replace(&text);
                return drafts::keep(model, now);
            }
        }
        Outcome::DraftsFound(found) => return drafts::found(model, found),
        Outcome::DraftsDue => return drafts::keep(model, now),
        Outcome::Progress(progress) => model.status.progress = progress,
        Outcome::Notice(text) => model.status.say(text),
        Outcome::Failed(text) => model.status.fail(text),
    }
    Vec::new()
}

/// A document is there: the one that was asked for last, or the open one again.
fn opened(model: &mut Model, job: JobId, opened: Opened) -> Vec<Effect> {
    let asked = model.opening.as_ref().map(|opening| opening.job) == Some(job);
    if asked {
        open_document(model, opened)
    } else if model.here().map(|here| here.0) == Some(opened.document.id) {
        open_again(model, opened)
    } else {
        Vec::new()
    }
}

fn analysed(model: &mut Model, doc: DocId, analysis: Arc<Analysis>) {
    let Some(reader) = model.reader.as_mut().filter(|reader| reader.doc() == doc) else {
        return;
    };
    // Of a text that has been replaced since: its places are not those of this one.
    let of_other = analysis
        .of
        .is_some_and(|revision| revision != reader.document.revision);
    if of_other && reader.coverage == Coverage::Whole {
        return;
    }
    reader.take_analysis(analysis);
    let waits = |opening: &mut Opening| opening.job == JobId::default() && opening.doc == doc;
    if let Some(opening) = model.opening.take_if(waits) {
        // The document is open, so there is nothing to be done outside.
        drop(model.open(doc, opening.landing));
    }
}

fn open_document(model: &mut Model, opened: Opened) -> Vec<Effect> {
    let mut effects = model.remember();
    let doc = opened.document.id;
    let landing = model
        .opening
        .take()
        .map_or(Landing::Remembered, |opening| opening.landing);
    let old_search = model.reader.take().and_then(|reader| reader.search);
    let mut reader = Reader::new(opened, Measure::default());
    reader.search = old_search;
    model.reader = Some(reader);
    model.totals.clear();
    model.pending.selection = None;
    model
        .overlays
        .retain(|overlay| !matches!(overlay, Overlay::Links(_)));
    show_unsaved(model);
    super::settle(model);
    if let Some(reader) = &mut model.reader {
        reader.jump_to(reader.at);
        reader.show_title();
    }
    match landing {
        Landing::Remembered => {}
        Landing::At(range) => {
            let range = model
                .reader
                .as_ref()
                .map_or(range, |reader| marks::stands(reader, range));
            drop(model.open(doc, Landing::At(range)));
        }
        // Where it stands is known once the document is analysed.
        Landing::Entity(_) | Landing::LastOf(_) => {
            model.opening = Some(Opening {
                job: JobId::default(),
                doc,
                landing,
            });
        }
    }
    model.list.select(doc);
    find_from_here(model);
    drafts::came(model);
    drafts::remind(model);
    effects.push(Effect::Visit {
        kind: JumpKind::Document,
        key: doc.to_string(),
    });
    effects.extend(scan_again(model));
    effects
}

/// The open document was read again: other metadata, another text, or changes made elsewhere.
fn open_again(model: &mut Model, opened: Opened) -> Vec<Effect> {
    let Some(reader) = &mut model.reader else {
        return Vec::new();
    };
    let same_text = reader.document.revision == opened.document.revision;
    reader.take_again(opened);
    show_unsaved(model);
    drafts::came(model);
    if same_text {
        Vec::new()
    } else {
        find_from_here(model);
        scan_again(model).into_iter().collect()
    }
}

/// Where a pattern is being typed, giving up leads to a place in the text that is open now.
fn find_from_here(model: &mut Model) {
    if let (Some(reader), Some(prompt)) = (&model.reader, &mut model.prompt)
        && let Purpose::Find { from, top, .. } = &mut prompt.purpose
    {
        (*from, *top) = (reader.at, reader.top);
    }
}

/// What waits to be saved is shown in the text like everything else.
fn show_unsaved(model: &mut Model) {
    let Some(reader) = &mut model.reader else {
        return;
    };
    let doc = reader.doc();
    let document = reader.document.clone();
    for note in &model.kept.annotations {
        if note.id.0 < 0
            && note.target.doc == doc
            && !reader
                .annotations
                .iter()
                .any(|(known, _)| known.id == note.id)
        {
            let anchor = anchor(&note.target, None, &document);
            reader.annotations.push((note.clone(), anchor));
        }
    }
    for mark in &model.kept.bookmarks {
        if mark.id.0 < 0
            && mark.target.doc == doc
            && !reader
                .bookmarks
                .iter()
                .any(|(known, _)| known.id == mark.id)
        {
            let anchor = anchor(&mark.target, None, &document);
            reader.bookmarks.push((mark.clone(), anchor));
        }
    }
    reader.place_annotations();
}

/// Counts the hits of what is looked for in a text that has just come.
fn scan_again(model: &mut Model) -> Option<Effect> {
    let job = model.job();
    let reader = model.reader.as_mut()?;
    let document = Shared(reader.document.clone());
    let search = reader.search.as_mut()?;
    search.hits.clear();
    search.coverage = Coverage::Part;
    search.job = job;
    Some(Effect::Scan {
        job,
        document,
        pattern: search.pattern.clone(),
    })
}
