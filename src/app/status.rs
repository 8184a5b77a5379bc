//! The last line of the screen: what was just done or went wrong, and what stands until it is mended.

/// What the status line says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// About the last thing done; gone with the next key.
    pub message: Option<Message>,
    /// Stays until its cause is gone: a store that cannot be written.
    pub standing: Option<String>,
    /// What runs behind: what, how far, of how many.
    pub progress: Option<(String, usize, usize)>,
}

/// A message and how it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// How it is meant.
    pub tone: Tone,
    /// One line.
    pub text: String,
}

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// So it is.
    Plain,
    /// It worked.
    Good,
    /// Something to know.
    Warning,
    /// It did not work.
    Error,
}

impl Status {
    /// Says how things are.
    pub fn say(&mut self, text: impl Into<String>) {
        self.set(Tone::Plain, text);
    }

    /// Says that something worked.
    pub fn good(&mut self, text: impl Into<String>) {
        self.set(Tone::Good, text);
    }

    /// Says what to beware of.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.set(Tone::Warning, text);
    }

    /// Says what went wrong, and what helps.
    pub fn fail(&mut self, text: impl Into<String>) {
        self.set(Tone::Error, text);
    }

    fn set(&mut self, tone: Tone, text: impl Into<String>) {
        self.message = Some(Message {
            tone,
            text: text.into(),
        });
    }
}
