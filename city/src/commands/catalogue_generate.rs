//! `city catalogue generate`: the hand-written catalogue, grown to any size.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use citizen_api::catalogue::PublicService;

use super::{Failure, output};
use crate::catalogue::{Growth, grown};

/// Grow the hand-written catalogue to any number of services, the same each time for a seed. Needs no city.
#[derive(clap::Args)]
pub(super) struct Generate {
    /// How many services there are to be, with those that were written by hand.
    #[arg(long, value_name = "N", default_value_t = 2_008)]
    count: usize,
    /// What the further services are chosen by.
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
    /// The folder for one document a file; - prints one document a line.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Generate {
    pub(super) fn run(self) -> Result<(), Failure> {
        generate(Growth { services: self.count, seed: self.seed }, &self.out)
    }
}

fn generate(growth: Growth, out: &Path) -> Result<(), Failure> {
    let services = grown(growth).map_err(|error| unsound(&error))?;
    if out == Path::new("-") {
        let mut lines = BufWriter::new(output::raw());
        for service in services {
            write_line(&mut lines, &service.map_err(|error| unsound(&error))?)
                .map_err(|why| unwritten(out, &why))?;
        }
        return lines.flush().map_err(|why| unwritten(out, &why));
    }
    std::fs::create_dir_all(out).map_err(|why| unwritten(out, &why))?;
    for service in services {
        let service = service.map_err(|error| unsound(&error))?;
        let path = out.join(format!("{}.json", service.service_id));
        let text = serde_json::to_string_pretty(&service).map_err(std::io::Error::from);
        text.and_then(|text| std::fs::write(&path, text + "\n")).map_err(|why| unwritten(&path, &why))?;
    }
    Ok(())
}

fn write_line(lines: &mut impl Write, service: &PublicService) -> std::io::Result<()> {
    serde_json::to_writer(&mut *lines, service)?;
    lines.write_all(b"\n")
}

fn unsound(error: &dyn std::error::Error) -> Failure {
    Failure::failed(
        format!("有一份事项文档不合规：{error}。"),
        format!("A document of a service is not sound: {error}."),
    )
}

fn unwritten(path: &Path, why: &std::io::Error) -> Failure {
    let path = path.display();
    Failure::failed(
        format!("写不到 {path}:{why}。请检查权限和磁盘空间。"),
        format!("{path} cannot be written: {why}. Check permissions and the disk's free space."),
    )
}
