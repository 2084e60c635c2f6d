//! What long lists have in common.

#[derive(Debug)]
pub struct List {
    pub clear: &'static str,
    pub first_page: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub pages: &'static str,
}

pub static EN: List = List {
    clear: "Clear filters",
    first_page: "First page",
    previous: "Previous",
    next: "Next",
    pages: "Pages",
};

pub static FR: List = List {
    clear: "Effacer les filtres",
    first_page: "Première page",
    previous: "Précédent",
    next: "Suivant",
    pages: "Pages",
};
