//! An account of one's own: asking for a link, and making the account by it, or by an invitation's.

mod complete;
mod request;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::api::Visitor;
use crate::navigation::link_token;
use complete::ByToken;
use request::RequestPage;

/// What the address asks for: with a token the account, without one the link.
#[component]
pub fn SignUpPage(
    /// Who signs up.
    visitor: Visitor,
) -> impl IntoView {
    let hash = use_location().hash;
    let visitor = StoredValue::new_local(visitor);
    move || match link_token(&hash.get()) {
        Some(token) => view! { <ByToken visitor=visitor.get_value() token/> }.into_any(),
        None => view! { <RequestPage visitor=visitor.get_value()/> }.into_any(),
    }
}
