//! `<dialog>`: the browser keeps the focus within, closes it by Escape, and gives the focus back.

use leptos::{ev, html, prelude::*};
use web_sys::HtmlDialogElement;

use super::form::SubmitButton;
use super::icon::{self, Glyph};
use super::unsaved::warn_before_leaving;
use crate::i18n::tr;

/// A window over the page. Its content is made anew each time that it opens.
#[component]
pub fn Dialog(
    /// Whether it is there; set to `false` when the person closes it.
    open: RwSignal<bool>,
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// What is in it.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let changed = RwSignal::new(false);
    warn_before_leaving(Memo::new(move |_| open.get() && changed.get()).into());
    Effect::new(move || {
        let Some(dialog) = element.get() else { return };
        changed.set(false);
        if open.get() {
            // It fails where the dialog is open already.
            _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    // A slip of the finger takes nothing away that has been typed.
    let close_from_outside = move |event: ev::MouseEvent| {
        let Some(dialog) = element.get_untracked().filter(|_| !changed.get_untracked()) else { return };
        if is_around(&dialog, &event) {
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=element
            class="m-auto w-[min(30rem,calc(100vw-2rem))] rounded-box border border-base-300 bg-raised p-0 text-base-content shadow-overlay"
            aria-label=title
            on:close=move |_| open.set(false)
            on:input=move |_| changed.set(true)
            on:mousedown=close_from_outside
        >
            <Show when=move || open.get()>
                <div class="p-5 sm:p-6">
                    <div class="mb-4 flex items-start justify-between gap-4">
                        <h2 class="text-base font-semibold text-balance">{title}</h2>
                        <button
                            type="button"
                            class="btn btn-ghost btn-sm btn-square -mt-1 -mr-1 text-muted"
                            aria-label=tr(|t| t.common().close)
                            on:click=move |_| open.set(false)
                        >
                            <Glyph icon=icon::X/>
                        </button>
                    </div>
                    {children()}
                </div>
            </Show>
        </dialog>
    }
}

/// Whether a press is on the ground around a dialog, which counts as the dialog itself, as its scrollbar does.
fn is_around(dialog: &HtmlDialogElement, event: &ev::MouseEvent) -> bool {
    let sides = dialog.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let within = (sides.left()..=sides.right()).contains(&x) && (sides.top()..=sides.bottom()).contains(&y);
    event.target().as_ref() == Some(dialog.as_ref()) && !within
}

/// Opens a dialog as soon as `about` has something to ask about. The answer is whether it is open, and about what: that
/// stays in the words while it closes.
pub fn dialog_about<T: Clone + Send + Sync + 'static>(
    about: RwSignal<Option<T>>,
) -> (RwSignal<bool>, RwSignal<Option<T>>) {
    let open = RwSignal::new(false);
    let subject = RwSignal::new(None);
    Effect::new(move || {
        if let Some(value) = about.get() {
            subject.set(Some(value));
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() {
            about.set(None);
        }
    });
    (open, subject)
}

/// Moves the focus to a place on the page, instead of what had it and is gone.
pub fn focus_place(place: NodeRef<html::Div>) {
    if let Some(place) = place.try_get_untracked().flatten() {
        // Once a dialog that closes has given the focus back. It fails for elements that cannot have the focus; a place
        // can.
        request_animation_frame(move || _ = place.focus());
    }
}

/// The ways out of a form in a dialog: back, and on.
#[component]
pub fn DialogButtons(
    /// Whether the dialog is there.
    open: RwSignal<bool>,
    /// The word of the button that sends the form.
    #[prop(into)]
    submit: Signal<String>,
    /// Whether it takes something away.
    #[prop(optional, into)]
    dangerous: Signal<bool>,
    /// Whether an answer is awaited.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="mt-2 flex justify-end gap-2">
            <button type="button" class="btn btn-sm" on:click=move |_| open.set(false)>
                {tr(|t| t.common().cancel)}
            </button>
            <SubmitButton label=submit busy dangerous class="btn-sm"/>
        </div>
    }
}

/// Asks before something is done, and names what it is done to.
#[component]
pub fn ConfirmDialog(
    /// Whether it is there.
    open: RwSignal<bool>,
    /// The question, with the name.
    #[prop(into)]
    title: Signal<String>,
    /// What will happen.
    #[prop(into)]
    text: Signal<String>,
    /// The button's word.
    #[prop(into)]
    confirm: Signal<String>,
    /// Whether it takes something away.
    #[prop(into)]
    dangerous: Signal<bool>,
    /// Whether it is being done.
    #[prop(into)]
    busy: Signal<bool>,
    /// Doing it.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog open title>
            <form
                class="flex flex-col gap-4"
                on:submit=move |event| {
                    event.prevent_default();
                    on_confirm.run(());
                }
            >
                <p class="text-muted">{text}</p>
                <DialogButtons open submit=confirm dangerous busy/>
            </form>
        </Dialog>
    }
}
