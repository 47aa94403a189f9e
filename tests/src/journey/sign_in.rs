//! Login, and the balance with and without a network.

use super::{ID_NUMBER, Stage};
use crate::Outcome;
use crate::failure::{ensure, ensure_eq};
use crate::phone::number;
use citizen_api::Fen;

/// Signs in with ID number and code, sees the balance, and sees it again without a network.
pub(super) fn sign_in(stage: &mut Stage) -> Outcome<()> {
    let code = stage.city.code(ID_NUMBER)?;
    stage.phone.done(&["login", "--headless", "--id", ID_NUMBER, "--code", &code])?;
    stage.tell(
        "王秀英用身份证号登录，不用记密码。",
        "Wang Xiuying signs in with her ID number; no password to remember.",
    )?;
    stage.verifier.done(&["sync"])?;

    let online = stage.phone.done(&["balance"])?;
    let (current, earlier) = (number(&online, "/current_year_fen")?, number(&online, "/earlier_years_fen")?);
    ensure_eq("the balance is fresh", &online["fresh"], &true.into())?;
    stage.tell(
        format!("医保余额：当年 {}，历年 {}。", Fen(current), Fen(earlier)),
        format!("Insurance balance: this year {}, earlier years {}.", Fen(current), Fen(earlier)),
    )?;

    stage.proxy.go_offline();
    let offline = stage.phone.done(&["balance"])?;
    ensure_eq("the balance offline", &number(&offline, "/current_year_fen")?, &current)?;
    ensure_eq("the balance offline is marked as a copy", &offline["fresh"], &false.into())?;
    ensure(offline["as_of"] == online["as_of"], || "a copy changed its age".to_owned())?;
    stage.tell(
        "医院走廊里没有信号。余额照样看得到，并写明截至何时。",
        "In the hospital corridor there is no signal. The balance is still there, with its age.",
    )
}
