//! What of a mail's text is a link.

/// What may stand behind an address and isn't part of it.
const PUNCTUATION: [char; 8] = ['.', ',', ';', ':', '!', '?', ')', '>'];

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Just words.
    Words(&'a str),
    /// An address of this site.
    Link(&'a str),
}

/// Takes a text apart at its links to `origin`. Other addresses stay words: a mail has parts that a
/// stranger wrote, such as their name, and nobody is to be led away by them.
pub fn pieces<'a>(text: &'a str, origin: &str) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut position = 0;
    let mut words_from = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let address = word.trim_end().trim_end_matches(PUNCTUATION);
        if leads_to(address, origin) {
            if words_from < position {
                pieces.push(Piece::Words(&text[words_from..position]));
            }
            pieces.push(Piece::Link(address));
            words_from = position + address.len();
        }
        position += word.len();
    }
    if words_from < text.len() {
        pieces.push(Piece::Words(&text[words_from..]));
    }
    pieces
}

/// By its scheme, host and port, with nothing behind them that would make it another host.
fn leads_to(address: &str, origin: &str) -> bool {
    let is_web = origin.starts_with("http://") || origin.starts_with("https://");
    let path = address.strip_prefix(origin).filter(|_| is_web);
    path.is_some_and(|path| path.is_empty() || path.starts_with(['/', '?', '#']))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "https://matrice.example";

    fn links(text: &str) -> Vec<&str> {
        let links = pieces(text, HERE).into_iter().filter_map(|piece| match piece {
            Piece::Link(address) => Some(address),
            Piece::Words(_) => None,
        });
        links.collect()
    }

    #[test]
    fn nothing_of_the_text_is_lost() {
        let text = "Hello Ada,\n\nChoose:\nhttps://matrice.example/reset-password#token=mtl_a-1\n\nBye.\n";
        let whole: String = pieces(text, HERE)
            .into_iter()
            .map(|piece| match piece {
                Piece::Words(words) => words,
                Piece::Link(address) => address,
            })
            .collect();
        assert_eq!(whole, text);
        assert_eq!(links(text), ["https://matrice.example/reset-password#token=mtl_a-1"]);
        assert_eq!(pieces("Hello", HERE), [Piece::Words("Hello")]);
        assert!(pieces("", HERE).is_empty());
    }

    #[test]
    fn the_sentence_around_a_link_is_no_part_of_it() {
        assert_eq!(
            links("Choose another: https://matrice.example/forgot-password."),
            ["https://matrice.example/forgot-password"]
        );
        assert_eq!(
            links("https://matrice.example, or https://matrice.example?a=b!"),
            ["https://matrice.example", "https://matrice.example?a=b"]
        );
    }

    #[test]
    fn nobody_is_led_elsewhere() {
        for text in [
            "https://evil.example/",
            "http://matrice.example/",
            "https://matrice.example.evil.example/",
            "https://matrice.example@evil.example/",
            "https://matrice.example:8443/",
            r"https://matrice.example\@evil.example/",
            "javascript:alert(1)//https://matrice.example/",
            "https://evil.example/?to=https://matrice.example/",
        ] {
            assert_eq!(pieces(text, HERE), [Piece::Words(text)]);
        }
        assert_eq!(pieces("null/a", "null"), [Piece::Words("null/a")]);
    }
}
