//! `spin:variables@3`.

use std::sync::Arc;

use wasmtime::component::{Accessor, HasData};

use super::{VariableError, Variables};
use crate::bindings::spin::variables::variables::{Error, Host, HostWithStore};

/// The variables of one component instance: what `spin:variables` sees.
pub struct VariablesState {
    variables: Arc<Variables>,
    component: Arc<str>,
}

impl VariablesState {
    /// The view that `component` has of the application's variables.
    pub fn new(variables: Arc<Variables>, component: Arc<str>) -> Self {
        Self { variables, component }
    }
}

/// Links `spin:variables` to [`VariablesState`].
pub struct VariablesData;

impl HasData for VariablesData {
    type Data<'a> = &'a mut VariablesState;
}

impl<T> HostWithStore<T> for VariablesData {
    async fn get(accessor: &Accessor<T, Self>, name: String) -> Result<String, Error> {
        let (variables, component) = accessor.with(|mut access| {
            let state = access.get();
            (Arc::clone(&state.variables), Arc::clone(&state.component))
        });
        variables.resolve(&component, &name).map_err(Error::from)
    }
}

impl Host for VariablesState {
    fn convert_error(&mut self, error: Error) -> wasmtime::Result<Error> {
        Ok(error)
    }
}

impl From<VariableError> for Error {
    fn from(error: VariableError) -> Self {
        let message = error.to_string();
        match error {
            VariableError::InvalidName(..) => Self::InvalidName(message),
            VariableError::Undefined(_) => Self::Undefined(message),
            VariableError::Provider(_) => Self::Provider(message),
            VariableError::Template(_) => Self::Other(message),
        }
    }
}
