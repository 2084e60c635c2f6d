//! The UI: pages, the parts they are put together from, and what they know.
//!
//! Lives here: the client of the API ([`api`]), what outlives a page ([`state`]), the texts ([`i18n`]),
//! the frame around the pages ([`layout`]), small parts ([`components`]) and the pages themselves
//! ([`pages`]). Of the workspace it sees `contract` alone. It has no split points, so that it runs in
//! the browser's tests as it is; `ui/shell` boots it and fetches the pages when they are visited.
//!
//! To add a page: a module in [`pages`], its texts in [`i18n::Text`], its path in [`navigation`], and
//! its route in `ui/shell`.

pub mod api;
pub mod browser;
pub mod components;
pub mod i18n;
pub mod layout;
pub mod navigation;
pub mod pages;
mod passkey;
pub mod state;
pub mod theme;
mod time;
