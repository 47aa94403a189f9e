//! Where the journey takes place: a city, a network that can be broken, two phones, and who tells of it.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use citizen_api::officer::Ledger;
use citizen_api::{Language, Text};

use super::{ID_NUMBER, PIN, Papers};
use crate::city_process::CityProcess;
use crate::phone::{DONE, Phone, WAITING};
use crate::proxy::{Proxy, Traffic};
use crate::{Failure, Outcome};

/// What a stage is set up from.
pub struct Setting<'a> {
    /// An empty folder for city and phones.
    pub folder: &'a Path,
    /// The language to tell the story in; none to keep silent.
    pub tell: Option<Language>,
}

/// A running setting.
pub struct Stage {
    /// The city, with its officers.
    pub city: CityProcess,
    /// The network between phones and city.
    pub proxy: Proxy,
    /// Wang Xiuying's phone.
    pub phone: Phone,
    /// Another person's phone, which only ever checks cards.
    pub verifier: Phone,
    /// The photographs.
    pub papers: Papers,
    /// What is counted on the way.
    pub counted: Counted,
    tell: Option<Language>,
    begun: Instant,
}

/// What is counted on the way.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// Papers the citizen had to photograph.
    pub papers_asked: i64,
    /// Papers that a register or another department stood for.
    pub papers_prefilled: i64,
    /// Papers that nobody asks for any more, or that a declaration stands for.
    pub papers_not_needed: i64,
    /// Answers that registers gave.
    pub answers_prefilled: i64,
    /// Bytes of the files as they were sealed on the phone.
    pub file_bytes: u64,
    /// Bytes that left the phone while files were on their way.
    pub upload_bytes: u64,
    /// How often the app was killed.
    pub kills: u32,
}

/// What the closing table says.
#[derive(Debug, Clone)]
pub struct Tally {
    /// What was counted on the way.
    pub counted: Counted,
    /// What went over the network.
    pub traffic: Traffic,
    /// What the city did.
    pub ledger: Ledger,
    /// How long it took.
    pub took: Duration,
}

impl Stage {
    /// Starts the city behind the proxy and installs both phones.
    pub fn set(setting: &Setting<'_>) -> Outcome<Self> {
        let folder = setting.folder;
        let papers = Papers::find()?;
        let proxy = Proxy::bind()?;
        let city = CityProcess::start(&folder.join("city"), &proxy.url())?;
        proxy.forward_to(city.address());
        std::fs::write(folder.join("address"), proxy.url())
            .map_err(Failure::machine("the address cannot be kept"))?;
        Ok(Self {
            phone: Phone::install(&folder.join("phone"), &proxy.url(), PIN)?,
            verifier: Phone::install(&folder.join("verifier"), &proxy.url(), PIN)?,
            city,
            proxy,
            papers,
            counted: Counted::default(),
            tell: setting.tell,
            begun: Instant::now(),
        })
    }

    /// Tells what happened, in a line.
    pub fn tell(&self, zh: impl Into<String>, en: impl Into<String>) -> Outcome<()> {
        let Some(language) = self.tell else { return Ok(()) };
        let text = Text::new(zh, en);
        let elapsed = self.begun.elapsed().as_secs_f32();
        writeln!(std::io::stdout(), "{elapsed:5.1} s  {}", text.get(language))
            .map_err(Failure::machine("the story cannot be told"))
    }

    /// What the city did for her so far.
    pub fn ledger(&self) -> Outcome<Ledger> {
        self.city.ledger(ID_NUMBER)
    }

    /// Syncs until nothing waits any more. An answer that is lost costs one more time; more than a few is a
    /// promise broken.
    pub fn sync_until_settled(&self) -> Outcome<()> {
        for _ in 0..4 {
            let answer = self.phone.run(&["sync"])?;
            if answer.status == Some(DONE) {
                return Ok(());
            }
            answer.expect_status(WAITING)?;
        }
        Err(Failure::promise("after four syncs with a working network something still waits"))
    }

    /// The closing count.
    pub fn tally(&self) -> Outcome<Tally> {
        Ok(Tally {
            counted: self.counted.clone(),
            traffic: self.proxy.traffic(),
            ledger: self.ledger()?,
            took: self.begun.elapsed(),
        })
    }
}
