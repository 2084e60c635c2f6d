//! What is sent: bytes from memory, or a file in chunks.

use std::{
    fs::File,
    io::{self, Read},
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

/// Bytes read from a file at once.
pub(crate) const CHUNK: usize = 64 * 1024;

/// The body of an answer.
#[derive(Debug)]
pub struct Body(Content);

#[derive(Debug)]
enum Content {
    Memory(Bytes),
    /// The file stands at the first byte to send.
    File {
        file: File,
        remaining: u64,
    },
}

impl Body {
    pub(crate) const fn empty() -> Self {
        Self(Content::Memory(Bytes::new()))
    }

    /// The next `length` bytes of `file`; an error in between ends the answer early, as it must.
    pub(crate) const fn file(file: File, length: u64) -> Self {
        Self(Content::File { file, remaining: length })
    }

    fn next_chunk(&mut self) -> io::Result<Option<Bytes>> {
        match &mut self.0 {
            Content::Memory(bytes) if bytes.is_empty() => Ok(None),
            Content::Memory(bytes) => Ok(Some(std::mem::take(bytes))),
            Content::File { remaining: 0, .. } => Ok(None),
            Content::File { file, remaining } => {
                let wanted = (CHUNK as u64).min(*remaining);
                let mut chunk = Vec::with_capacity(usize::try_from(wanted).unwrap_or_default());
                let read = file.take(wanted).read_to_end(&mut chunk)? as u64;
                if read < wanted {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                *remaining -= read;
                Ok(Some(chunk.into()))
            }
        }
    }

    const fn remaining(&self) -> u64 {
        match &self.0 {
            Content::Memory(bytes) => bytes.len() as u64,
            Content::File { remaining, .. } => *remaining,
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Content::Memory(bytes))
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        Poll::Ready(self.next_chunk().map(|chunk| chunk.map(Frame::data)).transpose())
    }

    fn is_end_stream(&self) -> bool {
        self.remaining() == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.remaining())
    }
}
