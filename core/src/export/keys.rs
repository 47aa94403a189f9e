//! What the names within records are called.

use citizen_api::Language;

/// A name as it stands in a record, in Chinese and in English. What is not here is shown as it stands.
const NAMES: [(&str, &str, &str); 44] = [
    ("account_ending", "账户尾号", "Account ending"),
    ("amount", "金额（分）", "Amount (fen)"),
    ("answer_by", "请在此日前答复", "Answer by"),
    ("as_of", "截至", "As of"),
    ("at", "时间", "When"),
    ("birth_date", "出生日期", "Day of birth"),
    ("by", "经办", "By"),
    ("card_number", "证件号", "Card number"),
    ("case_id", "办件编号", "Case"),
    ("content", "内容", "Content"),
    ("credential_id", "证照编号", "Card"),
    ("declarations", "承诺", "Declarations"),
    ("delivery_id", "寄递编号", "Parcel"),
    ("ends_on", "有效期至", "Valid until"),
    ("entries", "明细", "Entries"),
    ("events", "进度", "Events"),
    ("fetched_at", "最近更新", "Last heard of"),
    ("from", "委托人", "From"),
    ("given_at", "给出时间", "Given"),
    ("id_number", "身份证号", "ID number"),
    ("issued_on", "签发日期", "Issued"),
    ("kind", "种类", "Kind"),
    ("legal_ground", "法律依据", "Legal ground"),
    ("name", "姓名", "Name"),
    ("on_behalf_of", "替谁", "For whom"),
    ("paid_at", "支付时间", "Paid"),
    ("payout", "支付", "Payout"),
    ("promised_by", "承诺办结", "Promised by"),
    ("purpose", "用途", "Purpose"),
    ("reason", "理由", "Reason"),
    ("received_at", "收到时间", "Received"),
    ("reference", "参考号", "Reference"),
    ("refusal", "不予办理", "Refusal"),
    ("registered_at", "登记时间", "Registered"),
    ("requests", "补正要求", "Requests"),
    ("scope", "范围", "Scope"),
    ("service_id", "事项", "Service"),
    ("settlement", "结算", "Settlement"),
    ("status", "状态", "Status"),
    ("subject", "在城市的编号", "Name at the city"),
    ("title", "名称", "Title"),
    ("to", "受托人", "To"),
    ("tracking_number", "运单号", "Tracking number"),
    ("until", "截止", "Until"),
];

/// A name in words.
pub(super) fn in_words(name: &str, language: Language) -> &str {
    match (NAMES.iter().find(|(known, ..)| *known == name), language) {
        (Some((_, zh, _)), Language::Zh) => zh,
        (Some((_, _, en)), Language::En) => en,
        (None, _) => name,
    }
}
