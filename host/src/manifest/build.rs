//! From the shape on disk to the types that the host works with, refusing what it cannot run.

use std::{collections::HashSet, ops::Range, path::Path};

use indexmap::IndexMap;
use toml::{Spanned, Value};

use super::{
    Application, HttpTrigger, Manifest, ManifestError, Route, Variable, component, error::Source, identifier,
    schema,
};

/// Reads `text` as the manifest at `path`.
pub(super) fn manifest(text: &str, path: &Path) -> Result<Manifest, ManifestError> {
    let source = Source { text, path };
    let raw = deserialize(source)?;
    if raw.spin_manifest_version.get_ref().as_integer() != Some(2) {
        return Err(source.refuse(
            &raw.spin_manifest_version.span(),
            format!(
                "spin_manifest_version is {}; the host runs version 2",
                raw.spin_manifest_version.get_ref()
            ),
        ));
    }
    let variables = variables(source, raw.variables)?;
    let mut components = IndexMap::new();
    for (id, raw) in raw.component {
        let span = raw.span();
        identifier::component_id(&id)
            .map_err(|reason| source.refuse(&span, format!("component id `{id}` {reason}")))?;
        let component = component::build(source, &id, &variables, raw.into_inner())?;
        components.insert(id, component);
    }
    refuse_base(source, raw.application.trigger.http.base.as_ref())?;
    let triggers = triggers(source, raw.trigger.http, &variables, &mut components)?;
    Ok(Manifest {
        path: path.to_owned(),
        application: Application { name: raw.application.name, version: raw.application.version },
        variables,
        triggers,
        components,
    })
}

/// Reads the TOML; an error names the table in which it stands.
fn deserialize(source: Source<'_>) -> Result<schema::Manifest, ManifestError> {
    let refuse = |span: Option<Range<usize>>, table: &str, message: &str| {
        let table = if table.is_empty() || table == "." { String::new() } else { format!("in [{table}]: ") };
        source.refuse(&span.unwrap_or(0..0), format!("{table}{message}"))
    };
    let deserializer =
        toml::Deserializer::parse(source.text).map_err(|error| refuse(error.span(), "", error.message()))?;
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let table = table_of(error.path());
        refuse(error.inner().span(), &table, error.inner().message())
    })
}

/// The table that holds the field at `path`, as a manifest writes it: `component.login`, `trigger.http`.
fn table_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut names: Vec<&str> = path
        .iter()
        .filter_map(|segment| match segment {
            Segment::Map { key } if !key.starts_with('$') => Some(key.as_str()),
            _ => None,
        })
        .collect();
    names.pop();
    names.join(".")
}

/// Spin takes no base path any more, but for the one that changes nothing.
fn refuse_base(source: Source<'_>, base: Option<&Spanned<String>>) -> Result<(), ManifestError> {
    match base {
        Some(base) if base.get_ref() != "/" => {
            let message =
                "in [application.trigger.http]: `base` is not supported: write it in front of every `route`";
            Err(source.refuse(&base.span(), message))
        }
        _ => Ok(()),
    }
}

fn variables(
    source: Source<'_>,
    raw: IndexMap<String, Spanned<schema::Variable>>,
) -> Result<IndexMap<String, Variable>, ManifestError> {
    let build = |(name, raw): (String, Spanned<schema::Variable>)| {
        let span = raw.span();
        identifier::variable_name(&name)
            .map_err(|reason| source.refuse(&span, format!("in [variables]: the name `{name}` {reason}")))?;
        let schema::Variable { required, default, secret, .. } = raw.into_inner();
        if required == default.is_some() {
            let message =
                format!("in [variables]: `{name}` must have either `required = true` or a `default`");
            return Err(source.refuse(&span, message));
        }
        Ok((name, Variable { default, secret }))
    };
    raw.into_iter().map(build).collect()
}

/// Builds the triggers; the components that they hold inline join `components`.
fn triggers(
    source: Source<'_>,
    raw: Vec<Spanned<schema::HttpTrigger>>,
    variables: &IndexMap<String, Variable>,
    components: &mut IndexMap<String, super::Component>,
) -> Result<Vec<HttpTrigger>, ManifestError> {
    let mut ids: HashSet<String> = raw.iter().filter_map(|trigger| trigger.get_ref().id.clone()).collect();
    let mut triggers = Vec::with_capacity(raw.len());
    for raw in raw {
        let span = raw.span();
        let raw = raw.into_inner();
        refuse_unsupported(source, &raw)?;
        let route = route(source, &raw.route)?;
        let id = raw.id.unwrap_or_else(|| free_id(&mut ids, "http-trigger"));
        let component = match raw.component {
            None => return Err(source.refuse(&span, "in [[trigger.http]]: `component` is missing")),
            Some(schema::ComponentReference::Id(component)) => component,
            Some(schema::ComponentReference::Inline(inline)) => {
                let mut taken: HashSet<String> = components.keys().cloned().collect();
                let component_id = free_id(&mut taken, "inline-component");
                let component = component::build(source, &component_id, variables, *inline)?;
                components.insert(component_id.clone(), component);
                component_id
            }
        };
        if !components.contains_key(&component) {
            let message = format!("in [[trigger.http]]: there is no [component.{component}]");
            return Err(source.refuse(&span, message));
        }
        triggers.push(HttpTrigger { id, component, route });
    }
    Ok(triggers)
}

/// The first of `<stem>1`, `<stem>2`, ... that is not in `taken`, which it joins.
fn free_id(taken: &mut HashSet<String>, stem: &str) -> String {
    let mut number = 1_usize;
    while taken.contains(&format!("{stem}{number}")) {
        number += 1;
    }
    let id = format!("{stem}{number}");
    taken.insert(id.clone());
    id
}

fn refuse_unsupported(source: Source<'_>, raw: &schema::HttpTrigger) -> Result<(), ManifestError> {
    let fields = [
        ("static_response", &raw.static_response),
        ("components", &raw.components),
        ("dependencies", &raw.dependencies),
    ];
    for (name, field) in fields {
        if let Some(field) = field {
            return Err(
                source.refuse(&field.span(), format!("in [[trigger.http]]: `{name}` is not supported"))
            );
        }
    }
    let Some(executor) = &raw.executor else { return Ok(()) };
    match executor.get_ref().get("type").and_then(Value::as_str) {
        Some("http" | "spin") => Ok(()),
        Some(other) => {
            let message =
                format!("in [[trigger.http]]: the executor type `{other}` is not supported, only `http` is");
            Err(source.refuse(&executor.span(), message))
        }
        None => {
            Err(source
                .refuse(&executor.span(), "in [[trigger.http]]: `executor` must be `{ type = \"http\" }`"))
        }
    }
}

fn route(source: Source<'_>, raw: &Spanned<Value>) -> Result<Route, ManifestError> {
    match raw.get_ref() {
        Value::String(pattern) => return Ok(Route::Pattern(pattern.clone())),
        Value::Table(table)
            if table.len() == 1 && table.get("private").and_then(Value::as_bool) == Some(true) =>
        {
            return Ok(Route::Private);
        }
        _ => {}
    }
    let message =
        "in [[trigger.http]]: `route` must be a path such as \"/users/...\", or `{ private = true }`";
    Err(source.refuse(&raw.span(), message))
}
