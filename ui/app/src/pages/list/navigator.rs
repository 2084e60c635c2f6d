//! From one view of a list to another.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

type Navigate = Box<dyn Fn(&str, bool)>;

/// Goes to a list's addresses.
#[derive(Clone, Copy)]
pub struct Navigator(StoredValue<Navigate, LocalStorage>);

impl Navigator {
    /// For a component beneath the router.
    pub fn new() -> Self {
        let navigate = use_navigate();
        Self(StoredValue::new_local(Box::new(move |path, replace| {
            navigate(path, NavigateOptions { replace, scroll: !replace, ..NavigateOptions::default() });
        })))
    }

    /// Goes to another view, as a step that the browser's back button undoes.
    pub fn go(self, path: &str) {
        self.navigate(path, false);
    }

    /// Goes there in place of where we are: for every letter of a search.
    pub fn replace(self, path: &str) {
        self.navigate(path, true);
    }

    /// Nowhere, once the page is left.
    fn navigate(self, path: &str, replace: bool) {
        self.0.try_with_value(|navigate| navigate(path, replace));
    }
}

impl Default for Navigator {
    fn default() -> Self {
        Self::new()
    }
}
