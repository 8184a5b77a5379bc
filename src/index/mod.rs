//! The derived full-text index of the library, behind a trait. Nothing stands here yet: it comes with library-wide search.
