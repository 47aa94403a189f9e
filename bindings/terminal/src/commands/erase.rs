//! `citizen erase`: deletes everything on this device.

use clap::Args;
use serde_json::json;

use crate::failure::Failure;
use crate::keyring;
use crate::output::words::Either;
use crate::output::{Page, Report};
use crate::shell::Shell;

/// 删除这台设备上所有人的全部资料；城市里的不受影响 ‖ Delete everyone's data from this device; what the city has stays
#[derive(Args)]
pub(crate) struct Arguments {
    /// 不再询问 ‖ Do not ask again
    #[arg(long)]
    yes: bool,
}

pub(crate) fn run(shell: &Shell, arguments: &Arguments) -> Result<Report, Failure> {
    let language = shell.language();
    let asked = language.either(
        "删除这台设备上所有人的全部资料，包括草稿和没发出的内容？删了就找不回来。(y/n) ",
        "Delete everything of everyone on this device, drafts and what was not sent included? It cannot be undone. (y/n) ",
    );
    if !arguments.yes && !shell.output.asks(asked)? {
        return Err(Failure::NotConfirmed);
    }
    for person in shell.app.people()? {
        keyring::forget(&shell.folder, person.person_id);
    }
    shell.app.erase_everything()?;
    shell.forget_city()?;
    let mut page = Page::new();
    page.line(language.either(
        "这台设备上的资料已全部删除。城市里的办件和证照还在，重新登录就能看到。",
        "Everything on this device is deleted. What the city has is still there; sign in again to see it.",
    ));
    Ok(Report::done(json!({ "erased": true }), page))
}
