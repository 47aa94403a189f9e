//! System calls, as far as they change something that outlives a process.

use std::ffi::OsString;
use std::fs::File;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;

use nix::libc;
use nix::unistd::Pid;

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Write,
    Sync,
    Rename,
    Unlink,
    Truncate,
    Open,
    Folder,
    Lock,
    Send,
    Map,
}

/// A system call of a thread that is stopped in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call {
    pub(crate) thread: Pid,
    pub(crate) number: i64,
    pub(crate) arguments: [u64; 6],
    /// What it gave, at its end.
    pub(crate) result: i64,
}

impl Call {
    /// What it does; none where it is nothing that matters here.
    pub(crate) fn kind(&self) -> Option<Kind> {
        Some(match self.number {
            libc::SYS_write | libc::SYS_pwrite64 | libc::SYS_writev | libc::SYS_pwritev => Kind::Write,
            libc::SYS_fsync | libc::SYS_fdatasync => Kind::Sync,
            libc::SYS_rename | libc::SYS_renameat | libc::SYS_renameat2 => Kind::Rename,
            libc::SYS_unlink | libc::SYS_unlinkat | libc::SYS_rmdir => Kind::Unlink,
            libc::SYS_ftruncate => Kind::Truncate,
            libc::SYS_openat => Kind::Open,
            libc::SYS_mkdir | libc::SYS_mkdirat => Kind::Folder,
            libc::SYS_flock => Kind::Lock,
            libc::SYS_fcntl if self.argument(1) == libc::F_SETLK as u64 => Kind::Lock,
            libc::SYS_sendto | libc::SYS_sendmsg => Kind::Send,
            libc::SYS_mmap if self.argument(4) as i32 >= 0 => Kind::Map,
            _ => return None,
        })
    }

    /// Whether it may change what is there.
    pub(crate) fn changes(&self) -> bool {
        match self.kind() {
            Some(Kind::Open) => self.flags() & (libc::O_CREAT | libc::O_TRUNC) != 0,
            Some(Kind::Map) | None => false,
            Some(_) => true,
        }
    }

    pub(crate) fn argument(&self, index: usize) -> u64 {
        self.arguments[index]
    }

    /// The flags that a file is opened with.
    pub(crate) fn flags(&self) -> i32 {
        self.argument(2) as i32
    }

    /// The path of the file that the first argument stands for.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        self.path_of(self.argument(0))
    }

    /// The path of the file that a number stands for.
    pub(crate) fn path_of(&self, descriptor: u64) -> Option<PathBuf> {
        std::fs::read_link(format!("/proc/{}/fd/{}", self.thread, descriptor as i32)).ok()
    }

    /// Where the next byte goes that is written to the file of the first argument.
    pub(crate) fn position(&self) -> u64 {
        let info = format!("/proc/{}/fdinfo/{}", self.thread, self.argument(0) as i32);
        let info = std::fs::read_to_string(info).unwrap_or_default();
        let line = info.lines().find_map(|line| line.strip_prefix("pos:"));
        line.and_then(|position| position.trim().parse().ok()).unwrap_or_default()
    }

    /// The path that an argument points at.
    pub(crate) fn text(&self, index: usize) -> PathBuf {
        let mut bytes = Vec::new();
        let mut byte = [0];
        let memory = self.memory();
        while memory.read_exact_at(&mut byte, self.argument(index) + bytes.len() as u64).is_ok()
            && byte[0] != 0
        {
            bytes.push(byte[0]);
        }
        OsString::from_vec(bytes).into()
    }

    /// The bytes that an argument points at.
    pub(crate) fn bytes(&self, index: usize, length: u64) -> Vec<u8> {
        let mut bytes = vec![0; usize::try_from(length).unwrap()];
        self.memory().read_exact_at(&mut bytes, self.argument(index)).unwrap();
        bytes
    }

    fn memory(&self) -> File {
        File::open(format!("/proc/{}/mem", self.thread)).unwrap()
    }
}
