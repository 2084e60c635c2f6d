//! What a store holds: one [`InstanceState`] per component instance.

use wasmtime::component::ResourceTable;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView};

use crate::{
    key_value::KeyValueState, limits::MemoryLimiter, outbound_http::OutboundHttp, postgres::PostgresState,
    redis::RedisState, variables::VariablesState,
};

/// The data of one instance's store. It lives as long as the instance: up to `max-instance-reuse-count` requests, so
/// nothing of a single request belongs here.
pub struct InstanceState {
    /// `spin:variables`.
    pub variables: VariablesState,
    /// `spin:key-value`.
    pub key_value: KeyValueState,
    /// `spin:postgres`.
    pub postgres: PostgresState,
    /// `spin:redis`.
    pub redis: RedisState,
    /// Resources of WASI that the guest holds.
    pub(crate) table: ResourceTable,
    /// WASI of both generations: stdio, clocks, random, preopened folders, sockets.
    pub(crate) wasi: WasiCtx,
    /// Limits of `wasi:http`.
    pub(crate) http: WasiHttpCtx,
    /// Outbound HTTP: service chaining, allowed hosts, self requests.
    pub(crate) outbound_http: OutboundHttp,
    /// Memory and table limits of the instance.
    pub(crate) limiter: MemoryLimiter,
}

impl WasiView for InstanceState {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for InstanceState {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { hooks: &mut self.outbound_http, table: &mut self.table, ctx: &mut self.http }
    }
}
