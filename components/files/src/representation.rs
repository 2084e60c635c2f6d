//! One file in one content coding, with everything about its answer that is known beforehand.

use std::{
    fs::{self, File, Metadata},
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    time::SystemTime,
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use headers::{ETag, HeaderMapExt};
use http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

use crate::{
    body::{Body, CHUNK},
    encoding::Encoding,
    path::FilePath,
    policy,
};

/// Files up to this size are kept in memory, larger ones are read from the disk each time.
const MAX_IN_MEMORY: u64 = 2 * 1024 * 1024;

/// A file as it is sent.
#[derive(Debug)]
pub(crate) struct Representation {
    /// The headers of a 200.
    pub(crate) headers: HeaderMap,
    /// Strong: of the content, so that each coding has another.
    pub(crate) etag: ETag,
    /// In bytes.
    pub(crate) length: u64,
    content: Content,
    file: PathBuf,
    version: Version,
}

#[derive(Debug)]
enum Content {
    Memory(Bytes),
    Disk,
}

/// What changes when a file is replaced.
#[derive(Debug, PartialEq, Eq)]
struct Version {
    modified: Option<SystemTime>,
    length: u64,
}

impl From<&Metadata> for Version {
    fn from(metadata: &Metadata) -> Self {
        Self { modified: metadata.modified().ok(), length: metadata.len() }
    }
}

impl Representation {
    /// Reads the file of `path` in that coding, in full, to know its `ETag`; `None` where there is none.
    pub(crate) fn load(root: &Path, path: &FilePath, encoding: Encoding) -> io::Result<Option<Self>> {
        let file = root.join(format!("{}{}", path.as_str(), encoding.suffix()));
        let Some(metadata) = metadata(&file)? else { return Ok(None) };
        let (content, digest) = read(File::open(&file)?, metadata.len())?;
        let etag = etag(&digest);
        let version = Version::from(&metadata);
        let mut headers = policy::headers(path);
        headers.insert(header::CONTENT_TYPE, content_type(path));
        headers.insert(header::CONTENT_LENGTH, version.length.into());
        headers.typed_insert(etag.clone());
        match encoding.token() {
            Some(token) => headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(token)),
            None => headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        };
        Ok(Some(Self { headers, etag, length: version.length, content, file, version }))
    }

    /// Whether the file is still the one that was read.
    pub(crate) fn is_current(&self) -> io::Result<bool> {
        Ok(metadata(&self.file)?.is_some_and(|metadata| Version::from(&metadata) == self.version))
    }

    /// Bytes that it takes of the cache.
    pub(crate) fn weight(&self) -> usize {
        match &self.content {
            Content::Memory(bytes) => bytes.len(),
            Content::Disk => 0,
        }
    }

    /// The bytes from `first` on, `length` of them; they are there, or it is an error.
    pub(crate) fn body(&self, first: u64, length: u64) -> io::Result<Body> {
        match &self.content {
            Content::Memory(bytes) => {
                let out_of_range = || io::Error::from(io::ErrorKind::UnexpectedEof);
                let start = usize::try_from(first).map_err(|_| out_of_range())?;
                let end = usize::try_from(first + length).map_err(|_| out_of_range())?;
                if end > bytes.len() {
                    return Err(out_of_range());
                }
                Ok(bytes.slice(start..end).into())
            }
            Content::Disk => {
                let mut file = File::open(&self.file)?;
                file.seek(SeekFrom::Start(first))?;
                Ok(Body::file(file, length))
            }
        }
    }
}

/// Of a regular file; `None` where there is none.
pub(crate) fn metadata(file: &Path) -> io::Result<Option<Metadata>> {
    match fs::metadata(file) {
        Ok(metadata) => Ok(metadata.is_file().then_some(metadata)),
        // A file where a folder would have to be, or a name that the file system cannot have.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn read(mut file: File, length: u64) -> io::Result<(Content, [u8; 32])> {
    if length <= MAX_IN_MEMORY {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        if bytes.len() as u64 != length {
            return Err(io::Error::other("it is being written"));
        }
        let digest = Sha256::digest(&bytes).into();
        return Ok((Content::Memory(bytes.into()), digest));
    }
    let mut hasher = Sha256::new();
    io::copy(&mut BufReader::with_capacity(CHUNK, file), &mut hasher)?;
    Ok((Content::Disk, hasher.finalize().into()))
}

/// 128 bits of the digest: enough that no two files of an application ever share one.
#[expect(clippy::expect_used, reason = "base64url between quotes is an entity tag")]
fn etag(digest: &[u8; 32]) -> ETag {
    format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(&digest[..16])).parse().expect("the tag is well-formed")
}

/// By the name, with the charset for text: everything that the build writes is UTF-8.
fn content_type(path: &FilePath) -> HeaderValue {
    let mime = mime_guess::from_path(path.as_str()).first_or_octet_stream();
    let is_text = mime.type_() == mime_guess::mime::TEXT || mime.suffix() == Some(mime_guess::mime::XML);
    let text = if is_text { format!("{mime}; charset=utf-8") } else { mime.to_string() };
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}
