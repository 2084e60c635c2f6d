//! The identities that the caller signs in with, one operation a file.

pub mod list;
pub mod unlink;
