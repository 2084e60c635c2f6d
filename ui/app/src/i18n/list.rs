//! What long lists have in common.

#[derive(Debug)]
pub struct List {
    pub first_page: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub pages: &'static str,
}

pub static EN: List = List { first_page: "First page", previous: "Previous", next: "Next", pages: "Pages" };

pub static FR: List =
    List { first_page: "Première page", previous: "Précédent", next: "Suivant", pages: "Pages" };
