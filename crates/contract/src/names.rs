//! Values that are one of a few names.

/// An enumeration with the same name of each on the wire, in queries and in the database.
macro_rules! names {
    ($(#[$type_doc:meta])* $type:ident { $($(#[$doc:meta])* $name:ident = $text:tt,)* }) => {
        $(#[$type_doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $type {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl $type {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name on the wire and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Parses a name.
            pub fn parse(name: &str) -> Result<Self, $crate::FieldRule> {
                let found = Self::ALL.iter().copied().find(|known| known.as_str() == name);
                found.ok_or($crate::FieldRule::new($crate::FieldCode::UnknownValue))
            }
        }
    };
}

pub(crate) use names;
