//! Refusal of imports that the host does not implement, before anything runs.

use anyhow::{Result, bail};
use wasmtime::{Engine, component::Component};

/// Packages that the linker holds. WASI's releases are compatible within a minor version, so `@0.2.x` all fit.
const SUPPORTED: &[&str] = &[
    "wasi:cli/",
    "wasi:clocks/",
    "wasi:filesystem/",
    "wasi:http/",
    "wasi:io/",
    "wasi:random/",
    "wasi:sockets/",
];

/// Spin's own interfaces, by exact name and version.
const SUPPORTED_SPIN: &[&str] = &[
    "spin:key-value/key-value@3.0.0",
    "spin:postgres/postgres@4.2.0",
    "spin:redis/redis@3.0.0",
    "spin:variables/variables@3.0.0",
];

/// Fails with the names of all imports of `component` that the host lacks.
pub(super) fn check(engine: &Engine, component: &Component, id: &str) -> Result<()> {
    let unsupported: Vec<String> = component
        .component_type()
        .imports(engine)
        .map(|(name, _)| name.to_owned())
        .filter(|name| !is_supported(name))
        .collect();
    if unsupported.is_empty() {
        return Ok(());
    }
    bail!(
        "component \"{id}\" imports {}, which this host does not support; run it with `spin up`, \
         or leave out the spin-sdk feature that brings it in",
        unsupported.join(", ")
    )
}

fn is_supported(import: &str) -> bool {
    if SUPPORTED_SPIN.contains(&import) {
        return true;
    }
    let version = import.rsplit_once('@').map_or("", |(_, version)| version);
    let known_version = version.starts_with("0.2.") || version == "0.3.0";
    let draft = version.contains('-');
    known_version && !draft && SUPPORTED.iter().any(|package| import.starts_with(package))
}

#[cfg(test)]
mod tests {
    use super::is_supported;

    #[test]
    fn wasi_of_both_generations_and_spin_interfaces() {
        assert!(is_supported("wasi:http/types@0.2.6"));
        assert!(is_supported("wasi:http/client@0.3.0"));
        assert!(is_supported("spin:postgres/postgres@4.2.0"));
        assert!(!is_supported("spin:mysql/mysql@3.0.0"));
        assert!(!is_supported("fermyon:spin/llm@2.0.0"));
        assert!(!is_supported("wasi:http/types@0.2.0-rc-2023-11-10"));
        assert!(!is_supported("wasi:keyvalue/store@0.2.0-draft2"));
    }
}
