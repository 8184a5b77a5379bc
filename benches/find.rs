//! Regexp find: until the first hit and until all are counted. Filled in beside `search::find`.
fn main() {}
