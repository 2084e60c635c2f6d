//! No such page.

#[derive(Debug)]
pub struct NotFound {
    pub title: &'static str,
    pub text: &'static str,
}

pub static EN: NotFound =
    NotFound { title: "Page not found", text: "The address may be mistyped, or the page may have moved." };

pub static FR: NotFound = NotFound {
    title: "Page introuvable",
    text: "L’adresse est peut-être mal écrite, ou la page a changé de place.",
};
