//! Keys while a line is asked for: editing, completion, history, and what happens when it is sent or given up.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::Timestamp;

use super::finding::{self, Stage};
use super::{commands, motions, narrowing, run, save, tags};
use crate::app::action::{Action, Argument};
use crate::app::effect::{Effect, JobId};
use crate::app::input::Edited;
use crate::app::list::Order;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::kept::Typing;
use crate::app::prompt::{Completion, PathsAsked, Prompt, Purpose};
use crate::app::reader::motion::Way;

/// Takes a key while a line is asked for.
pub(super) fn press(model: &mut Model, now: Timestamp, event: KeyEvent) -> Vec<Effect> {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let Some(prompt) = &mut model.prompt else {
        return Vec::new();
    };
    match event.code {
        KeyCode::Esc => return give_up(model),
        KeyCode::Char('c' | 'g') if control => return give_up(model),
        KeyCode::Backspace if prompt.input.text().is_empty() => return give_up(model),
        KeyCode::Enter => return send(model, now),
        KeyCode::Char('m' | 'j') if control => return send(model, now),
        KeyCode::Tab | KeyCode::BackTab => {
            let way = if event.code == KeyCode::Tab {
                Way::Forward
            } else {
                Way::Back
            };
            let mut effects = complete(model, way);
            effects.extend(typed(model));
            return effects;
        }
        KeyCode::Up => prompt.recall(
            history(&model.kept.commands, &model.patterns, prompt.purpose),
            Way::Back,
        ),
        KeyCode::Down => prompt.recall(
            history(&model.kept.commands, &model.patterns, prompt.purpose),
            Way::Forward,
        ),
        KeyCode::Char('p') if control => {
            prompt.recall(
                history(&model.kept.commands, &model.patterns, prompt.purpose),
                Way::Back,
            );
        }
        KeyCode::Char('n') if control => {
            prompt.recall(
                history(&model.kept.commands, &model.patterns, prompt.purpose),
                Way::Forward,
            );
        }
        _ => {
            if prompt.input.key(event) == Edited::Yes {
                prompt.completion = None;
                prompt.recalled = None;
                return typed(model);
            }
            return Vec::new();
        }
    }
    typed(model)
}

/// Pasted text goes where keys would go; in the panes it does nothing.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(prompt) = &mut model.prompt {
        prompt.input.paste(text);
        return typed(model);
    }
    match model.overlays.last_mut() {
        Some(Overlay::Editor(editor)) => {
            editor.paste(text);
            return super::drafts::touched(model);
        }
        Some(Overlay::Jump(picker)) => {
            picker.input.paste(text);
            return commands::ask_jump(model);
        }
        Some(Overlay::Palette(palette)) => {
            palette.input.paste(text);
            palette.arrange();
        }
        Some(Overlay::Help(help)) => help.input.paste(text),
        Some(Overlay::Kept(list)) if list.typing == Typing::Filter => {
            list.input.paste(text);
            list.arrange(&model.kept, &model.list);
        }
        Some(Overlay::Tags(list)) if list.typing == Typing::Filter => {
            list.input.paste(text);
            list.arrange(&model.kept);
        }
        Some(Overlay::Entities(list)) => {
            list.input.paste(text);
            list.arrange(&model.links);
        }
        Some(
            Overlay::Kept(_)
            | Overlay::Review(_)
            | Overlay::Bond(_)
            | Overlay::Card(_)
            | Overlay::Entity(_)
            | Overlay::Links(_)
            | Overlay::Trace(_)
            | Overlay::Uses(_)
            | Overlay::Redline(_)
            | Overlay::History(_)
            | Overlay::Tags(_)
            | Overlay::Why(_),
        ) => {}
        None => model
            .status
            .say("The pasted text was ignored · a opens a note, / finds"),
    }
    Vec::new()
}

/// Commands and patterns have a history.
fn history<'a>(commands: &'a [String], patterns: &'a [String], purpose: Purpose) -> &'a [String] {
    match purpose {
        Purpose::Command => commands,
        Purpose::Find { .. } => patterns,
        Purpose::Filter | Purpose::Argument(_) => &[],
    }
}

/// After each change of the line: finding and filtering follow at once.
fn typed(model: &mut Model) -> Vec<Effect> {
    let Some(prompt) = &mut model.prompt else {
        return Vec::new();
    };
    let text = prompt.input.text().to_owned();
    // What was asked was about another line.
    if prompt.asked.as_ref().is_some_and(|asked| *asked != text) {
        (prompt.asked, prompt.note) = (None, None);
    }
    match prompt.purpose {
        Purpose::Find { way, from, top } => {
            finding::find(model, &text, way, (from, top), Stage::Typing)
        }
        Purpose::Filter => {
            narrowing::set_filter(model, &text);
            Vec::new()
        }
        Purpose::Command | Purpose::Argument(_) => Vec::new(),
    }
}

fn give_up(model: &mut Model) -> Vec<Effect> {
    let Some(prompt) = model.prompt.take() else {
        return Vec::new();
    };
    match prompt.purpose {
        Purpose::Find { from, top, .. } => {
            if let Some(reader) = &mut model.reader {
                reader.at = from;
                reader.top = top;
                reader.search = None;
            }
        }
        Purpose::Filter => narrowing::set_filter(model, ""),
        Purpose::Command | Purpose::Argument(_) => {}
    }
    Vec::new()
}

fn send(model: &mut Model, now: Timestamp) -> Vec<Effect> {
    let Some(mut prompt) = model.prompt.take() else {
        return Vec::new();
    };
    let text = prompt.input.text().to_owned();
    if prompt.purpose == Purpose::Argument(Action::Tag)
        && prompt.asked.as_ref() != Some(&text)
        && let Some(question) = tags::question(model, &text)
    {
        prompt.note = Some(question);
        prompt.asked = Some(text);
        model.prompt = Some(prompt);
        return Vec::new();
    }
    match prompt.purpose {
        Purpose::Find { way, from, top } => {
            if text.is_empty() {
                return Vec::new();
            }
            finding::find(model, &text, way, (from, top), Stage::Sent)
        }
        Purpose::Filter => motions::take_filtered(model),
        Purpose::Argument(action) => run::run(model, now, action, None, Some(text)),
        Purpose::Command => command(model, now, &text),
    }
}

/// Runs a command line: an action's name, or `q` or `w`, and its argument.
fn command(model: &mut Model, now: Timestamp, line: &str) -> Vec<Effect> {
    let line = line.trim();
    if line.is_empty() {
        return Vec::new();
    }
    let (name, argument) = line
        .split_once(char::is_whitespace)
        .map_or((line, None), |(name, rest)| {
            (name, Some(rest.trim().to_owned()))
        });
    let mut effects = vec![Effect::SaveCommand(line.to_owned())];
    model.kept.commands.retain(|known| known != line);
    model.kept.commands.push(line.to_owned());
    if let Ok(number) = name.parse::<u32>() {
        effects.extend(run::run(model, now, Action::Top, Some(number), None));
        return effects;
    }
    let action = match name {
        "q" | "q!" => Some(Action::Quit),
        "wq" | "x" => {
            effects.extend(save::save_and_quit(model, now));
            return effects;
        }
        "w" => Some(Action::Save),
        name => Action::named(name).or_else(|| unique(name)),
    };
    match action {
        Some(action) => {
            if argument.is_some() && action.argument() == Argument::None {
                model
                    .status
                    .fail(format!("“{}” takes nothing after its name", action.name()));
                return effects;
            }
            let question = argument
                .as_ref()
                .filter(|_| action == Action::Tag)
                .and_then(|typed| tags::question(model, typed));
            if let (Some(question), Some(typed)) = (question, &argument) {
                let mut prompt = Prompt::new(Purpose::Argument(Action::Tag), typed);
                prompt.note = Some(question);
                prompt.asked = Some(typed.clone());
                model.prompt = Some(prompt);
                return effects;
            }
            if name == "q!" {
                model.unsaved.clear();
            }
            effects.extend(run::run(model, now, action, None, argument));
        }
        None => model.status.fail(format!(
            "There is no command “{name}” · Tab completes, Alt-x lists all"
        )),
    }
    effects
}

/// The only action whose name begins so.
fn unique(start: &str) -> Option<Action> {
    let mut found = Action::ALL
        .iter()
        .copied()
        .filter(|action| action.name().starts_with(start));
    found.next().filter(|_| found.next().is_none())
}

fn complete(model: &mut Model, way: Way) -> Vec<Effect> {
    let Some(mut prompt) = model.prompt.take() else {
        return Vec::new();
    };
    let purpose = prompt.purpose;
    let mut effects = Vec::new();
    match path(purpose, prompt.input.text()).filter(|_| prompt.completion.is_none()) {
        // What is on the disk is asked for; the answer completes.
        Some((head, typed)) => {
            let (job, typed) = (model.job(), typed.to_owned());
            prompt.paths = Some(PathsAsked {
                job,
                head: head.to_owned(),
                typed: typed.clone(),
                way,
            });
            effects.push(Effect::CompletePath { job, typed });
        }
        None => prompt.complete(way, |text| candidates(model, purpose, text)),
    }
    model.prompt = Some(prompt);
    effects
}

/// What stands before the path in a line that ends in one, and the path; it may hold blanks.
fn path(purpose: Purpose, line: &str) -> Option<(&str, &str)> {
    let (action, start) = match purpose {
        Purpose::Argument(action) => (action, 0),
        Purpose::Command => {
            let (name, _) = line.split_once(' ')?;
            let action = Action::named(name).or_else(|| unique(name))?;
            (action, name.len() + 1)
        }
        Purpose::Find { .. } | Purpose::Filter => return None,
    };
    let (_, rest) = line.split_at_checked(start)?;
    let blanks = rest.len() - rest.trim_start().len();
    match action {
        Action::Import => line.split_at_checked(start + blanks),
        Action::Export => {
            // A format may stand before it.
            let format = rest.trim_start().split_once(' ');
            let is_format = |word: &str| {
                let mut letters = word.chars();
                letters.all(|letter| letter.is_ascii_lowercase() || letter == '-')
            };
            let format = format.filter(|(word, _)| is_format(word));
            let skipped = format.map_or(0, |(word, after)| {
                word.len() + 1 + (after.len() - after.trim_start().len())
            });
            line.split_at_checked(start + blanks + skipped)
        }
        _ => None,
    }
}

/// Takes what completes the path that was being typed, unless something else stands there now.
pub(super) fn take_paths(model: &mut Model, job: JobId, found: Vec<String>) {
    let Some(prompt) = &mut model.prompt else {
        return;
    };
    let Some(asked) = prompt.paths.take_if(|asked| asked.job == job) else {
        return;
    };
    if prompt.input.text() != format!("{}{}", asked.head, asked.typed) {
        return;
    }
    if found.is_empty() {
        model
            .status
            .say(format!("No file and no folder is called {}…", asked.typed));
        return;
    }
    let PathsAsked { head, way, .. } = asked;
    prompt.complete(way, |_| Completion {
        head,
        candidates: found,
        glosses: Vec::new(),
        chosen: None,
    });
}

fn candidates(model: &Model, purpose: Purpose, text: &str) -> Completion {
    let (head, word) = match text.rfind([' ', ',']) {
        Some(at) => text.split_at(at + 1),
        None => ("", text),
    };
    let action = match purpose {
        Purpose::Argument(action) => Some(action),
        Purpose::Command => head.split_whitespace().next().and_then(Action::named),
        Purpose::Find { .. } | Purpose::Filter => None,
    };
    let all: Vec<String> = match (purpose, action) {
        (Purpose::Command, None) if head.is_empty() => Action::ALL
            .iter()
            .map(|action| action.name().to_owned())
            .collect(),
        (_, Some(Action::Theme)) => commands::THEMES.map(str::to_owned).to_vec(),
        (_, Some(Action::Sort)) => Order::ALL.map(|order| order.name().to_owned()).to_vec(),
        (_, Some(Action::EntityType)) => ["person", "organisation", "place"]
            .map(str::to_owned)
            .to_vec(),
        (_, Some(Action::Tag)) => return tags::completion(&model.kept, head, word),
        (_, Some(Action::TagMerge)) => return tags::completion(&model.kept, "", text),
        (Purpose::Filter, _) => [
            "title:", "by:", "in:", "on:", "since:", "until:", "after:", "before:", "tag:",
            "colour:", "status:", "entity:",
        ]
        .map(str::to_owned)
        .to_vec(),
        _ => Vec::new(),
    };
    let lower = word.to_lowercase();
    let starts = all
        .iter()
        .filter(|candidate| candidate.to_lowercase().starts_with(&lower))
        .cloned();
    Completion {
        head: head.to_owned(),
        candidates: starts.collect(),
        glosses: Vec::new(),
        chosen: None,
    }
}
