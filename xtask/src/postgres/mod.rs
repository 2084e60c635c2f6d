//! PostgreSQL: the machine's own programs, or npm's, run as a private cluster on the loopback address.

mod binaries;
mod cluster;
mod connection;
mod leftover;
mod npm;
mod roles;
mod server_user;
mod settings;

pub use cluster::{Cluster, Place};
pub use connection::connect;
pub use roles::{Role, component_roles, open_roles};
pub use settings::Durability;
