//! Which roles an account has.

use contract::{FieldError, Page, Permission, Role};
use leptos::prelude::*;

use crate::components::{CheckboxGroup, CheckboxRow};
use crate::i18n::use_language;
use crate::state::{Member, Query};

/// A box for every role; those that allow more than the person has cannot be ticked, since nobody gives
/// what they don't have. Nothing for those who may not give roles at all.
#[component]
pub fn RolesField(
    /// The names of the roles ticked.
    chosen: RwSignal<Vec<String>>,
    /// What is wrong with them.
    error: Signal<Option<FieldError>>,
) -> impl IntoView {
    let member: Member = expect_context();
    let may = move || member.may(Permission::RolesGrant) && member.may(Permission::RolesRead);
    let roles = Query::<Page<Role>>::new(member, move || may().then(|| "/api/core/v1/roles".to_owned()));
    let list = move || roles.items();
    view! {
        <Show when=move || may() && !list().is_empty()>
            <CheckboxGroup name="roles" label=|t| t.field().roles hint=|t| t.user().roles_hint error>
                <For each=list key=|role| role.name.clone() let:role>
                    <RoleBox role chosen/>
                </For>
            </CheckboxGroup>
        </Show>
    }
}

#[component]
fn RoleBox(role: Role, chosen: RwSignal<Vec<String>>) -> impl IntoView {
    let member: Member = expect_context();
    let name = role.name.to_string();
    let permissions = StoredValue::new(role.permissions.clone());
    let language = use_language();
    let description = move || language.text().role_description(&role);
    let may_not_give = move || member.permissions().require_all(permissions.get_value()).is_err();
    view! {
        <CheckboxRow name="roles" value=name.clone() chosen disabled=Signal::derive(may_not_give)>
            <span class="block font-medium">{name}</span>
            <span class="block text-xs text-muted">{description}</span>
        </CheckboxRow>
    }
}
