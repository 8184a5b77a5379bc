use std::fmt;

/// Why a file of annotations cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportError {
    /// It is not UTF-8.
    NoText,
    /// It is no JSON.
    NoJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// It is JSON, but nothing of the kind.
    NotThis {
        /// What was expected.
        expected: &'static str,
    },
    /// A line that breaks a rule of its format.
    Line {
        /// Its number, from 1.
        line: usize,
        /// The rule.
        rule: String,
    },
    /// A table without a column that is needed.
    NoColumn {
        /// Its name.
        name: &'static str,
    },
    /// This format only goes out.
    OnlyOut {
        /// Its name.
        format: &'static str,
    },
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoText => f.write_str("the file is not UTF-8: save it as that and try again"),
            Self::NoJson { line, column } => write!(
                f,
                "line {line}, column {column}: the JSON breaks off or is wrong here; export the file again"
            ),
            Self::NotThis { expected } => {
                write!(
                    f,
                    "the file is JSON, but not {expected}; name its format with `--format`"
                )
            }
            Self::Line { line, rule } => write!(f, "line {line}: {rule}"),
            Self::NoColumn { name } => write!(
                f,
                "the table has no column `{name}`; its first row must name the columns as `postil export --format csv` does"
            ),
            Self::OnlyOut { format } => write!(
                f,
                "`{format}` is made for reading and cannot be brought in again; export another format beside it"
            ),
        }
    }
}

impl std::error::Error for ExportError {}

impl From<serde_json::Error> for ExportError {
    fn from(error: serde_json::Error) -> Self {
        Self::NoJson {
            line: error.line(),
            column: error.column(),
        }
    }
}
