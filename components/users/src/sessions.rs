//! Where an account is signed in, for those who administer it.

pub mod end;
pub mod end_all;
pub mod list;
