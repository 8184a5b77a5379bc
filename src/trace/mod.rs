//! Where words come from: quotations and reused passages linked to their source, and the redline of two documents.
