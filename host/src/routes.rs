//! Which component answers a path.
//!
//! Routes are `/exact`, `/with/:segment` and `/prefix/...`; matching and precedence are those of
//! `routefinder`, the crate that Spin itself matches with: an exact segment before a named one, the longest
//! prefix before a shorter one.

use std::borrow::Cow;

use indexmap::IndexMap;

use crate::manifest::{Manifest, Route};

/// The routes of an application.
#[derive(Debug)]
pub struct Router {
    routes: routefinder::Router<Target>,
}

#[derive(Debug)]
struct Target {
    component: String,
    /// The route as the manifest writes it.
    raw: String,
    /// The route in the form that it is matched in.
    pattern: String,
}

/// A route that two triggers claim.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the route {route:?} of component {replaced:?} is also that of {effective:?}, which answers")]
pub struct DuplicateRoute {
    /// The route.
    pub route: String,
    /// The component that will not answer.
    pub replaced: String,
    /// The component that will: the later one in the manifest.
    pub effective: String,
}

/// A route that cannot be parsed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("in [[trigger.http]]: the route {route:?} of component {component:?} is not a path: {reason}")]
pub struct RouteError {
    route: String,
    component: String,
    reason: String,
}

/// What answers a path, and how the path was taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteMatch<'a> {
    /// The component that answers.
    pub component: Cow<'a, str>,
    /// The route as the manifest writes it (`spin-raw-component-route`).
    pub raw_route: Cow<'a, str>,
    /// The route in the form that it is matched in (`spin-matched-route`).
    pub matched_route: Cow<'a, str>,
    /// What `...` stood for, with its leading slash (`spin-path-info`); empty on a route without `...`.
    pub path_info: String,
    /// What each `:name` stood for (`spin-path-match-<name>`).
    pub segments: Vec<(String, String)>,
}

impl Router {
    /// The router of `manifest`'s triggers, and the routes that a later trigger takes from an earlier one.
    /// Private triggers have no route.
    pub fn build(manifest: &Manifest) -> Result<(Self, Vec<DuplicateRoute>), RouteError> {
        let mut targets: IndexMap<&str, Target> = IndexMap::new();
        let mut duplicates = Vec::new();
        for trigger in &manifest.triggers {
            let Route::Pattern(raw) = &trigger.route else { continue };
            let target =
                Target { component: trigger.component.clone(), raw: raw.clone(), pattern: pattern(raw) };
            if let Some(replaced) = targets.insert(raw, target) {
                duplicates.push(DuplicateRoute {
                    route: if replaced.pattern.is_empty() { "/".to_owned() } else { replaced.pattern },
                    replaced: replaced.component,
                    effective: trigger.component.clone(),
                });
            }
        }
        let mut routes = routefinder::Router::new();
        for target in targets.into_values() {
            let pattern = match target.pattern.strip_suffix("/...") {
                Some(prefix) => format!("{prefix}/*"),
                None => target.pattern.clone(),
            };
            let (route, component) = (target.raw.clone(), target.component.clone());
            routes.add(pattern.as_str(), target).map_err(|reason| RouteError { route, component, reason })?;
        }
        Ok((Self { routes }, duplicates))
    }

    /// What answers `path`, which is a request's path without its query.
    pub fn find<'a>(&'a self, path: &'a str) -> Option<RouteMatch<'a>> {
        let found = self.routes.best_match(path)?;
        let captures = found.captures();
        let path_info = captures.wildcard().map_or_else(String::new, |rest| path_info(rest, path));
        let target = found.handler();
        Some(RouteMatch {
            component: Cow::Borrowed(&target.component),
            raw_route: Cow::Borrowed(&target.raw),
            matched_route: Cow::Borrowed(&target.pattern),
            path_info,
            segments: captures.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        })
    }

    /// Every route with its component, in the order of the manifest.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.routes.iter().map(|(_, target)| (target.pattern.as_str(), target.component.as_str()))
    }
}

impl RouteMatch<'static> {
    /// What a request by service chaining matches: `/...` of the component itself, whatever its triggers are.
    pub fn chained(component: &str, path: &str) -> Self {
        Self {
            component: Cow::Owned(component.to_owned()),
            raw_route: Cow::Borrowed("/..."),
            matched_route: Cow::Borrowed("/..."),
            path_info: path.to_owned(),
            segments: Vec::new(),
        }
    }
}

impl RouteMatch<'_> {
    /// The raw route without `/...` (`spin-component-route`).
    pub fn raw_route_prefix(&self) -> &str {
        self.raw_route.strip_suffix("/...").unwrap_or(&self.raw_route)
    }
}

/// What `...` stood for as components expect it: with a leading slash, and a trailing one where `path` has
/// it, both of which `routefinder` leaves out of `rest`.
fn path_info(rest: &str, path: &str) -> String {
    match (rest.is_empty(), path.ends_with('/')) {
        (true, false) => String::new(),
        (true, true) => "/".to_owned(),
        (false, false) => format!("/{rest}"),
        (false, true) => format!("/{rest}/"),
    }
}

/// `route` with a leading slash and without a trailing one.
fn pattern(route: &str) -> String {
    let slash = if route.starts_with('/') { "" } else { "/" };
    let route = route.strip_suffix('/').unwrap_or(route);
    format!("{slash}{route}")
}

#[cfg(test)]
mod tests;
