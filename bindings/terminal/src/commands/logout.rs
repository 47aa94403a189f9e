//! `citizen logout`: ends the session on this device, and at the provider where it can be reached.

use serde_json::json;

use crate::failure::Failure;
use crate::output::words::Either;
use crate::output::{Page, Report};
use crate::shell::Shell;

pub(crate) async fn run(shell: &Shell) -> Result<Report, Failure> {
    let compartment = shell.unlocked()?;
    let end_session = compartment.session().sign_out().await?;
    let language = shell.language();
    let mut page = Page::new();
    page.line(language.either(
        "您已退出登录。写好的都在；要办的事，重新登录后会自动发出。",
        "Signed out. Everything you wrote is there; what waits is sent after you sign in again.",
    ));
    if let Some(address) = &end_session {
        page.line(language.either(
            "别人也用这个浏览器的话，请再打开这个网址，退出浏览器里的登录：",
            "If others use this browser, open this address too, to end its own sign-in:",
        ));
        page.line(address.as_str());
    }
    let document = json!({ "person_id": compartment.person_id(), "end_session": end_session });
    Ok(Report::done(document, page))
}
