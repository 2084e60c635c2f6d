//! Compiled components: one copy per process, keyed by the content of the `.wasm` file, and machine code kept on disk
//! so that a second start does not compile.

use std::{
    collections::HashMap,
    ffi::OsStr,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::SystemTime,
};

use anyhow::{Context, Result, anyhow, bail};
use sha2::{Digest, Sha256};
use wasmtime::{
    Engine,
    component::{Component, InstancePre},
};
use wasmtime_wasi_http::{handler::ProxyPre, p2, p3};

use super::{interfaces, runtime};
use crate::state::InstanceState;

/// A component, compiled and linked, ready to be instantiated by any host of this process.
pub(crate) struct CompiledComponent {
    pub(crate) pre: ProxyPre<InstanceState>,
    /// Whether it exports `wasi:http/handler@0.3`; such instances serve several requests.
    pub(crate) reusable: bool,
}

/// Where a component's code is and what to say about it.
pub(crate) struct Source<'a> {
    /// The component's id in `spin.toml`.
    pub(crate) id: &'a str,
    /// The `.wasm` file.
    pub(crate) path: &'a Path,
    /// Folder of the compilation cache.
    pub(crate) cache: &'a Path,
}

/// Extension of files with machine code.
const EXTENSION: &str = "cwasm";

type Sha256Hash = [u8; 32];
type Slot = Arc<Mutex<Option<Arc<CompiledComponent>>>>;

/// What is known of a file without reading it again.
#[derive(Clone, PartialEq, Eq)]
struct FileState {
    modified: SystemTime,
    length: u64,
}

#[derive(Default)]
struct Loaded {
    files: HashMap<PathBuf, (FileState, Sha256Hash)>,
    components: HashMap<Sha256Hash, Slot>,
}

static LOADED: LazyLock<Mutex<Loaded>> = LazyLock::new(Mutex::default);

/// The component of `source`: from this process, else from the cache on disk, else compiled. Blocks; callers run it
/// off the async threads.
pub(crate) fn load(source: &Source<'_>) -> Result<Arc<CompiledComponent>> {
    let hash = hash_of(source)?;
    let slot =
        LOADED.lock().unwrap_or_else(PoisonError::into_inner).components.entry(hash).or_default().clone();
    // Held while compiling: a second host that wants the same component waits for this one's result.
    let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(component) = slot.as_ref() {
        return Ok(component.clone());
    }
    let component = Arc::new(prepare(source, hash)?);
    *slot = Some(component.clone());
    Ok(component)
}

/// Hash of the file's content, remembered as long as size and time of change stay.
fn hash_of(source: &Source<'_>) -> Result<Sha256Hash> {
    let metadata = fs::metadata(source.path).map_err(|error| {
        anyhow!(
            "component \"{}\" is not built: {} ({error}); run `cargo xtask build` or `spin build`",
            source.id,
            source.path.display()
        )
    })?;
    let state = FileState { modified: metadata.modified()?, length: metadata.len() };
    if let Some((known, hash)) = LOADED.lock().unwrap_or_else(PoisonError::into_inner).files.get(source.path)
        && *known == state
    {
        return Ok(*hash);
    }
    let wasm = fs::read(source.path).with_context(|| format!("cannot read {}", source.path.display()))?;
    let hash: Sha256Hash = Sha256::digest(&wasm).into();
    LOADED.lock().unwrap_or_else(PoisonError::into_inner).files.insert(source.path.to_owned(), (state, hash));
    Ok(hash)
}

fn prepare(source: &Source<'_>, hash: Sha256Hash) -> Result<CompiledComponent> {
    let runtime = runtime()?;
    let component = compile(&runtime.engine, source, hash)?;
    interfaces::check(&runtime.engine, &component, source.id)?;
    let pre = runtime
        .linker
        .instantiate_pre(&component)
        .map_err(anyhow::Error::from)
        .with_context(|| format!("component \"{}\" does not fit this host", source.id))?;
    http_handler(pre).with_context(|| format!("component \"{}\"", source.id))
}

fn http_handler(pre: InstancePre<InstanceState>) -> Result<CompiledComponent> {
    if let Ok(pre) = p3::bindings::ServicePre::new(pre.clone()) {
        return Ok(CompiledComponent { pre: ProxyPre::P3(pre), reusable: true });
    }
    if let Ok(pre) = p2::bindings::ProxyPre::new(pre) {
        return Ok(CompiledComponent { pre: ProxyPre::P2(pre), reusable: false });
    }
    bail!("exports neither wasi:http/handler@0.3 nor wasi:http/incoming-handler@0.2")
}

/// Machine code from the cache, else compiled and stored there. A cache that cannot be written costs time only.
fn compile(engine: &Engine, source: &Source<'_>, hash: Sha256Hash) -> Result<Component> {
    let stem = source.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut compatibility = DefaultHasher::new();
    engine.precompile_compatibility_hash().hash(&mut compatibility);
    let (high, low) = hash.split_at(16);
    let content = [high, low].map(|half| half.iter().fold(0, |number, byte| number << 8 | u128::from(*byte)));
    let [high, low] = content;
    let name = format!("{stem}-{high:032x}{low:032x}-{:016x}.{EXTENSION}", compatibility.finish());
    let cached = source.cache.join(name);
    if let Some(component) = from_cache(engine, &cached) {
        return Ok(component);
    }
    let wasm = fs::read(source.path).with_context(|| format!("cannot read {}", source.path.display()))?;
    let component = Component::new(engine, &wasm)
        .map_err(anyhow::Error::from)
        .with_context(|| format!("{} is not a WebAssembly component", source.path.display()))?;
    if let Err(error) = store(&component, &cached, &stem) {
        tracing::warn!("compilation cache {}: {error:#}", source.cache.display());
    }
    Ok(component)
}

fn from_cache(engine: &Engine, file: &Path) -> Option<Component> {
    if !is_ours(file) || !is_ours(file.parent()?) {
        return None;
    }
    #[expect(
        unsafe_code,
        reason = "The file holds machine code that this program wrote: its name has the hash of the source and of the \
                  engine's settings, it was put there by rename, and nobody but this user can write to it."
    )]
    // SAFETY: see above; Wasmtime checks its own version and settings in the header.
    let component = unsafe { Component::deserialize_file(engine, file) };
    component.ok()
}

/// Whether only this user can have written `path`.
#[cfg(unix)]
fn is_ours(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    const WRITABLE_BY_OTHERS: u32 = 0o022;
    fs::symlink_metadata(path).is_ok_and(|metadata| {
        metadata.uid() == rustix::process::geteuid().as_raw() && metadata.mode() & WRITABLE_BY_OTHERS == 0
    })
}

/// Elsewhere the folder's access list, inherited from the user's own project folder, decides.
#[cfg(not(unix))]
fn is_ours(path: &Path) -> bool {
    path.exists()
}

/// Writes the machine code and removes what was kept for earlier builds of the same file.
fn store(component: &Component, file: &Path, stem: &str) -> Result<()> {
    let folder = file.parent().context("no folder")?;
    create_private(folder)?;
    let code = component.serialize()?;
    let temporary = file.with_extension(format!("{}.tmp", std::process::id()));
    fs::write(&temporary, code)?;
    restrict(&temporary, 0o600)?;
    fs::rename(&temporary, file)?;

    for entry in fs::read_dir(folder)? {
        let other = entry?.path();
        if other != file && is_of(&other, stem) {
            // Another process may have it open where that prevents removal; it goes next time.
            let _ = fs::remove_file(other);
        }
    }
    Ok(())
}

/// Whether a file of the cache was made from a source of this stem: what follows are two hashes.
fn is_of(file: &Path, stem: &str) -> bool {
    let hashes =
        file.file_stem().and_then(OsStr::to_str).and_then(|name| name.strip_prefix(stem)?.strip_prefix('-'));
    let ours = file.extension().is_some_and(|extension| extension == EXTENSION);
    ours && hashes.is_some_and(|hashes| hashes.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit()))
}

fn create_private(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    restrict(folder, 0o700)
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the Unix version can fail")]
fn restrict(_path: &Path, _mode: u32) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_cache_belong_to_one_source() {
        let name = |stem: &str| PathBuf::from(format!("/c/{stem}-{:032x}{:032x}-{:016x}.cwasm", 1, 2, 3));
        assert!(is_of(&name("login"), "login"));
        assert!(!is_of(&name("login-admin"), "login"));
        assert!(!is_of(Path::new("/c/login-1.tmp"), "login"));
    }
}
