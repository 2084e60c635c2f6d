//! `spin:redis@3`, towards components.

use std::sync::Arc;

use redis::{AsyncCommands as _, FromRedisValue, aio::MultiplexedConnection};
use wasmtime::component::{Accessor, Resource};

use super::{Connection, RedisData, RedisState, connect, values};
use crate::bindings::spin::redis::redis::{
    Error, Host, HostConnection, HostConnectionWithStore, Payload, RedisParameter, RedisResult,
};

impl Host for RedisState {
    fn convert_error(&mut self, error: Error) -> wasmtime::Result<Error> {
        Ok(error)
    }
}

impl HostConnection for RedisState {
    async fn drop(&mut self, connection: Resource<Connection>) -> wasmtime::Result<()> {
        self.table.delete(connection)?;
        Ok(())
    }
}

/// The connection that a component means.
fn connection<T>(
    accessor: &Accessor<T, RedisData>,
    connection: &Resource<Connection>,
) -> Result<MultiplexedConnection, Error> {
    accessor.with(|mut access| access.get().connection(connection))
}

/// Waits for a command's answer.
async fn answer<V: FromRedisValue>(command: impl Future<Output = redis::RedisResult<V>>) -> Result<V, Error> {
    command.await.map_err(|error| values::failed(&error))
}

impl<T> HostConnectionWithStore<T> for RedisData {
    async fn open(accessor: &Accessor<T, Self>, address: String) -> Result<Resource<Connection>, Error> {
        let allowed = accessor.with(|mut access| Arc::clone(&access.get().allowed));
        let connection = connect(&allowed, &address).await?;
        accessor.with(|mut access| access.get().push(connection))
    }

    async fn publish(
        accessor: &Accessor<T, Self>,
        this: Resource<Connection>,
        channel: String,
        payload: Payload,
    ) -> Result<(), Error> {
        answer(connection(accessor, &this)?.publish(channel, payload)).await
    }

    async fn get(
        accessor: &Accessor<T, Self>,
        this: Resource<Connection>,
        key: String,
    ) -> Result<Option<Payload>, Error> {
        answer(connection(accessor, &this)?.get(key)).await
    }

    async fn set(
        accessor: &Accessor<T, Self>,
        this: Resource<Connection>,
        key: String,
        value: Payload,
    ) -> Result<(), Error> {
        answer(connection(accessor, &this)?.set(key, value)).await
    }

    async fn incr(
        accessor: &Accessor<T, Self>,
        this: Resource<Connection>,
        key: String,
    ) -> Result<i64, Error> {
        answer(connection(accessor, &this)?.incr(key, 1)).await
    }

    async fn del(
        accessor: &Accessor<T, Self>,
        this: Resource<Connection>,
        keys: Vec<String>,
    ) -> Result<u32, Error> {
        answer(connection(accessor, &this)?.del(keys)).await
    }

    async fn sadd(
        accessor: &Accessor<T, Self>,
        this: Resource<Connection>,
        key: String,
        values: Vec<String>,
    ) -> Result<u32, Error> {
        answer(connection(accessor, &this)?.sadd(key, values)).await
    }

    async fn smembers(
        accessor: &Accessor<T, Self>,
        this: Resource<Connection>,
        key: String,
    ) -> Result<Vec<String>, Error> {
        answer(connection(accessor, &this)?.smembers(key)).await
    }

    async fn srem(
        accessor: &Accessor<T, Self>,
        this: Resource<Connection>,
        key: String,
        values: Vec<String>,
    ) -> Result<u32, Error> {
        answer(connection(accessor, &this)?.srem(key, values)).await
    }

    async fn execute(
        accessor: &Accessor<T, Self>,
        this: Resource<Connection>,
        command: String,
        arguments: Vec<RedisParameter>,
    ) -> Result<Vec<RedisResult>, Error> {
        let mut connection = connection(accessor, &this)?;
        let mut command = redis::cmd(&command);
        for argument in arguments {
            match argument {
                RedisParameter::Int64(number) => command.arg(number),
                RedisParameter::Binary(bytes) => command.arg(bytes),
            };
        }
        values::results(answer(command.query_async(&mut connection)).await?)
    }
}
