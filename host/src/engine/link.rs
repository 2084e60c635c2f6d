//! The host functions that components may import.

use anyhow::Result;
use wasmtime::{Engine, component::Linker};

use crate::{
    bindings::spin::{key_value::key_value, postgres::postgres, redis::redis, variables::variables},
    key_value::KeyValueData,
    postgres::PostgresData,
    redis::RedisData,
    state::InstanceState,
    variables::VariablesData,
};

/// A linker with WASI 0.2, WASI 0.3 and Spin's interfaces.
pub(super) fn linker(engine: &Engine) -> Result<Linker<InstanceState>> {
    let mut linker: Linker<InstanceState> = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    wasmtime_wasi::p3::add_to_linker(&mut linker)?;
    wasmtime_wasi_http::p2::add_only_http_to_linker_async(&mut linker)?;
    wasmtime_wasi_http::p3::add_to_linker(&mut linker)?;

    key_value::add_to_linker::<_, KeyValueData>(&mut linker, |state| &mut state.key_value)?;
    postgres::add_to_linker::<_, PostgresData>(&mut linker, |state| &mut state.postgres)?;
    redis::add_to_linker::<_, RedisData>(&mut linker, |state| &mut state.redis)?;
    variables::add_to_linker::<_, VariablesData>(&mut linker, |state| &mut state.variables)?;
    Ok(linker)
}
