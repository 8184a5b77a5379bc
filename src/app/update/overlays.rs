//! Keys while something floats over the panes.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::Timestamp;

use super::{
    bonds, commands, dating, drafts, entities, kept, repeats, review, run, save, tags, tracing,
};
use crate::app::action::Action;
use crate::app::effect::{Cause, Effect, JumpKind};
use crate::app::input::Edited;
use crate::app::layout::{self, Placement};
use crate::app::model::{Landing, Model, Pane};
use crate::app::msg::JumpTarget;
use crate::app::overlay::Overlay;
use crate::app::overlay::editor::Saving;
use crate::app::overlay::jump::{Accepted, Purpose};
use crate::app::overlay::kept::Typing;
use crate::app::overlay::links::Typed;

/// Takes a key while something floats over the panes.
pub(super) fn press(model: &mut Model, now: Timestamp, event: KeyEvent) -> Vec<Effect> {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let leaves = event.code == KeyCode::Esc || (control && event.code == KeyCode::Char('c'));
    match model.overlays.last() {
        Some(Overlay::Editor(_)) => return editor(model, now, event, control),
        Some(_) if control && event.code == KeyCode::Char('z') => {
            return run::run(model, now, Action::Suspend, None, None);
        }
        Some(Overlay::Kept(list)) if list.typing == Typing::Filter && leaves => {}
        Some(Overlay::Tags(list)) if list.typing == Typing::Filter && leaves => {}
        Some(Overlay::Entity(_) | Overlay::Entities(_)) if leaves => return entities::close(model),
        Some(Overlay::Bond(_)) if leaves => return bonds::close(model),
        Some(_) if leaves => {
            model.overlays.pop();
            return Vec::new();
        }
        _ => {}
    }
    match model.overlays.last() {
        Some(Overlay::Jump(_)) => jump(model, event, control),
        Some(Overlay::Kept(_)) => kept::press(model, now, event, control),
        Some(Overlay::Review(_)) => review::press(model, event, control),
        Some(Overlay::Tags(_)) => tags::press(model, now, event, control),
        Some(Overlay::Bond(_)) => bonds::press(model, event, control),
        Some(Overlay::Help(_)) => help(model, event, control),
        Some(Overlay::Palette(_)) => palette(model, now, event, control),
        Some(Overlay::Card(_)) => card(model, event),
        Some(Overlay::Entity(_)) => entities::press_card(model, now, event),
        Some(Overlay::Entities(_)) => entities::press_list(model, event),
        Some(Overlay::Links(_)) => links(model, event),
        Some(Overlay::Why(_)) => why(model, event, control),
        Some(Overlay::Trace(_)) => tracing::press_trace(model, event),
        Some(Overlay::Uses(_)) => repeats::press_uses(model, event),
        Some(Overlay::Redline(_)) => tracing::press_redline(model, event),
        Some(Overlay::History(_)) => tracing::press_history(model, event),
        Some(Overlay::Editor(_)) | None => Vec::new(),
    }
}

/// Rows a list key moves by; `None` for other keys. Letters move only where none are typed.
pub(super) fn list_step(event: KeyEvent, control: bool, page: i64) -> Option<i64> {
    Some(match event.code {
        KeyCode::Down => 1,
        KeyCode::Up => -1,
        KeyCode::PageDown => page,
        KeyCode::PageUp => -page,
        KeyCode::Char('n' | 'j') if control => 1,
        KeyCode::Char('p' | 'k') if control => -1,
        KeyCode::Char('d') if control => page / 2,
        KeyCode::Char('u') if control => -page / 2,
        _ => return None,
    })
}

pub(super) fn letter_step(event: KeyEvent, page: i64) -> Option<i64> {
    Some(match event.code {
        KeyCode::Char('j') => 1,
        KeyCode::Char('k') => -1,
        KeyCode::Char(' ') => page,
        KeyCode::Char('b') => -page,
        KeyCode::Char('g') | KeyCode::Home => i64::MIN / 2,
        KeyCode::Char('G') | KeyCode::End => i64::MAX / 2,
        _ => return None,
    })
}

fn jump(model: &mut Model, event: KeyEvent, control: bool) -> Vec<Effect> {
    let Some(Overlay::Jump(picker)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    let clears = control && event.code == KeyCode::Char('u') && !picker.input.text().is_empty();
    if let Some(by) = list_step(event, control, 10).filter(|_| !clears) {
        picker.cursor.step(by, picker.found.best.len());
        return ask_preview(model);
    }
    match event.code {
        // What is compared is a document.
        KeyCode::Tab if picker.purpose == Purpose::Compare => Vec::new(),
        KeyCode::Tab => {
            picker.next_kind();
            commands::ask_jump(model)
        }
        // The choice is made: what is typed until it is carried out is not part of it.
        _ if picker.accepted == Accepted::WhenAnswered => Vec::new(),
        KeyCode::Enter if picker.answered != picker.job => {
            picker.accepted = Accepted::WhenAnswered;
            Vec::new()
        }
        KeyCode::Enter => take_jump(model),
        _ => match picker.input.key(event) {
            Edited::Yes => commands::ask_jump(model),
            Edited::No => Vec::new(),
        },
    }
}

pub(super) fn take_jump(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Jump(picker)) = model.overlays.last() else {
        return Vec::new();
    };
    let Some(hit) = picker.chosen().cloned() else {
        return Vec::new();
    };
    let purpose = picker.purpose;
    model.overlays.pop();
    if purpose == Purpose::Compare {
        return tracing::compare_with(model, &hit);
    }
    if let Some(from) = model.here() {
        model.jumps.leave(from);
    }
    model.focus = Pane::Reader;
    model.left = None;
    let (doc, landing, key) = match hit.to {
        JumpTarget::Place(doc, None) => (doc, Landing::Remembered, doc.to_string()),
        JumpTarget::Place(doc, Some(at)) => {
            let end = at.saturating_add(u32::try_from(hit.text.len()).unwrap_or(0));
            (
                doc,
                Landing::At(crate::text::TextRange::new(at, end)),
                format!("{doc}:{}", hit.text),
            )
        }
        JumpTarget::Entity(entity, _, doc) => {
            let key = entity.as_str().to_owned();
            (doc, Landing::Entity(entity), key)
        }
    };
    model.list.select(doc);
    let mut effects = model.open(doc, landing);
    if hit.kind != JumpKind::Document {
        effects.push(Effect::Visit {
            kind: hit.kind,
            key,
        });
    }
    effects
}

/// Asks for the passage the chosen hit leads to.
pub(super) fn ask_preview(model: &mut Model) -> Vec<Effect> {
    let job = model.job();
    if preview_size(model).1 == 0 {
        return Vec::new();
    }
    let Some(Overlay::Jump(picker)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    picker.preview_job = job;
    match picker.chosen().map(|hit| (&hit.to, &hit.text)) {
        Some((JumpTarget::Place(doc, at), _)) => vec![Effect::Preview {
            job,
            doc: *doc,
            at: at.unwrap_or(0),
            name: None,
        }],
        Some((JumpTarget::Entity(_, _, doc), name)) => vec![Effect::Preview {
            job,
            doc: *doc,
            at: 0,
            name: Some(name.to_string()),
        }],
        None => {
            picker.preview = None;
            Vec::new()
        }
    }
}

/// Width and height of the preview beside the hits; no height where there is no room.
pub(in crate::app) fn preview_size(model: &Model) -> (u16, u16) {
    let area = layout::overlay(model.size, 130, 40, Placement::Centre);
    if area.width < 90 {
        (0, 0)
    } else {
        (area.width / 2 - 4, area.height.saturating_sub(4))
    }
}

fn editor(model: &mut Model, now: Timestamp, event: KeyEvent, control: bool) -> Vec<Effect> {
    let Some(Overlay::Editor(editor)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    if editor.saving == Saving::Sent {
        return Vec::new();
    }
    let ends = event.code == KeyCode::Esc || (control && event.code == KeyCode::Char('s'));
    if event.code == KeyCode::Esc && matches!(editor.saving, Saving::Failed(_)) {
        // Reading must go on though nothing can be written: the note is kept until it can.
        let change = editor.change(now);
        let mut effects = drafts::put_aside(model, now);
        effects.extend(save::keep(model, vec![change]));
        return effects;
    }
    if ends {
        if !editor.is_changed() {
            return drafts::close(model);
        }
        editor.saving = Saving::Sent;
        let change = editor.change(now);
        editor.sent = Some(change.clone());
        if let Some(reader) = &mut model.reader {
            reader.selection = None;
        }
        return save::save(model, vec![change], Cause::Edit);
    }
    match event.code {
        KeyCode::Char('c') if control => {
            model.status.say("The draft was thrown away");
            drafts::close(model)
        }
        KeyCode::Char('y') if control && matches!(editor.saving, Saving::Changed(_)) => {
            drafts::keep_both(editor);
            drafts::touched(model)
        }
        KeyCode::Char('l') if control => {
            model
                .status
                .say("Put aside, not saved · gu takes it up again");
            drafts::put_aside(model, now)
        }
        KeyCode::Char('o') if control => {
            let note = editor.note();
            let mut effects = drafts::keep(model, now);
            effects.push(Effect::EditDraft(note));
            effects
        }
        _ => {
            editor.area.input(event);
            if let Saving::Failed(_) = editor.saving {
                editor.saving = Saving::No;
            }
            drafts::touched(model)
        }
    }
}

fn help(model: &mut Model, event: KeyEvent, control: bool) -> Vec<Effect> {
    let page = i64::from(model.size.1 / 2);
    let Some(Overlay::Help(help)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    if let Some(by) = list_step(event, control, page) {
        let last = help.lines(&model.keymap).len().saturating_sub(1) as i64;
        help.top = (help.top as i64 + by).clamp(0, last) as usize;
    } else if event.code == KeyCode::Enter
        || (event.code == KeyCode::Char('?') && help.input.text().is_empty())
    {
        model.overlays.pop();
    } else if help.input.key(event) == Edited::Yes {
        help.top = 0;
    }
    Vec::new()
}

fn palette(model: &mut Model, now: Timestamp, event: KeyEvent, control: bool) -> Vec<Effect> {
    let Some(Overlay::Palette(palette)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    if let Some(by) = list_step(event, control, 10) {
        palette.cursor.step(by, palette.shown.len());
        return Vec::new();
    }
    if event.code == KeyCode::Enter {
        let chosen = palette.chosen();
        model.overlays.pop();
        return chosen
            .map(|action| run::run(model, now, action, None, None))
            .unwrap_or_default();
    }
    if palette.input.key(event) == Edited::Yes {
        palette.arrange();
    }
    Vec::new()
}

fn card(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let Some(Overlay::Card(card)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    match list_step(event, event.modifiers.contains(KeyModifiers::CONTROL), 10)
        .or_else(|| letter_step(event, 10))
    {
        Some(by) => card.scroll(by.clamp(-100_000, 100_000)),
        None => drop(model.overlays.pop()),
    }
    Vec::new()
}

fn why(model: &mut Model, event: KeyEvent, control: bool) -> Vec<Effect> {
    let Some(Overlay::Why(why)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    if let Some(by) = list_step(event, control, 10).or_else(|| letter_step(event, 10)) {
        why.cursor.step(by, why.meanings.len());
        return Vec::new();
    }
    match event.code {
        KeyCode::Enter => dating::choose(model),
        _ => {
            model.overlays.pop();
            Vec::new()
        }
    }
}

fn links(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let Some(Overlay::Links(links)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    let typed = match event.code {
        KeyCode::Char(letter) => links.type_letter(letter.to_ascii_lowercase()),
        _ => Typed::None,
    };
    match typed {
        Typed::More => Vec::new(),
        Typed::None => {
            model.overlays.pop();
            model.status.say("No link has these letters");
            Vec::new()
        }
        Typed::Link(address) => {
            model.overlays.pop();
            commands::follow(model, address)
        }
    }
}
