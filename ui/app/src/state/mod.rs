//! What outlives a page: who is signed in, what has been fetched, what is to be told.

mod authentication;
mod cache;
mod connectivity;
mod identities;
mod member;
mod ongoing;
mod screen;
mod step_up;
mod toasts;

pub use authentication::{Authentication, Departure, Phase};
pub use cache::{Cache, ListState, Query};
pub use connectivity::{Connectivity, provide_connectivity};
pub use identities::Identities;
pub use member::{Member, SECOND_FACTORS};
pub use ongoing::Ongoing;
pub use screen::is_wide_screen;
pub use step_up::StepUp;
pub use toasts::{Toast, ToastAction, ToastKind, Toasts};
