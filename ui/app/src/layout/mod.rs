//! The frames around the pages.

mod account_menu;
mod banner;
mod logo;
mod member_frame;
mod prove_with_provider;
mod step_up;
mod visitor_frame;

pub use account_menu::{SignOutButton, remember_language};
pub use logo::Logo;
pub use member_frame::MemberFrame;
pub use step_up::StepUpDialog;
pub use visitor_frame::{VisitorCard, VisitorFrame};
