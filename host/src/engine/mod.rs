//! Wasmtime, set up once per process: engine, linker and compiled components are shared by every host in it, so that
//! starting the n-th host costs milliseconds.

mod compilation;
mod interfaces;
mod link;

use std::{sync::LazyLock, thread, time::Duration};

use anyhow::{Context, Result, anyhow};
use wasmtime::{Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, component::Linker};

pub(crate) use compilation::{CompiledComponent, Source, load};

use crate::state::InstanceState;

/// How often a running guest gives way to others and looks at its deadline.
const EPOCH: Duration = Duration::from_millis(10);

/// Instances that may be alive at once in a process.
const MAX_INSTANCES: u32 = 1000;

/// Memory of an instance that stays mapped for the next one, instead of being returned to the system.
const KEEP_RESIDENT: usize = 2 << 20;

/// Engine and linker of this process.
pub(crate) struct Runtime {
    pub(crate) engine: Engine,
    pub(crate) linker: Linker<InstanceState>,
}

/// The process's runtime, made on first use.
pub(crate) fn runtime() -> Result<&'static Runtime> {
    static RUNTIME: LazyLock<Result<Runtime, String>> =
        LazyLock::new(|| Runtime::new().map_err(|error| format!("{error:#}")));
    RUNTIME.as_ref().map_err(|message| anyhow!("cannot set up Wasmtime: {message}"))
}

impl Runtime {
    fn new() -> Result<Self> {
        let engine = Engine::new(&config(pooling()))
            .or_else(|_| Engine::new(&config(InstanceAllocationStrategy::OnDemand)))?;
        let linker = link::linker(&engine)?;
        start_epochs(engine.clone())?;
        Ok(Self { engine, linker })
    }
}

/// Small address spaces cannot hold the pool; the caller falls back to allocation on demand.
fn config(strategy: InstanceAllocationStrategy) -> Config {
    let mut config = Config::new();
    config.wasm_component_model_async(true).epoch_interruption(true).allocation_strategy(strategy);
    config
}

/// A pool spares the system calls that mapping memories and stacks costs for each instance.
fn pooling() -> InstanceAllocationStrategy {
    let mut pool = PoolingAllocationConfig::default();
    pool.total_component_instances(MAX_INSTANCES)
        .total_memories(MAX_INSTANCES)
        .total_tables(2 * MAX_INSTANCES)
        .total_stacks(MAX_INSTANCES)
        .total_core_instances(4 * MAX_INSTANCES)
        .table_elements(100_000)
        .max_component_instance_size(10 << 20)
        .max_core_instance_size(10 << 20)
        .max_core_instances_per_component(200)
        .max_tables_per_component(64)
        .max_memories_per_component(32)
        .max_memory_size(4 << 30)
        .linear_memory_keep_resident(KEEP_RESIDENT)
        .table_keep_resident(512 << 10);
    InstanceAllocationStrategy::Pooling(pool)
}

/// Ticks the engine's epoch from a thread of its own, so that a guest that never waits still gives way.
fn start_epochs(engine: Engine) -> Result<()> {
    thread::Builder::new()
        .name("wasm-epochs".into())
        .spawn(move || {
            loop {
                thread::sleep(EPOCH);
                engine.increment_epoch();
            }
        })
        .context("cannot start the epoch thread")?;
    Ok(())
}
