//! `citizen device`: the devices that the city takes the person's word from, and ending one that was lost.

use citizen_api::{DeviceId, Language};
use citizen_core::people::DeviceView;
use clap::Subcommand;
use serde_json::{Value, json};

use crate::failure::{Failure, Thing};
use crate::output::words::Either;
use crate::output::{Page, Report, time};
use crate::shell::Shell;

/// What is to be done about devices.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// 登录过的设备 ‖ The devices you are signed in on
    List,
    /// 停用一台丢失的设备：退出登录，它签的都不再算数 ‖ End a lost device: it is signed out and nothing it signs counts
    Revoke {
        /// 编号的开头或末尾 ‖ How its number begins or ends
        #[arg(value_name = "DEVICE")]
        device: String,
    },
}

pub(crate) async fn run(shell: &Shell, command: &Command) -> Result<Report, Failure> {
    let (person, language) = (shell.own()?, shell.language());
    let mut page = Page::new();
    let mut devices = person.devices().await?;
    if let Command::Revoke { device } = command {
        let found = find(&devices, device)?;
        devices = person.revoke_device(&found).await?;
        page.line(language.either(
            "已停用。它上面没发出的内容，别人打不开，也发不出来。",
            "Ended. What was not sent on it opens to nobody and goes nowhere.",
        ));
    }
    for view in &devices {
        page.line(&line(view, language));
    }
    let documents: Vec<Value> = devices
        .iter()
        .map(|view| {
            json!({
                "device_id": view.device.device_id,
                "name": view.device.name,
                "registered_at": view.device.registered_at,
                "this": view.this,
            })
        })
        .collect();
    Ok(Report::done(json!({ "devices": documents }), page))
}

/// The one device whose number begins or ends so. Unlike others these numbers tell upper case from lower.
fn find(devices: &[DeviceView], typed: &str) -> Result<DeviceId, Failure> {
    let named = |view: &&DeviceView| {
        let name = view.device.device_id.as_str();
        !typed.is_empty() && (name.starts_with(typed) || name.ends_with(typed))
    };
    let mut found = devices.iter().filter(named);
    let (what, typed) = (Thing::Device, typed.to_owned());
    match (found.next(), found.next()) {
        (Some(view), None) => Ok(view.device.device_id.clone()),
        (Some(_), Some(_)) => Err(Failure::SeveralMatch { what, typed }),
        (None, _) => Err(Failure::NoMatch { what, typed }),
    }
}

fn line(view: &DeviceView, language: Language) -> String {
    let this = if view.this { language.either(" · 这一台", " · this one") } else { "" };
    let name: String = view.device.device_id.as_str().chars().take(8).collect();
    format!("{name}  {} · {}{this}", view.device.name, time(view.device.registered_at, language))
}
