//! A person's initials, in place of a picture.

use leptos::prelude::*;

/// Initials on a tinted ground; for the eye only, the name is always beside it.
#[component]
pub fn Avatar(
    /// The person's name.
    #[prop(into)]
    name: Signal<String>,
    /// Size and text size.
    #[prop(default = "size-8 text-xs")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <span
            class=format!("{class} inline-grid shrink-0 place-content-center rounded-full bg-primary/12 font-semibold text-primary select-none")
            aria-hidden="true"
        >
            {move || initials(&name.get())}
        </span>
    }
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next();
    let last = words.next_back();
    [first, last]
        .into_iter()
        .flatten()
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_all_sorts_of_names() {
        assert_eq!(initials("Ada Lovelace"), "AL");
        assert_eq!(initials("grace brewster murray hopper"), "GH");
        assert_eq!(initials("Élodie"), "É");
        assert_eq!(initials(""), "");
    }
}
