//! Application variables, component variables and where their values come from.
//!
//! A component asks for one of *its* variables, a template over the application's variables. Each application
//! variable is looked up in the providers in order; the manifest's default comes last. Values never appear in
//! errors or logs.

mod command_line;
mod host;
mod provider;
mod template;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::manifest::{Manifest, Variable};
pub use command_line::command_line;
pub use host::{VariablesData, VariablesState};
pub use provider::{DotenvError, Environment, Provider};
pub use template::{Template, UnclosedExpression};

/// The variables of an application and of its components.
#[derive(Debug)]
pub struct Variables {
    declared: IndexMap<String, Variable>,
    components: HashMap<String, HashMap<String, Template>>,
    providers: Vec<Provider>,
}

/// Why a variable has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VariableError {
    /// The name is not a variable's name.
    #[error("{0:?} is not a variable name: {1}")]
    InvalidName(String, &'static str),
    /// The component does not declare the variable, or a template uses one that the application does not
    /// declare.
    #[error("{0}")]
    Undefined(String),
    /// A template is malformed.
    #[error(transparent)]
    Template(#[from] UnclosedExpression),
    /// No provider has a value, and there is no default; or a provider failed.
    #[error("{0}")]
    Provider(String),
}

/// Required variables that no provider has a value for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct MissingVariables(Vec<String>);

impl Variables {
    /// The variables that `manifest` declares, looked up in `providers` in order.
    pub fn new(manifest: &Manifest, providers: Vec<Provider>) -> Result<Self, VariableError> {
        let mut components = HashMap::new();
        for (id, component) in &manifest.components {
            let parse = |(name, text): (&String, &String)| Ok((name.clone(), Template::parse(text)?));
            let templates = component.variables.iter().map(parse).collect::<Result<_, VariableError>>()?;
            components.insert(id.clone(), templates);
        }
        Ok(Self { declared: manifest.variables.clone(), components, providers })
    }

    /// Checks that every required variable has a value, as the host does at start. The error names each that
    /// has none, with the ways to set it.
    pub fn ensure_required(&self) -> Result<(), MissingVariables> {
        let missing: Vec<String> = self
            .declared
            .iter()
            .filter(|(_, variable)| variable.default.is_none())
            .filter_map(|(name, _)| self.value_of(name).err())
            .map(|error| error.to_string())
            .collect();
        if missing.is_empty() { Ok(()) } else { Err(MissingVariables(missing)) }
    }

    /// The value of the variable `name` of `component`.
    pub fn resolve(&self, component: &str, name: &str) -> Result<String, VariableError> {
        check_name(name).map_err(|reason| VariableError::InvalidName(name.to_owned(), reason))?;
        let templates = self.components.get(component);
        let template = templates.and_then(|templates| templates.get(name)).ok_or_else(|| {
            let table = format!("[component.{component}.variables]");
            VariableError::Undefined(format!(
                "component {component:?} has no variable {name:?}: add it to {table}"
            ))
        })?;
        self.resolve_template(template)
    }

    /// The text of `template` with every application variable in place.
    pub fn resolve_template(&self, template: &Template) -> Result<String, VariableError> {
        template.render(|name| self.value_of(name))
    }

    /// The value of the application variable `name`.
    fn value_of(&self, name: &str) -> Result<String, VariableError> {
        let variable = self.declared.get(name).ok_or_else(|| {
            VariableError::Undefined(format!(
                "the application has no variable {name:?}: add it to [variables]"
            ))
        })?;
        for provider in &self.providers {
            match provider.get(name) {
                Ok(Some(value)) => return Ok(value),
                Ok(None) => {}
                Err(reason) => return Err(VariableError::Provider(format!("variable {name:?}: {reason}"))),
            }
        }
        variable.default.clone().ok_or_else(|| VariableError::Provider(self.missing(name)))
    }

    fn missing(&self, name: &str) -> String {
        let mut ways: Vec<String> = Vec::new();
        for way in self.providers.iter().map(|provider| provider.hint(name)) {
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        format!("the required variable {name:?} has no value: set it with {}", ways.join(" or "))
    }
}

/// Variable names are lower case ASCII letters, digits and single underscores, from a letter to a letter or
/// digit.
fn check_name(name: &str) -> Result<(), &'static str> {
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.is_empty() {
        Err("it is empty")
    } else if !name.chars().all(known) {
        Err("only lower-case letters, digits and underscores may be in it")
    } else if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        Err("it must begin with a letter")
    } else if name.ends_with('_') {
        Err("it must not end with an underscore")
    } else if name.contains("__") {
        Err("it must not have two underscores in a row")
    } else {
        Ok(())
    }
}
