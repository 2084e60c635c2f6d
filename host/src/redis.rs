//! `spin:redis@3`: outbound Redis.

mod host;
mod values;

use std::{sync::Arc, time::Duration};

use redis::{AsyncConnectionConfig, Client, aio::MultiplexedConnection};
use wasmtime::component::{HasData, Resource, ResourceTable};

use crate::{bindings::spin::redis::redis::Error, outbound_hosts::AllowedHosts};

/// How long a connection may take to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How many connections a component instance may have at once.
const MAX_CONNECTIONS: usize = 256;

/// An open connection, over which commands are pipelined.
pub struct Connection(MultiplexedConnection);

/// The Redis connections of one component instance.
pub struct RedisState {
    allowed: Arc<AllowedHosts>,
    table: ResourceTable,
}

/// Links `spin:redis` to [`RedisState`].
pub struct RedisData;

impl HasData for RedisData {
    type Data<'a> = &'a mut RedisState;
}

impl RedisState {
    /// No connections yet; `allowed` says where they may go.
    pub fn new(allowed: Arc<AllowedHosts>) -> Self {
        let mut table = ResourceTable::new();
        table.set_max_capacity(MAX_CONNECTIONS);
        Self { allowed, table }
    }

    fn push(&mut self, connection: MultiplexedConnection) -> Result<Resource<Connection>, Error> {
        self.table.push(Connection(connection)).map_err(|_| Error::TooManyConnections)
    }

    fn connection(&self, connection: &Resource<Connection>) -> Result<MultiplexedConnection, Error> {
        match self.table.get(connection) {
            Ok(connection) => Ok(connection.0.clone()),
            Err(error) => Err(Error::Other(error.to_string())),
        }
    }
}

/// Connects to `address`, a `redis://` or `rediss://` URL, if it is `allowed`.
async fn connect(allowed: &AllowedHosts, address: &str) -> Result<MultiplexedConnection, Error> {
    if let Err(denied) = allowed.check_url(address, "redis") {
        tracing::warn!("{denied}");
        return Err(Error::InvalidAddress);
    }
    // A command may block as long as its caller wants (`BLPOP`): the request's own limit ends it.
    let config =
        AsyncConnectionConfig::new().set_connection_timeout(Some(CONNECT_TIMEOUT)).set_response_timeout(None);
    Client::open(address)
        .map_err(|_| Error::InvalidAddress)?
        .get_multiplexed_async_connection_with_config(&config)
        .await
        .map_err(|error| Error::Other(error.to_string()))
}
