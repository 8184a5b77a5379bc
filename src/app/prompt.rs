//! One line asked for at the bottom of the screen, with completion and history.

use super::action::{Action, Argument};
use super::effect::JobId;
use super::input::Input;
use super::reader::motion::Way;

/// A line being asked for.
#[derive(Debug)]
pub struct Prompt {
    /// What for.
    pub purpose: Purpose,
    /// What was typed.
    pub input: Input,
    /// What could complete the word being typed, the chosen one, and what stood there before.
    pub completion: Option<Completion>,
    /// How far back in the history, and what was typed before going there.
    pub recalled: Option<(usize, String)>,
    /// Something to know about what was typed so far.
    pub note: Option<String>,
    /// The line about which something was asked: sent again unchanged, it is meant.
    pub asked: Option<String>,
    /// What is asked of the disk: which paths begin as what was typed.
    pub paths: Option<PathsAsked>,
}

/// A path that is to be completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathsAsked {
    /// The question.
    pub job: JobId,
    /// What stands before the path.
    pub head: String,
    /// The path as typed.
    pub typed: String,
    /// Which candidate is wanted.
    pub way: Way,
}

/// What a line is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A pattern to find.
    Find {
        /// Which way.
        way: Way,
        /// Where the cursor was, to go back there when it is given up.
        from: u32,
        /// The view then.
        top: super::reader::Spot,
    },
    /// A command.
    Command,
    /// What narrows the focused list or timeline.
    Filter,
    /// The argument of an action.
    Argument(Action),
}

/// Candidates for the word being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The text before the word.
    pub head: String,
    /// The candidates.
    pub candidates: Vec<String>,
    /// What each means, where there is something to say; else none at all.
    pub glosses: Vec<String>,
    /// The one taken, none before the first is.
    pub chosen: Option<usize>,
}

impl Prompt {
    /// Asks for a line that begins with `text`.
    pub fn new(purpose: Purpose, text: &str) -> Self {
        Self {
            purpose,
            input: Input::with(text),
            completion: None,
            recalled: None,
            note: None,
            asked: None,
            paths: None,
        }
    }

    /// What stands before the line.
    pub fn label(&self) -> String {
        match self.purpose {
            Purpose::Find {
                way: Way::Forward, ..
            } => "/".to_owned(),
            Purpose::Find { way: Way::Back, .. } => "?".to_owned(),
            Purpose::Command => ":".to_owned(),
            Purpose::Filter => "filter: ".to_owned(),
            Purpose::Argument(action) => match action.argument() {
                Argument::Text(what) | Argument::Optional(what) => format!("{what}: "),
                Argument::None | Argument::Letter => String::new(),
            },
        }
    }

    /// Takes the next candidate, or the one before; `candidates` are made from what was typed when the first is taken.
    pub fn complete(&mut self, way: Way, candidates: impl FnOnce(&str) -> Completion) {
        let completion = self
            .completion
            .get_or_insert_with(|| candidates(self.input.text()));
        let n = completion.candidates.len();
        if n == 0 {
            self.completion = None;
            return;
        }
        let next = match (completion.chosen, way) {
            (None, Way::Forward) => 0,
            (None, Way::Back) => n - 1,
            (Some(now), Way::Forward) => (now + 1) % n,
            (Some(now), Way::Back) => (now + n - 1) % n,
        };
        completion.chosen = Some(next);
        if let Some(word) = completion.candidates.get(next) {
            let text = format!("{}{word}", completion.head);
            self.input.set(&text);
        }
        let has_gloss = self
            .completion
            .as_ref()
            .is_some_and(|completion| completion.glosses.iter().any(|gloss| !gloss.is_empty()));
        if n == 1 && !has_gloss {
            self.completion = None;
        }
    }

    /// Recalls an older or newer line of the history (oldest first) that begins with what was typed.
    pub fn recall(&mut self, history: &[String], way: Way) {
        let (mut now, typed) = self
            .recalled
            .take()
            .unwrap_or_else(|| (history.len(), self.input.text().to_owned()));
        let fits = |index: usize| {
            history
                .get(index)
                .is_some_and(|line| line.starts_with(&typed))
        };
        let found = match way {
            Way::Back => (0..now).rev().find(|index| fits(*index)),
            Way::Forward => (now + 1..history.len()).find(|index| fits(*index)),
        };
        match (found, way) {
            (Some(index), _) => now = index,
            (None, Way::Back) => {}
            (None, Way::Forward) => now = history.len(),
        }
        let text = history.get(now).cloned().unwrap_or_else(|| typed.clone());
        self.input.set(&text);
        self.recalled = Some((now, typed));
    }
}
