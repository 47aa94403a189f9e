//! The body of a request that carries a file.

use std::io::Read;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// As much as is unsealed at a time: one chunk of a sealed file.
const PIECE: usize = 64 * 1024;
/// Progress is told at most this often.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// A file from an offset to its end, read as the connection takes it. A read is one sealed piece from the disk, a
/// fraction of a millisecond, which is why it happens where it is asked for and not on a thread of its own.
pub(super) struct FileBody<R, F> {
    file: R,
    offset: u64,
    length: u64,
    /// Counts the pieces, for whoever watches that they move.
    moved: Arc<AtomicU64>,
    tell: F,
    told: Option<Instant>,
}

impl<R: Read, F: Fn(u64)> FileBody<R, F> {
    /// The rest of a file of that length, of which `offset` bytes are there already; `file` stands at the offset.
    pub(super) fn new(file: R, offset: u64, length: u64, moved: Arc<AtomicU64>, tell: F) -> Self {
        Self { file, offset, length, moved, tell, told: None }
    }

    fn tell(&mut self) {
        let due = self.told.is_none_or(|told| told.elapsed() >= TELL_EVERY);
        if due || self.offset == self.length {
            self.told = Some(Instant::now());
            (self.tell)(self.offset);
        }
    }

    fn piece(&mut self) -> std::io::Result<Bytes> {
        let left = usize::try_from(self.length - self.offset).unwrap_or(usize::MAX);
        let mut piece = vec![0; left.min(PIECE)];
        self.file.read_exact(&mut piece)?;
        self.offset += u64::try_from(piece.len()).unwrap_or_default();
        Ok(piece.into())
    }
}

impl<R: Read + Unpin, F: Fn(u64) + Unpin> Body for FileBody<R, F> {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if self.offset >= self.length {
            return Poll::Ready(None);
        }
        let piece = self.piece();
        self.moved.fetch_add(1, Ordering::Relaxed);
        self.tell();
        Poll::Ready(Some(piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.offset >= self.length
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length - self.offset)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::pin::Pin;
    use std::sync::Arc;
    use std::task::{Context, Poll, Waker};

    use http_body::Body;

    use super::{FileBody, PIECE};

    #[test]
    fn the_rest_of_a_file_comes_in_pieces_and_its_end_is_told() {
        let bytes: Vec<u8> = (0..PIECE * 2 + 5).map(|index| index as u8).collect();
        let told = RefCell::new(Vec::new());
        let length = bytes.len() as u64;
        let mut body =
            FileBody::new(&bytes[3..], 3, length, Arc::default(), |sent| told.borrow_mut().push(sent));
        assert_eq!(body.size_hint().exact(), Some(length - 3));
        let mut sent = Vec::new();
        while let Poll::Ready(Some(frame)) =
            Pin::new(&mut body).poll_frame(&mut Context::from_waker(Waker::noop()))
        {
            let piece = frame.unwrap().into_data().unwrap();
            assert!(piece.len() <= PIECE);
            sent.extend_from_slice(&piece);
        }
        assert_eq!(sent, bytes[3..]);
        assert!(body.is_end_stream());
        assert_eq!(told.borrow().last(), Some(&length));
    }

    #[test]
    fn a_file_that_ends_early_is_an_error_and_not_an_end() {
        let mut body = FileBody::new(&[1_u8; 3][..], 0, 4, Arc::default(), |_| ());
        let first = Pin::new(&mut body).poll_frame(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(first, Poll::Ready(Some(Err(_)))));
    }
}
