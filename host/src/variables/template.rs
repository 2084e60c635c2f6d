//! `{{ name }}` templates: component variables and `allowed_outbound_hosts`.

use std::fmt;

/// A parsed template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(String),
    Variable(String),
}

/// A template with `{{` and no `}}` after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the template has `{{{{` without `}}}}`")]
pub struct UnclosedExpression;

impl Template {
    /// Parses `text`. Blanks around a variable's name do not count; the name itself is not checked here.
    pub fn parse(text: &str) -> Result<Self, UnclosedExpression> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((literal, expression)) = rest.split_once("{{") {
            let (name, after) = expression.split_once("}}").ok_or(UnclosedExpression)?;
            if !literal.is_empty() {
                parts.push(Part::Literal(literal.to_owned()));
            }
            parts.push(Part::Variable(name.trim().to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Literal(rest.to_owned()));
        }
        Ok(Self { parts })
    }

    /// The names of the variables that the template uses, in order, repeated where it repeats them.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Variable(name) => Some(name.as_str()),
            Part::Literal(_) => None,
        })
    }

    /// Whether the template uses no variable.
    pub fn is_literal(&self) -> bool {
        self.variables().next().is_none()
    }

    /// The text with every variable replaced by what `value_of` gives for it; the first error ends it.
    pub fn render<E>(&self, mut value_of: impl FnMut(&str) -> Result<String, E>) -> Result<String, E> {
        self.parts.iter().try_fold(String::new(), |mut text, part| {
            match part {
                Part::Literal(literal) => text.push_str(literal),
                Part::Variable(name) => text.push_str(&value_of(name)?),
            }
            Ok(text)
        })
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            Part::Literal(literal) => f.write_str(literal),
            Part::Variable(name) => write!(f, "{{{{ {name} }}}}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Template, UnclosedExpression};

    #[test]
    fn templates_render() {
        for (template, expected) in [
            ("", ""),
            ("plain", "plain"),
            ("{{ a }}", "<a>"),
            ("{{a}}{{  b  }}", "<a><b>"),
            ("https://{{ host }}:{{ port }}/x", "https://<host>:<port>/x"),
            ("a }} b", "a }} b"),
        ] {
            let parsed = Template::parse(template).unwrap();
            let rendered = parsed.render(|name| Ok::<_, ()>(format!("<{name}>")));
            assert_eq!(rendered.as_deref(), Ok(expected), "{template}");
        }
        assert_eq!(Template::parse("{{ a }} {{ b"), Err(UnclosedExpression));
        assert_eq!(Template::parse("x{{a}}y").unwrap().to_string(), "x{{ a }}y");
    }
}
