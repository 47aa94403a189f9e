//! The way of the papers: cut at about half, killed again, and on from where it stopped.

use citizen_api::CaseId;

use super::papers::FILED;
use super::{INVOICE_FEN, INVOICE_NUMBER, NOTE, Stage};
use crate::failure::{ensure, ensure_eq};
use crate::{Failure, Outcome};

/// How much more than the files themselves the whole transfer may put on the wire: requests, tokens, the
/// claim, and what was on its way when the network went.
const OVERHEAD: f64 = 1.02;

/// Gives the network back, takes it away at about half, and kills the app.
pub(super) fn lose_network_and_app_half_way(stage: &mut Stage) -> Outcome<()> {
    stage.counted.upload_bytes = stage.proxy.traffic().up;
    stage.proxy.go_online();
    stage.proxy.cut_after(stage.counted.file_bytes / 2);
    let mut process = stage.phone.start(&["sync"])?;
    stage.proxy.wait_for_cut();
    process.kill().map_err(Failure::machine("the app cannot be killed"))?;
    process.wait().map_err(Failure::machine("the app cannot be waited for"))?;
    stage.counted.kills += 1;

    let ledger = stage.ledger()?;
    ensure(ledger.submissions.is_empty(), || "the city took a claim without its papers".to_owned())?;
    let held: u64 = ledger.uploads.iter().map(|upload| upload.offset).sum();
    ensure(held > stage.counted.file_bytes / 4, || {
        format!("the city holds {held} of {} bytes after half was sent", stage.counted.file_bytes)
    })?;
    stage.tell(
        format!("网络回来了，传到 {} % 又断了，应用也被关掉。", held * 100 / stage.counted.file_bytes),
        format!(
            "The network comes back, goes again at {} %, and the app is killed.",
            held * 100 / stage.counted.file_bytes
        ),
    )
}

/// Opens the app again, loses one more answer, and ends with exactly one case.
pub(super) fn go_on_where_it_stopped(stage: &mut Stage) -> Outcome<CaseId> {
    stage.proxy.go_online();
    stage.proxy.swallow_answer_to("POST /v1/submissions");
    stage.sync_until_settled()?;
    stage.counted.upload_bytes = stage.proxy.traffic().up - stage.counted.upload_bytes;
    let limit = (stage.counted.file_bytes as f64 * OVERHEAD) as u64;
    ensure(stage.counted.upload_bytes <= limit, || {
        format!(
            "{} bytes went out for {} bytes of files",
            stage.counted.upload_bytes, stage.counted.file_bytes
        )
    })?;
    let swallowed = stage.proxy.traffic().swallowed;
    ensure_eq("answers the network swallowed", &swallowed, &1)?;
    stage.tell(
        "接着断点往下传，没有从头再来；市里的回执在路上丢了一次，应用用同一个编号再问，不会报两次。",
        "It goes on where it stopped; the city's answer is lost once, and the app asks again under the same number.",
    )?;
    let case_id = one_submission(stage)?;
    every_byte_arrived(stage)?;
    stage.tell(
        "市里的账上：1 份申请，3 张照片逐字节相同。手机上有市里签名的回执。",
        "On the city's ledger: 1 claim, 3 photographs equal to the byte. The phone holds a signed receipt.",
    )?;
    Ok(case_id)
}

fn one_submission(stage: &Stage) -> Outcome<CaseId> {
    let ledger = stage.ledger()?;
    let [submission] = ledger.submissions.as_slice() else {
        return Err(Failure::promise(format!("{} claims on the ledger", ledger.submissions.len())));
    };
    let answer = |field: &str| submission.answers.get(&field.into()).cloned().unwrap_or_default();
    ensure_eq("the note on the ledger", &answer("note"), &NOTE.into())?;
    ensure_eq("the invoice on the ledger", &answer("invoice_number"), &INVOICE_NUMBER.into())?;
    ensure_eq("the amount on the ledger", &answer("amount"), &INVOICE_FEN.into())?;
    ensure_eq("papers cited", &submission.attachments.len(), &FILED.len())?;
    ensure(ledger.repeats >= 1, || "the city never saw the repeated request".to_owned())?;
    Ok(submission.case_id)
}

/// Compares what the city holds with what the phone sealed, by digest.
fn every_byte_arrived(stage: &Stage) -> Outcome<()> {
    let drafts = stage.phone.done(&["draft", "list"])?;
    let draft_id = drafts["drafts"][0]["draft_id"].as_str().unwrap_or_default().to_owned();
    let draft = stage.phone.done(&["draft", "show", &draft_id])?;
    let sealed = draft["attachments"].as_array().cloned().unwrap_or_default();
    let uploads = stage.ledger()?.uploads;
    ensure_eq("files at the city", &uploads.len(), &sealed.len())?;
    for file in sealed {
        let upload = uploads
            .iter()
            .find(|upload| file["attachment_id"] == upload.attachment_id.to_string())
            .ok_or_else(|| Failure::promise(format!("the city has no {}", file["attachment_id"])))?;
        ensure_eq("bytes at the city", &upload.offset, &upload.length)?;
        ensure_eq("digest at the city", &upload.sha256.as_deref(), &file["sha256"].as_str())?;
    }
    Ok(())
}
