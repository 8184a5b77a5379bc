//! Words, numbers and marks.
