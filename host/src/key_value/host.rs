//! `spin:key-value@3`, towards components.

use std::sync::Arc;

use wasmtime::component::{
    Accessor, FutureReader, HasData, Resource, ResourceTable, ResourceTableError, StreamReader,
};

use super::{Store, Stores, keys::KeyProducer};
use crate::bindings::spin::key_value::key_value::{Error, Host, HostStore, HostStoreWithStore};

/// How many stores a component instance may have open at once; Spin's number.
const MAX_OPEN_STORES: usize = 256;

/// What one component instance sees of the stores.
pub struct KeyValueState {
    stores: Arc<Stores>,
    allowed: Arc<[String]>,
    table: ResourceTable,
}

/// Links `spin:key-value` to [`KeyValueState`].
pub struct KeyValueData;

impl HasData for KeyValueData {
    type Data<'a> = &'a mut KeyValueState;
}

impl KeyValueState {
    /// The view of a component whose `key_value_stores` are `allowed`.
    pub fn new(stores: Arc<Stores>, allowed: Arc<[String]>) -> Self {
        let mut table = ResourceTable::new();
        table.set_max_capacity(MAX_OPEN_STORES);
        Self { stores, allowed, table }
    }

    fn store(&self, store: &Resource<Store>) -> wasmtime::Result<Store> {
        Ok(self.table.get(store)?.clone())
    }
}

impl Host for KeyValueState {
    fn convert_error(&mut self, error: Error) -> wasmtime::Result<Error> {
        Ok(error)
    }
}

impl HostStore for KeyValueState {
    async fn drop(&mut self, store: Resource<Store>) -> wasmtime::Result<()> {
        self.table.delete(store)?;
        Ok(())
    }
}

/// The store that a component means.
fn store<T>(accessor: &Accessor<T, KeyValueData>, store: &Resource<Store>) -> Result<Store, Error> {
    accessor.with(|mut access| access.get().store(store)).map_err(|_| Error::NoSuchStore)
}

impl<T> HostStoreWithStore<T> for KeyValueData {
    async fn open(accessor: &Accessor<T, Self>, label: String) -> Result<Resource<Store>, Error> {
        let stores = accessor.with(|mut access| {
            let state = access.get();
            state.allowed.contains(&label).then(|| Arc::clone(&state.stores)).ok_or(Error::AccessDenied)
        })?;
        let store = stores.open(&label).await?;
        accessor.with(|mut access| access.get().table.push(store)).map_err(|error| match error {
            ResourceTableError::Full => Error::StoreTableFull,
            other => Error::Other(other.to_string()),
        })
    }

    async fn get(
        accessor: &Accessor<T, Self>,
        this: Resource<Store>,
        key: String,
    ) -> Result<Option<Vec<u8>>, Error> {
        store(accessor, &this)?.get(key).await
    }

    async fn set(
        accessor: &Accessor<T, Self>,
        this: Resource<Store>,
        key: String,
        value: Vec<u8>,
    ) -> Result<(), Error> {
        store(accessor, &this)?.set(key, value).await
    }

    async fn delete(accessor: &Accessor<T, Self>, this: Resource<Store>, key: String) -> Result<(), Error> {
        store(accessor, &this)?.delete(key).await
    }

    async fn exists(accessor: &Accessor<T, Self>, this: Resource<Store>, key: String) -> Result<bool, Error> {
        store(accessor, &this)?.exists(key).await
    }

    async fn get_keys(
        accessor: &Accessor<T, Self>,
        this: Resource<Store>,
    ) -> wasmtime::Result<(StreamReader<String>, FutureReader<Result<(), Error>>)> {
        accessor.with(|mut access| {
            let store = access.get().store(&this)?;
            let (keys, outcome) = KeyProducer::new(store.keys());
            Ok((StreamReader::new(&mut access, keys)?, FutureReader::new(&mut access, outcome)?))
        })
    }
}
