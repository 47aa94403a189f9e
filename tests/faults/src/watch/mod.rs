//! Watches a process at its system calls (ptrace), and there kills it, has a call fail, or writes down what it does.
//!
//! The fault is made at the edge of the process, so nothing in the product knows of it: what runs is what is shipped.

mod call;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use nix::errno::Errno;
use nix::sys::ptrace;
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

pub(crate) use call::{Call, Kind};

use crate::said::Said;

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Go,
    Kill,
    /// It is not made, and gives this error. Only at its beginning.
    Fail(Errno),
}

/// Decides at every call, before and after it.
pub(crate) type Decide<'a> = dyn FnMut(&Call, bool) -> Verdict + 'a;
/// Hears what the process says, and says whether it may go on with what it waits for.
pub(crate) type Hear = dyn FnMut(&Said) -> Answer + Send;

/// What the process is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It waits for nothing.
    Nothing,
    GoOn,
    /// It need not try any longer.
    GiveUp,
}

/// What became of a watched process.
pub(crate) struct Ended {
    /// Everything it said.
    pub(crate) said: Vec<Said>,
    /// How it ended by itself, where it was not killed; a panic gives 101.
    pub(crate) status: Option<i32>,
}

const EVERY_CHILD: Pid = Pid::from_raw(-1);

/// Runs a command to its end under a watch.
pub(crate) fn watch(command: &mut Command, decide: &mut Decide<'_>, hear: Box<Hear>) -> Ended {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let mut ready = String::new();
    from.read_line(&mut ready).unwrap();
    assert!(ready.contains("ready"), "the child did not begin: {ready}");
    let process = Pid::from_raw(i32::try_from(child.id()).unwrap());
    let options = ptrace::Options::PTRACE_O_TRACESYSGOOD
        | ptrace::Options::PTRACE_O_TRACECLONE
        | ptrace::Options::PTRACE_O_EXITKILL;
    ptrace::seize(process, options).unwrap();
    ptrace::interrupt(process).unwrap();
    let said = Arc::new(Mutex::new(Vec::new()));
    writeln!(to, "go").unwrap();
    let listener = listen(from, to, Arc::clone(&said), hear);
    let status = supervise(process, decide);
    // It was waited for above, where its end was seen.
    drop(child);
    listener.join().unwrap();
    let said = std::mem::take(&mut *said.lock().unwrap());
    Ended { said, status }
}

fn listen(
    from: BufReader<ChildStdout>,
    mut to: ChildStdin,
    said: Arc<Mutex<Vec<Said>>>,
    mut hear: Box<Hear>,
) -> JoinHandle<()> {
    std::thread::spawn(move || {
        for line in from.lines().map_while(Result::ok) {
            // A line that was cut by the end of the process promises nothing.
            let Ok(heard) = serde_json::from_str::<Said>(&line) else { continue };
            said.lock().unwrap().push(heard.clone());
            match hear(&heard) {
                Answer::Nothing => {}
                // A child that is gone hears nothing.
                Answer::GoOn => drop(writeln!(to, "go on")),
                // What it waits for has ended, and it hears that.
                Answer::GiveUp => return,
            }
        }
    })
}

/// Follows every thread of a process to the end; gives its status where it was not killed here.
fn supervise(process: Pid, decide: &mut Decide<'_>) -> Option<i32> {
    let mut failing: BTreeMap<Pid, (Errno, i64)> = BTreeMap::new();
    let (mut killed, mut status) = (false, None);
    let flags = WaitPidFlag::__WALL | WaitPidFlag::__WNOTHREAD;
    loop {
        let stopped = match waitpid(EVERY_CHILD, Some(flags)) {
            Ok(stopped) => stopped,
            Err(Errno::EINTR) => continue,
            Err(_) => return status,
        };
        let (thread, signal) = match stopped {
            WaitStatus::PtraceSyscall(thread) => {
                if !killed && at_call(thread, decide, &mut failing) {
                    killed = true;
                    // One that is gone already needs no signal.
                    let _ = kill(process, Signal::SIGKILL);
                    continue;
                }
                (thread, None)
            }
            WaitStatus::PtraceEvent(thread, ..) => (thread, None),
            WaitStatus::Stopped(thread, signal) => (thread, Some(signal)),
            WaitStatus::Exited(thread, code) if thread == process => {
                status = Some(code);
                continue;
            }
            WaitStatus::Signaled(thread, signal, _) if thread == process => {
                status = (!killed).then_some(128 + signal as i32);
                continue;
            }
            _ => continue,
        };
        // A thread that is being killed goes nowhere any more.
        let _ = ptrace::syscall(thread, signal);
    }
}

/// Decides over the call that a thread stands in; says whether the process is to be killed.
fn at_call(thread: Pid, decide: &mut Decide<'_>, failing: &mut BTreeMap<Pid, (Errno, i64)>) -> bool {
    let Ok(mut registers) = ptrace::getregs(thread) else { return false };
    let entering = !failing.contains_key(&thread) && registers.rax as i64 == -i64::from(Errno::ENOSYS as i32);
    let mut call = Call {
        thread,
        number: registers.orig_rax as i64,
        arguments: [registers.rdi, registers.rsi, registers.rdx, registers.r10, registers.r8, registers.r9],
        result: registers.rax as i64,
    };
    if let Some((errno, number)) = failing.remove(&thread) {
        call.number = number;
        call.result = -i64::from(errno as i32);
        registers.rax = call.result as u64;
        let _ = ptrace::setregs(thread, registers);
    }
    match decide(&call, entering) {
        Verdict::Go => false,
        Verdict::Kill => true,
        Verdict::Fail(errno) => {
            if entering {
                failing.insert(thread, (errno, call.number));
                registers.orig_rax = u64::MAX;
                let _ = ptrace::setregs(thread, registers);
            }
            false
        }
    }
}

/// The command that is a phone or a city of its own: this program once more.
pub(crate) fn again_as(what: &str, arguments: &[&std::ffi::OsStr]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(what).args(arguments);
    command
}
