//! `[component.<id>]`.

use indexmap::IndexMap;
use toml::{Spanned, Value};

use super::{Component, FilesMount, ManifestError, Variable, error::Source, identifier, schema};
use crate::variables::Template;

/// Builds the component `id`; `variables` are the application's, which its templates may name.
pub(super) fn build(
    source: Source<'_>,
    id: &str,
    variables: &IndexMap<String, Variable>,
    raw: schema::Component,
) -> Result<Component, ManifestError> {
    refuse_unsupported(source, id, &raw)?;
    let directory = source.path.parent().unwrap_or(source.path);
    let files = raw.files.iter().map(|mount| files_mount(source, id, mount)).collect::<Result<_, _>>()?;
    for label in &raw.key_value_stores {
        identifier::store_label(label.get_ref()).map_err(|reason| {
            let message =
                format!("{}: the label \"{}\" {reason}", place(id, "key_value_stores"), label.get_ref());
            source.refuse(&label.span(), message)
        })?;
    }
    Ok(Component {
        source: directory.join(wasm_file(source, id, &raw.source)?),
        files,
        exclude_files: raw.exclude_files,
        environment: raw.environment,
        variables: component_variables(source, id, variables, raw.variables)?,
        key_value_stores: raw.key_value_stores.into_iter().map(Spanned::into_inner).collect(),
        allowed_outbound_hosts: raw.allowed_outbound_hosts,
    })
}

/// The beginning of a refusal: the component's table and the field.
fn place(id: &str, field: &str) -> String {
    format!("in [component.{id}]: `{field}`")
}

fn refuse_unsupported(source: Source<'_>, id: &str, raw: &schema::Component) -> Result<(), ManifestError> {
    let empty = |value: &Value| match value {
        Value::Array(items) => items.is_empty(),
        Value::Table(table) => table.is_empty(),
        Value::Boolean(value) => !value,
        _ => false,
    };
    let fields = [
        ("allowed_http_hosts", &raw.allowed_http_hosts, "is not supported: write `allowed_outbound_hosts`"),
        ("sqlite_databases", &raw.sqlite_databases, "is not supported: the host has no SQLite databases"),
        ("ai_models", &raw.ai_models, "is not supported: the host runs no models"),
        ("dependencies", &raw.dependencies, "is not supported: the host composes no components"),
        (
            "dependencies_inherit_configuration",
            &raw.dependencies_inherit_configuration,
            "is not supported: the host composes no components",
        ),
    ];
    for (name, field, reason) in fields {
        if let Some(field) = field.as_ref().filter(|field| !empty(field.get_ref())) {
            return Err(source.refuse(&field.span(), format!("{} {reason}", place(id, name))));
        }
    }
    Ok(())
}

/// The path of the `.wasm`, as written.
fn wasm_file<'a>(source: Source<'_>, id: &str, raw: &'a Spanned<Value>) -> Result<&'a str, ManifestError> {
    let reason = match raw.get_ref() {
        Value::String(path) => return Ok(path),
        Value::Table(table) if table.contains_key("url") => "by `url` is not supported: only a local path is",
        Value::Table(table) if table.contains_key("package") => {
            "from a registry is not supported: only a local path is"
        }
        _ => "must be the path of a .wasm file",
    };
    Err(source.refuse(&raw.span(), format!("{} {reason}", place(id, "source"))))
}

fn files_mount(source: Source<'_>, id: &str, raw: &Spanned<Value>) -> Result<FilesMount, ManifestError> {
    let refuse = |reason: &str| source.refuse(&raw.span(), format!("{} {reason}", place(id, "files")));
    let table = match raw.get_ref() {
        Value::String(pattern) => return Ok(FilesMount::Pattern(pattern.clone())),
        Value::Table(table) => table,
        _ => return Err(refuse("holds glob patterns and `{ source = ..., destination = ... }` tables")),
    };
    let text = |key: &str| table.get(key).and_then(Value::as_str);
    let (Some(from), Some(destination), 2) = (text("source"), text("destination"), table.len()) else {
        return Err(refuse("has a table with other keys than `source` and `destination`"));
    };
    if !destination.starts_with('/') {
        return Err(refuse(&format!("has the destination \"{destination}\", which is not absolute")));
    }
    let directory = source.path.parent().unwrap_or(source.path);
    Ok(FilesMount::Placement { source: directory.join(from), destination: destination.to_owned() })
}

fn component_variables(
    source: Source<'_>,
    id: &str,
    known: &IndexMap<String, Variable>,
    raw: IndexMap<String, Spanned<String>>,
) -> Result<IndexMap<String, String>, ManifestError> {
    let check = |(name, template): (String, Spanned<String>)| {
        let refuse = |reason: String| {
            source.refuse(&template.span(), format!("in [component.{id}.variables]: {reason}"))
        };
        identifier::variable_name(&name).map_err(|reason| refuse(format!("the name `{name}` {reason}")))?;
        let parsed =
            Template::parse(template.get_ref()).map_err(|error| refuse(format!("`{name}`: {error}")))?;
        match parsed.variables().find(|variable| !known.contains_key(*variable)) {
            Some(unknown) => {
                Err(refuse(format!("`{name}` uses `{unknown}`, which [variables] does not declare")))
            }
            None => Ok((name, template.into_inner())),
        }
    };
    raw.into_iter().map(check).collect()
}
