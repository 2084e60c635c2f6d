//! HTTP: connections, limits, routes to components, and the answers that the host gives itself.

mod access;
mod answer;
mod body;
mod connection;
mod dispatch;
mod headers;
mod problem;
mod request_id;
mod service;
mod well_known;

pub(crate) use body::IdleBody;
pub(crate) use connection::Server;
pub(crate) use dispatch::chain;
