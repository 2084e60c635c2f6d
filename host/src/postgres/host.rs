//! `spin:postgres@4`, towards components.

use std::sync::Arc;

use wasmtime::component::{Accessor, FutureReader, HasData, Resource, ResourceTable, StreamReader};

use super::{address, lease::Lease, pool::Pools, query, tls};
use crate::{
    bindings::spin::postgres::postgres::{
        Column, Error, Host, HostConnection, HostConnectionBuilder, HostConnectionBuilderWithStore,
        HostConnectionWithStore, ParameterValue, Row, RowSet,
    },
    outbound_hosts::AllowedHosts,
};

/// The connections of one component instance.
pub struct PostgresState {
    pools: Arc<Pools>,
    allowed: Arc<AllowedHosts>,
    table: ResourceTable,
}

/// A connection that a component has opened.
pub struct Connection(Arc<Lease>);

/// What a component has said so far of a connection to be made.
#[derive(Clone)]
pub struct ConnectionBuilder {
    address: String,
    /// A certificate authority in PEM.
    root_ca: Option<String>,
}

/// Links `spin:postgres` to [`PostgresState`].
pub struct PostgresData;

impl HasData for PostgresData {
    type Data<'a> = &'a mut PostgresState;
}

/// The rows of a query as they come, and how it ended.
type QueryResult = (Vec<Column>, StreamReader<Row>, FutureReader<Result<(), Error>>);

impl PostgresState {
    /// No connections yet; they will be of `pools`, which are the component's, and go where `allowed` says.
    pub fn new(pools: Arc<Pools>, allowed: Arc<AllowedHosts>) -> Self {
        Self { pools, allowed, table: ResourceTable::new() }
    }

    /// What a connection is made with, apart from the state.
    fn connector(&self) -> (Arc<Pools>, Arc<AllowedHosts>) {
        (Arc::clone(&self.pools), Arc::clone(&self.allowed))
    }

    fn push(&mut self, lease: Lease) -> Result<Resource<Connection>, Error> {
        let connection = Connection(Arc::new(lease));
        self.table.push(connection).map_err(|_| Error::ConnectionFailed("too many connections".to_owned()))
    }

    fn lease(&self, connection: &Resource<Connection>) -> Result<Arc<Lease>, Error> {
        match self.table.get(connection) {
            Ok(connection) => Ok(Arc::clone(&connection.0)),
            Err(error) => Err(Error::ConnectionFailed(error.to_string())),
        }
    }

    fn builder(&self, builder: &Resource<ConnectionBuilder>) -> Result<ConnectionBuilder, Error> {
        self.table.get(builder).cloned().map_err(|error| Error::ConnectionFailed(error.to_string()))
    }
}

async fn connect(
    (pools, allowed): (Arc<Pools>, Arc<AllowedHosts>),
    builder: &ConnectionBuilder,
) -> Result<Lease, Error> {
    let config = address::parse(&builder.address, &allowed)?;
    pools.get(&builder.address, builder.root_ca.as_deref(), config).await.map(Lease::new)
}

impl Host for PostgresState {
    fn convert_error(&mut self, error: Error) -> wasmtime::Result<Error> {
        Ok(error)
    }
}

impl HostConnectionBuilder for PostgresState {
    async fn new(&mut self, address: String) -> wasmtime::Result<Resource<ConnectionBuilder>> {
        Ok(self.table.push(ConnectionBuilder { address, root_ca: None })?)
    }

    async fn set_ca_root(
        &mut self,
        builder: Resource<ConnectionBuilder>,
        certificate: String,
    ) -> Result<(), Error> {
        tls::authorities(&certificate)
            .map_err(|reason| Error::Other(format!("the root certificate: {reason}")))?;
        let builder = self.table.get_mut(&builder).map_err(|error| Error::Other(error.to_string()))?;
        builder.root_ca = Some(certificate);
        Ok(())
    }

    async fn build(&mut self, builder: Resource<ConnectionBuilder>) -> Result<Resource<Connection>, Error> {
        let lease = connect(self.connector(), &self.builder(&builder)?).await?;
        self.push(lease)
    }

    async fn drop(&mut self, builder: Resource<ConnectionBuilder>) -> wasmtime::Result<()> {
        self.table.delete(builder)?;
        Ok(())
    }
}

impl<T> HostConnectionBuilderWithStore<T> for PostgresData {
    async fn build_async(
        accessor: &Accessor<T, Self>,
        builder: Resource<ConnectionBuilder>,
    ) -> Result<Resource<Connection>, Error> {
        let builder = accessor.with(|mut access| access.get().builder(&builder))?;
        open(accessor, builder).await
    }
}

impl HostConnection for PostgresState {
    async fn open(&mut self, address: String) -> Result<Resource<Connection>, Error> {
        let lease = connect(self.connector(), &ConnectionBuilder { address, root_ca: None }).await?;
        self.push(lease)
    }

    async fn query(
        &mut self,
        connection: Resource<Connection>,
        statement: String,
        parameters: Vec<ParameterValue>,
    ) -> Result<RowSet, Error> {
        query::query(&*self.lease(&connection)?, &statement, parameters).await
    }

    async fn execute(
        &mut self,
        connection: Resource<Connection>,
        statement: String,
        parameters: Vec<ParameterValue>,
    ) -> Result<u64, Error> {
        query::execute(&*self.lease(&connection)?, &statement, parameters).await
    }

    async fn drop(&mut self, connection: Resource<Connection>) -> wasmtime::Result<()> {
        self.table.delete(connection)?;
        Ok(())
    }
}

impl<T> HostConnectionWithStore<T> for PostgresData {
    async fn open_async(
        accessor: &Accessor<T, Self>,
        address: String,
    ) -> Result<Resource<Connection>, Error> {
        open(accessor, ConnectionBuilder { address, root_ca: None }).await
    }

    async fn query_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Connection>,
        statement: String,
        parameters: Vec<ParameterValue>,
    ) -> Result<QueryResult, Error> {
        let lease = accessor.with(|mut access| access.get().lease(&connection))?;
        let reading = query::stream(lease, &statement, parameters).await?;
        let (columns, rows, outcome) = reading.into_producer().await;
        let (rows, outcome) = accessor
            .with(|mut access| {
                let rows = StreamReader::new(&mut access, rows)?;
                let outcome = FutureReader::new(&mut access, outcome)?;
                Ok::<_, wasmtime::Error>((rows, outcome))
            })
            .map_err(|error| Error::Other(error.to_string()))?;
        Ok((columns, rows, outcome))
    }

    async fn execute_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Connection>,
        statement: String,
        parameters: Vec<ParameterValue>,
    ) -> Result<u64, Error> {
        let lease = accessor.with(|mut access| access.get().lease(&connection))?;
        query::execute(&lease, &statement, parameters).await
    }
}

async fn open<T>(
    accessor: &Accessor<T, PostgresData>,
    builder: ConnectionBuilder,
) -> Result<Resource<Connection>, Error> {
    let connector = accessor.with(|mut access| access.get().connector());
    let lease = connect(connector, &builder).await?;
    accessor.with(|mut access| access.get().push(lease))
}
