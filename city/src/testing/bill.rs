//! A medical bill in the register.

use serde_json::json;

use super::TestCity;

/// The bill's number.
pub(crate) const INVOICE: &str = "ZJ0012345678";

/// Reports the bill of a resident: 800.00 of class A, 200.00 of class B and 50.00 of class C.
pub(crate) async fn bill(city: &TestCity, citizen_id: &'static str) {
    let lines = json!([
        { "name": "床位费", "class": "a", "amount": 80_000 },
        { "name": "检查费", "class": "b", "amount": 20_000 },
        { "name": "陪护费", "class": "c", "amount": 5_000 },
    ]);
    city.city
        .store
        .write(move |tx| {
            tx.execute(
                "INSERT INTO medical_bills (citizen_id, invoice_number, hospital_zh, hospital_en, visited_on,
                                            total_fen, lines)
                 VALUES ($1, $2, '市中心医院', 'Central Hospital', '2026-09-01', 105000, $3)",
                &[citizen_id.into(), INVOICE.into(), lines.to_string().into()],
            )
        })
        .await
        .unwrap();
}
