//! Light, dark, or as the system has it.

use leptos::prelude::*;

use crate::browser;

const STORED: &str = "matrice.theme";

/// What the person chose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// As the system has it, and changing with it.
    #[default]
    System,
}

impl Theme {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// The choice's name, in local storage and as the attribute `data-theme`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == name)
    }
}

/// The theme in use; `boot/theme.js` has set it before the first paint, this keeps it.
#[derive(Debug, Clone, Copy)]
pub struct ThemeChoice(RwSignal<Theme>);

impl ThemeChoice {
    /// The theme kept in this browser.
    pub fn provide() -> Self {
        let stored = browser::stored(STORED).and_then(|name| Theme::parse(&name));
        let choice = Self(RwSignal::new(stored.unwrap_or_default()));
        provide_context(choice);
        choice
    }

    /// The theme, tracked.
    pub fn get(self) -> Theme {
        self.0.get()
    }

    /// Changes the theme, and keeps it in this browser.
    pub fn set(self, theme: Theme) {
        match theme {
            Theme::System => {
                browser::forget(STORED);
                browser::set_root_attribute("data-theme", None);
            }
            Theme::Light | Theme::Dark => {
                browser::store(STORED, theme.as_str());
                browser::set_root_attribute("data-theme", Some(theme.as_str()));
            }
        }
        self.0.set(theme);
    }
}
