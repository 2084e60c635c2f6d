//! The shape of `spin.toml` on disk. An unknown field is an error. A field that Spin has and the host has not
//! is listed all the same, so that its refusal can say so; one that only building or deploying needs is
//! passed over.

use std::fmt;

use indexmap::IndexMap;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor, value::MapAccessDeserializer},
};
use toml::{Spanned, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub spin_manifest_version: Spanned<Value>,
    pub application: Application,
    #[serde(default)]
    pub variables: IndexMap<String, Spanned<Variable>>,
    pub trigger: Triggers,
    #[serde(default)]
    pub component: IndexMap<String, Spanned<Component>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "described for people and build tools, nothing to run")]
pub(super) struct Application {
    pub name: String,
    #[serde(default)]
    pub version: String,
    #[serde(default)]
    pub trigger: ApplicationTriggers,
    description: Option<String>,
    authors: Option<Vec<String>>,
    targets: Option<IgnoredAny>,
    tool: Option<IgnoredAny>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct ApplicationTriggers {
    #[serde(default)]
    pub http: HttpSettings,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct HttpSettings {
    pub base: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "described for people, nothing to run")]
pub(super) struct Variable {
    description: Option<String>,
    #[serde(default)]
    pub required: bool,
    pub default: Option<String>,
    #[serde(default)]
    pub secret: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Triggers {
    #[serde(default)]
    pub http: Vec<Spanned<HttpTrigger>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HttpTrigger {
    pub id: Option<String>,
    pub component: Option<ComponentReference>,
    pub route: Spanned<Value>,
    pub executor: Option<Spanned<Value>>,
    pub static_response: Option<Spanned<Value>>,
    pub components: Option<Spanned<Value>>,
    pub dependencies: Option<Spanned<Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "what building needs, nothing to run")]
pub(super) struct Component {
    pub source: Spanned<Value>,
    #[serde(default)]
    pub variables: IndexMap<String, Spanned<String>>,
    #[serde(default)]
    pub environment: IndexMap<String, String>,
    #[serde(default)]
    pub files: Vec<Spanned<Value>>,
    #[serde(default)]
    pub exclude_files: Vec<String>,
    #[serde(default)]
    pub allowed_outbound_hosts: Vec<String>,
    #[serde(default)]
    pub key_value_stores: Vec<Spanned<String>>,
    pub allowed_http_hosts: Option<Spanned<Value>>,
    pub sqlite_databases: Option<Spanned<Value>>,
    pub ai_models: Option<Spanned<Value>>,
    pub dependencies: Option<Spanned<Value>>,
    pub dependencies_inherit_configuration: Option<Spanned<Value>>,
    description: Option<String>,
    targets: Option<IgnoredAny>,
    build: Option<Build>,
    tool: Option<IgnoredAny>,
    /// Spin takes a profile only when told to by `--profile`, which the host has not.
    profile: Option<IgnoredAny>,
}

/// `[component.<id>.build]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "nothing to run: what is not Spin's is refused as Spin does")]
pub(super) struct Build {
    command: IgnoredAny,
    workdir: Option<String>,
    #[serde(default)]
    watch: Vec<String>,
}

/// The `component` of a trigger: an id, or the component itself.
pub(super) enum ComponentReference {
    Id(String),
    Inline(Box<Component>),
}

impl<'de> Deserialize<'de> for ComponentReference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = ComponentReference;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a component id or a component table")
            }

            fn visit_str<E: serde::de::Error>(self, id: &str) -> Result<Self::Value, E> {
                Ok(ComponentReference::Id(id.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let component = Component::deserialize(MapAccessDeserializer::new(map))?;
                Ok(ComponentReference::Inline(Box::new(component)))
            }
        }

        deserializer.deserialize_any(Either)
    }
}
