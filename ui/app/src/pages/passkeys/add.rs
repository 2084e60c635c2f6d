//! Another passkey.

use contract::{RegisterPasskey, RegisteredPasskey};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use crate::api::ApiError;
use crate::browser::Device;
use crate::components::icon::{self, Glyph};
use crate::components::{Alert, Dialog, DialogButtons, FormState, PasskeysMissing, TextField};
use crate::i18n::{tr, use_language, words};
use crate::passkey;
use crate::state::{Member, Ongoing};

/// The button that leads there, or why there is none.
#[component]
pub fn AddPasskey(
    /// It is there.
    #[prop(into)]
    on_added: Callback<RegisteredPasskey>,
    /// Size.
    #[prop(default = "btn-sm")]
    class: &'static str,
) -> impl IntoView {
    if !passkey::is_there() {
        return view! { <PasskeysMissing/> }.into_any();
    }
    let open = RwSignal::new(false);
    view! {
        <button type="button" class=format!("btn {class}") on:click=move |_| open.set(true)>
            <Glyph icon=icon::PLUS/>
            {tr(|t| t.passkeys().add)}
        </button>
        <Dialog open title=words(|t| t.passkeys().add_title)>
            <AddForm open on_added/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn AddForm(open: RwSignal<bool>, on_added: Callback<RegisteredPasskey>) -> impl IntoView {
    let member: Member = expect_context();
    let language = use_language();
    let name = RwSignal::new((language.text_untracked().passkeys().device)(Device::here()).to_owned());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    // Left, the browser stops asking.
    let making = Ongoing::until_left();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let name = name.get_untracked();
        let check = RegisterPasskey { name: name.clone(), ..RegisterPasskey::default() }.parse();
        form.submit(element.into(), check, async move || {
            let made = making.begin(async move {
                let ceremony = member.ask(async |session| session.begin_passkey().await).await?;
                Ok::<_, ApiError>(passkey::create(ceremony, name).await?)
            });
            let Ok(passkey) = made.await else { return Ok(()) };
            let passkey = passkey?;
            let added = member.ask(async |session| session.register_passkey(&passkey).await).await?;
            open.try_set(false);
            // The page may be gone by now.
            on_added.try_run(added);
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <p class="text-muted">{tr(|t| t.passkeys().add_text)}</p>
            <Alert error=form.failure/>
            <TextField
                name="name"
                label=|t| t.passkeys().name
                hint=|t| t.passkeys().name_hint
                value=name
                error=form.field("name")
            />
            <DialogButtons open submit=words(|t| t.passkeys().add_submit) busy=form.busy/>
        </form>
    }
}
