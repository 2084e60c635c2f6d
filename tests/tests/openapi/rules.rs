//! What every operation of a document has to say.

use contract::{Permission, ProblemCode};
use serde_json::Value;

/// One line for each thing that is missing.
pub fn check_operations(document: &Value) -> Vec<String> {
    let mut findings = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let complaints = check_operation(document, operation);
            findings.extend(complaints.into_iter().map(|complaint| format!("{method} {path}: {complaint}")));
        }
    }
    findings
}

fn check_operation(document: &Value, operation: &Value) -> Vec<String> {
    let mut findings = Vec::new();
    let text = |name: &str| operation[name].as_str().unwrap_or_default();
    if text("summary").is_empty() {
        findings.push("no summary".to_owned());
    }
    findings.extend(check_permission(text("description"), operation));
    findings.extend(check_body(document, operation));
    findings.extend(check_refusals(operation));
    findings
}

/// The description ends with the permission, and `x-permission` says the same to programs.
fn check_permission(description: &str, operation: &Value) -> Option<String> {
    let Some((before, permission)) = description.split_once("Permission: ") else {
        return Some("the description doesn't end with the permission".to_owned());
    };
    if before.trim().is_empty() {
        return Some("the description says nothing but the permission".to_owned());
    }
    let named = permission.strip_prefix('`').and_then(|rest| rest.split_once('`')).map(|(name, _)| name);
    let declared = operation["x-permission"].as_str();
    match (named, declared) {
        (Some(name), _) if Permission::parse(name).is_none() => {
            Some(format!("there is no permission {name}"))
        }
        (None, _) if !permission.starts_with("none") => {
            Some(format!("`{permission}` is neither a permission nor none"))
        }
        _ if named != declared => Some(format!("the description says {named:?}, x-permission {declared:?}")),
        _ => None,
    }
}

/// Every field of a body shows an example, unless its schema lists the values.
fn check_body(document: &Value, operation: &Value) -> Vec<String> {
    let body = &operation["requestBody"]["content"]["application/json"];
    if body.is_null() || body.get("example").or(body.get("examples")).is_some() {
        return Vec::new();
    }
    let schema = resolve(document, &body["schema"]);
    let fields = schema["properties"].as_object().into_iter().flatten();
    fields
        .filter(|(_, field)| !has_example(document, field))
        .map(|(name, _)| format!("no example of `{name}` in the request"))
        .collect()
}

fn has_example(document: &Value, field: &Value) -> bool {
    let is_shown =
        |schema: &Value| schema.get("example").or(schema.get("examples")).or(schema.get("enum")).is_some();
    is_shown(field) || is_shown(resolve(document, field))
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) {
        Some(pointer) => document.pointer(pointer).unwrap_or(schema),
        None => schema,
    }
}

/// What can fail says how: each refusal names its codes, and they belong to its status.
fn check_refusals(operation: &Value) -> Vec<String> {
    let refusals: Vec<_> = operation["responses"]
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(status, response)| {
            Some((status.parse().ok().filter(|status| *status >= 400)?, response))
        })
        .collect();
    let asks_nothing = operation["security"] == Value::Array(Vec::new())
        && operation.get("parameters").is_none()
        && operation.get("requestBody").is_none();
    if refusals.is_empty() && !asks_nothing {
        return vec!["no refusal is described".to_owned()];
    }
    refusals.into_iter().filter_map(|(status, response)| check_refusal(status, response)).collect()
}

fn check_refusal(status: u16, response: &Value) -> Option<String> {
    let description = response["description"].as_str().unwrap_or_default();
    if response["content"].get("application/problem+json").is_none() {
        return description.is_empty().then(|| format!("{status} is not described"));
    }
    let codes: Vec<_> = codes(description).collect();
    if codes.is_empty() {
        return Some(format!("{status} names no problem code"));
    }
    let stranger = codes.into_iter().find(|code| code.status() != status)?;
    Some(format!("{status} names `{}`, which is a {}", stranger.as_str(), stranger.status()))
}

/// What is referred to and not there, and operations that share an id.
pub fn check_names(document: &Value) -> Vec<String> {
    let mut references = Vec::new();
    collect(document, "$ref", &mut references);
    let dangling = references.into_iter().filter(|reference| document.pointer(&reference[1..]).is_none());
    let mut findings: Vec<_> = dangling.map(|reference| format!("{reference} is not there")).collect();

    let mut ids = Vec::new();
    collect(&document["paths"], "operationId", &mut ids);
    ids.sort_unstable();
    let repeated = ids.windows(2).filter(|pair| pair[0] == pair[1]);
    findings.extend(repeated.map(|pair| format!("two operations are called {}", pair[0])));
    findings
}

/// The texts of that member, wherever it is.
fn collect<'a>(value: &'a Value, member: &str, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get(member).and_then(Value::as_str));
            members.values().for_each(|value| collect(value, member, found));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, member, found)),
        _ => {}
    }
}

/// The problem codes that a text names.
fn codes(text: &str) -> impl Iterator<Item = ProblemCode> {
    ProblemCode::ALL.iter().copied().filter(move |code| text.contains(&format!("`{}`", code.as_str())))
}

/// The codes that neither an introduction nor a response names.
pub fn undocumented_codes(documents: &[Value]) -> Vec<&'static str> {
    let responses = documents
        .iter()
        .flat_map(|document| document["paths"].as_object().into_iter().flatten())
        .flat_map(|(_, item)| item.as_object().into_iter().flatten())
        .flat_map(|(_, operation)| operation["responses"].as_object().into_iter().flatten())
        .map(|(_, response)| &response["description"]);
    let introductions = documents.iter().map(|document| &document["info"]["description"]);
    let texts: Vec<_> = responses.chain(introductions).filter_map(Value::as_str).collect();
    let is_named = |code: &ProblemCode| texts.iter().any(|text| codes(text).any(|named| named == *code));
    ProblemCode::ALL.iter().filter(|code| !is_named(code)).map(|code| code.as_str()).collect()
}
