use std::fmt;

/// Why a pattern cannot be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindError {
    /// Nothing was typed.
    Empty,
    /// It is longer than [`FindError::LONGEST_PATTERN`].
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// It breaks a rule of the syntax.
    Syntax {
        /// The rule, in the words of the `regex` crate.
        rule: String,
        /// Which character is the trouble, from 0, where that is known.
        at_char: Option<usize>,
    },
    /// It would need too much memory, through large repetitions.
    TooLarge,
}

impl FindError {
    /// The longest pattern, in bytes.
    pub const LONGEST_PATTERN: usize = 1000;

    /// Reads the message of the `regex` crate, which offers its parts only as text: the pattern, a line with a caret under it, the rule.
    pub(super) fn from_regex(error: &regex::Error, pattern: &str) -> Self {
        let regex::Error::Syntax(message) = error else {
            return Self::TooLarge;
        };
        let mut lines = message.lines().rev();
        let rule = lines.next().unwrap_or_default();
        let rule = rule.strip_prefix("error: ").unwrap_or(rule);
        // The printed pattern is indented by four; one of several lines is printed otherwise.
        let at_char = lines
            .next()
            .filter(|_| !pattern.contains('\n'))
            .and_then(|line| line.find('^')?.checked_sub(4));
        Self::Syntax {
            rule: rule.to_owned(),
            at_char,
        }
    }
}

impl fmt::Display for FindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the pattern is empty; type what to find"),
            Self::TooLong { bytes } => write!(
                f,
                "the pattern has {bytes} bytes, and at most {} can be searched; shorten it",
                Self::LONGEST_PATTERN
            ),
            Self::Syntax { rule, at_char } => {
                f.write_str("this is not a regular expression")?;
                if let Some(at) = at_char {
                    write!(f, " at character {}", at + 1)?;
                }
                write!(
                    f,
                    ": {rule}; put `\\` before a sign to find it as it stands"
                )
            }
            Self::TooLarge => f.write_str(
                "the pattern is too large once its repetitions are written out; repeat fewer times",
            ),
        }
    }
}

impl std::error::Error for FindError {}
