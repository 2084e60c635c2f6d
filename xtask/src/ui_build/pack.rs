//! Step 4: the small chunks in one file, as `ui/boot/chunks.js` reads it.
//!
//! What several pages share the splitter cuts into a chunk for every set of pages: with twenty pages some hundreds of
//! chunks, most below a kilobyte, of which each page needs most.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::split::Modules;

/// The pack's name, as `ui/boot/chunks.js` has it.
pub const PACK: &str = "chunks.bin";

/// Shared chunks from this size on, in bytes, are files of their own: only pages that need them fetch them.
const LARGE: usize = 16 * 1024;

/// Takes the small shared chunks out of `modules`: `{"chunk_17":[0,3680],…}`, a line feed, and the chunks.
pub fn pack(modules: &mut Modules) -> Result<Vec<u8>> {
    let mut places = BTreeMap::new();
    let mut packed = Vec::new();
    let mut others = Vec::new();
    for file in modules.chunks.drain(..) {
        let chunk = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        match shared(&file) {
            Some(name) if chunk.len() < LARGE => {
                let start = packed.len();
                packed.extend(chunk);
                places.insert(name.to_owned(), [start, packed.len()]);
            }
            _ => others.push(file),
        }
    }
    modules.chunks = others;
    let mut pack = serde_json::to_vec(&places)?;
    pack.push(b'\n');
    pack.extend(packed);
    Ok(pack)
}

/// The name of a chunk that several pages share; those of one page are named for it.
fn shared(file: &Path) -> Option<&str> {
    file.file_stem().and_then(OsStr::to_str).filter(|name| name.starts_with("chunk_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_shared_chunks_come_together() {
        let folder = tempfile::tempdir().unwrap();
        let chunks =
            [("chunk_1.wasm", 3), ("split_users.wasm", 5), ("chunk_22.wasm", LARGE), ("chunk_3.wasm", 2)];
        let chunks = chunks.map(|(name, length)| {
            let file = folder.path().join(name);
            fs::write(&file, vec![b'a'; length]).unwrap();
            file
        });
        let main = folder.path().join("app_bg.wasm");
        let mut modules = Modules { folder: folder.path().to_owned(), main, chunks: chunks.to_vec() };
        let pack = pack(&mut modules).unwrap();
        assert_eq!(String::from_utf8(pack).unwrap(), "{\"chunk_1\":[0,3],\"chunk_3\":[3,5]}\naaaaa");
        assert_eq!(modules.chunks, chunks[1..3]);
    }
}
