//! An unlock with a wrong PIN, killed at every system call it makes, with the clock moved at random: nobody gets more than
//! ten tries by it, and none before its wait is over by the time that really passed.
//!
//! A try needs the vault's secret, so the vault counts: it notes, in a file, each time it gives one.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use citizen_api::Subject;
use nix::sys::ptrace;
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use zeroize::Zeroizing;

use crate::people::PersonState;
use crate::testing::child::{self, Process};
use crate::vault::{BootClock, KeyVault, Pin, PinCost, VaultError};
use crate::{CitizenApp, Config, DeviceKeys, Error, PersonId, Platform, SoftwareVault};

/// How often an unlock is begun and killed.
const ROUNDS: usize = 1_000;
/// How many guess at once, each at a person of their own: a round is mostly waiting for a disk and for a process.
const AT_ONCE: usize = 4;
const RIGHT: &str = "274916";
const WRONG: &str = "583920";
/// A time by which every wait is over, whatever the clock showed before.
const LONG_AFTER: u64 = 10_000_000;

/// A vault that notes in a file when it gives a person's secret away, before it does.
struct Watched {
    vault: SoftwareVault,
    given: PathBuf,
}

impl KeyVault for Watched {
    fn load(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let secret = self.vault.load(name)?;
        if name.starts_with("person-") && secret.is_some() {
            let noted = OpenOptions::new().create(true).append(true).open(&self.given);
            noted.and_then(|mut file| file.write_all(b"x")).map_err(|_| VaultError::Unavailable)?;
        }
        Ok(secret)
    }

    fn store(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        self.vault.store(name, secret)
    }

    fn erase(&self, name: &str) -> Result<(), VaultError> {
        KeyVault::erase(&self.vault, name)
    }
}

/// The time since the phone was started, as the test says.
struct Said(Duration);

impl BootClock for Said {
    fn since_boot(&self) -> Duration {
        self.0
    }
}

fn open(folder: &Path, since_boot: u64) -> CitizenApp {
    let software = SoftwareVault::open(folder.join("vault")).unwrap();
    let keys: Arc<dyn DeviceKeys> = Arc::new(software.clone());
    let vault = Arc::new(Watched { vault: software, given: folder.join("given") });
    let config = Config {
        data_dir: folder.join("data"),
        city: "http://127.0.0.1:9/".parse().unwrap(),
        device_name: "test".to_owned(),
    };
    let boot_clock = Arc::new(Said(Duration::from_secs(since_boot)));
    let platform = Platform { pin_cost: PinCost::Least, boot_clock, ..Platform::new(vault, keys) };
    CitizenApp::open(config, platform).unwrap()
}

/// How often the vault has given the secret away.
fn given(folder: &Path) -> usize {
    std::fs::metadata(folder.join("given")).map_or(0, |file| usize::try_from(file.len()).unwrap())
}

/// Runs in a process of its own, started by the test below: says which thread to watch, and tries a wrong PIN.
#[test]
fn child() {
    let Some(folder) = child::folder() else { return };
    let since_boot: u64 = std::fs::read_to_string(folder.join("since_boot")).unwrap().parse().unwrap();
    let app = open(&folder, since_boot);
    let person_id = app.people().unwrap()[0].person_id;
    let thread = std::fs::read_link("/proc/thread-self").unwrap();
    child::say_and_wait(thread.file_name().unwrap().to_str().unwrap());
    let told = app.unlock(person_id, &Pin::new(WRONG)).err();
    child::say(told.map_or("open", |error| error.code()));
    std::process::exit(0);
}

/// Lets a child try, and kills it at one of the stops before and after its system calls. Gives how many there were, and
/// what the child said where it was not killed.
fn try_and_kill(folder: &Path, kill_at: usize) -> (usize, Option<String>) {
    let mut process = Process::start("app::killed_tests::child", folder);
    let thread = Pid::from_raw(process.hear().expect("the child came to nothing").parse().unwrap());
    ptrace::seize(thread, ptrace::Options::PTRACE_O_TRACESYSGOOD).unwrap();
    ptrace::interrupt(thread).unwrap();
    let stopped = || waitpid(thread, Some(WaitPidFlag::__WALL)).unwrap();
    stopped();
    process.tell("try");
    let (mut stops, mut killed) = (0, false);
    let mut signal = None;
    while !killed && ptrace::syscall(thread, signal.take()).is_ok() {
        match stopped() {
            WaitStatus::PtraceSyscall(_) => stops += 1,
            WaitStatus::Stopped(_, other) => signal = Some(other),
            WaitStatus::Exited(..) | WaitStatus::Signaled(..) => break,
            _ => {}
        }
        killed = stops == kill_at;
    }
    if killed {
        process.child.kill().unwrap();
        // A thread that is watched is gone only once its end was seen.
        while !matches!(stopped(), WaitStatus::Exited(..) | WaitStatus::Signaled(..)) {}
    }
    let said = if killed { None } else { process.hear() };
    process.child.wait().unwrap();
    (stops, said)
}

/// A person who is being guessed at.
struct Victim {
    folder: tempfile::TempDir,
    person_id: PersonId,
    /// Seconds that really have passed, and at which of them the last try came.
    now: u64,
    last: u64,
    /// What the phone's clock says.
    since_boot: u64,
    tries: usize,
}

/// How long a try waits after so many, in seconds.
const WAITS: [u64; 11] = [0, 0, 0, 30, 60, 300, 900, 3600, 3600, 3600, u64::MAX];

impl Victim {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = open(folder.path(), 40);
        let person = app
            .open_for_subject(&Subject::from("subject"), "", &Pin::new(RIGHT), crate::PersonId::generate())
            .unwrap();
        let person_id = person.person_id();
        // Making the person has opened it once.
        std::fs::remove_file(folder.path().join("given")).unwrap();
        Self { folder, person_id, now: 40, last: 0, since_boot: 40, tries: 0 }
    }

    fn pass(&mut self, chance: &mut TestRng) {
        let seconds = [0, 1, 29, 30, 299, 900, 3_599, 3_600][pick(chance, 8)];
        self.now += seconds;
        // Starting the phone anew sets its clock back to how long it ran since.
        self.since_boot = if pick(chance, 5) == 0 { seconds } else { self.since_boot + seconds };
        std::fs::write(self.folder.path().join("since_boot"), self.since_boot.to_string()).unwrap();
    }

    /// Is killed at a stop, and looks what that has given away.
    fn round(&mut self, kill_at: usize) -> (usize, Option<String>) {
        let (stops, said) = try_and_kill(self.folder.path(), kill_at);
        let given = given(self.folder.path());
        if given > self.tries {
            assert_eq!(given, self.tries + 1, "one unlock is one try");
            let waited = self.now - self.last;
            assert!(waited >= WAITS[self.tries], "try {given} came after {waited} s");
            (self.tries, self.last) = (given, self.now);
        }
        assert!(self.tries <= 10, "an eleventh try");
        (stops, said)
    }

    /// How many tries the phone has counted: more than there were, because a process that is killed before the vault
    /// gives its secret has counted one already.
    fn counted(&self) -> u64 {
        let file = self.folder.path().join("data/people").join(self.person_id.to_string()).join("tries.json");
        let counter: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        counter["failed"].as_u64().unwrap()
    }

    /// Whoever has the right PIN still gets in, unless ten were wrong: a killed process locks nobody out.
    fn is_let_in(&self) {
        let counted = self.counted();
        let app = open(self.folder.path(), LONG_AFTER);
        match app.unlock(self.person_id, &Pin::new(RIGHT)) {
            Ok(_) => assert!(counted < 10),
            Err(error) => {
                assert_eq!(error, Error::PinUsedUp);
                assert!(matches!(app.person_state(self.person_id), Ok(PersonState::PinUsedUp(_))));
                assert_eq!(counted, 10);
            }
        }
    }
}

fn pick(chance: &mut TestRng, of: u32) -> usize {
    (chance.next_u32() % of) as usize
}

/// What a guesser has seen.
#[derive(Default)]
struct Seen {
    rounds: usize,
    killed: usize,
    used_up: usize,
    killed_after_a_try: usize,
}

/// Guesses, in those rounds that are this guesser's.
fn guess(first: usize, whole: usize) -> Seen {
    let seed = [u8::try_from(first).unwrap(); 32];
    let mut chance = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let (mut seen, mut victim) = (Seen::default(), Victim::new());
    for round in (first..ROUNDS).step_by(AT_ONCE) {
        victim.pass(&mut chance);
        let before = victim.tries;
        let (_, said) = victim.round(round % whole + 1);
        seen.rounds += 1;
        seen.killed += usize::from(said.is_none());
        seen.killed_after_a_try += usize::from(said.is_none() && victim.tries > before);
        let is_used_up = victim.counted() == 10;
        if is_used_up || pick(&mut chance, 40) == 0 {
            seen.used_up += usize::from(is_used_up);
            victim.is_let_in();
            victim = Victim::new();
        }
    }
    seen
}

#[test]
fn an_unlock_killed_at_any_system_call_never_yields_more_than_ten_tries() {
    let mut chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut victim = Victim::new();
    victim.pass(&mut chance);
    let (whole, said) = victim.round(usize::MAX);
    assert_eq!(said.as_deref(), Some("wrong-pin"), "the whole of a try was watched");
    assert!(whole > 40, "an unlock makes more system calls than {whole} stops");
    let seen = std::thread::scope(|scope| {
        // Every stop in turn, so that none is left out.
        let guessers = (0..AT_ONCE).map(|first| scope.spawn(move || guess(first, whole))).collect::<Vec<_>>();
        guessers.into_iter().map(|guesser| guesser.join().unwrap()).collect::<Vec<_>>()
    });
    let sum = |count: fn(&Seen) -> usize| seen.iter().map(count).sum::<usize>();
    let (killed, used_up) = (sum(|seen| seen.killed), sum(|seen| seen.used_up));
    let killed_after_a_try = sum(|seen| seen.killed_after_a_try);
    assert_eq!(sum(|seen| seen.rounds), ROUNDS);
    assert!(
        killed > ROUNDS / 2 && killed_after_a_try > 50 && used_up > 10,
        "{killed} of {whole} stops, {killed_after_a_try} after a try, {used_up} used up"
    );
}
