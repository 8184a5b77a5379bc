use crate::text::TextRange;

/// What the reader says about the place of an annotation in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// A probable one is the passage.
    Confirm(TextRange),
    /// Of an ambiguous one, it is this place; also for a place the reader has found.
    Pick(TextRange),
    /// It is none of them: it is lost in this text.
    Reject,
    /// What was decided about this text does not hold any more.
    Withdraw,
}

impl Decision {
    /// As stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm(_) => "confirmed",
            Self::Pick(_) => "picked",
            Self::Reject => "rejected",
            Self::Withdraw => "withdrawn",
        }
    }
}
