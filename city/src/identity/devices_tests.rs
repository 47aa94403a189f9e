use citizen_api::identity::Device;
use citizen_api::jose::typ;
use jiff::civil::date;
use reqwest::Method;

use crate::testing::{Phone, TestCity, bus_pass, bus_pass_submission};

#[tokio::test]
async fn a_lost_phone_is_revoked_from_another_and_nothing_of_it_counts() {
    let city = TestCity::on(date(2040, 10, 1)).await;
    assert_eq!(city.officer_put("/v1/officer/services/bus-pass", &bus_pass()).await.status, 200);
    for citizen in ["owner", "stranger"] {
        city.resident(citizen, date(1950, 5, 1)).await;
    }
    let (kept, lost) = (Phone::of(&city, "owner").await, Phone::of(&city, "owner").await);
    let stranger = Phone::of(&city, "stranger").await;
    let path = format!("/v1/devices/{}", lost.device_id);
    assert_eq!(city.send(stranger.request(&city, Method::DELETE, &path)).await.status, 404);
    assert_eq!(lost.get(&city, "/v1/cases").await.status, 200, "it was not the stranger's to revoke");

    let signed = bus_pass_submission(&lost, vec![kept.photograph(&city, "portrait").await]);
    let document = lost.sign(typ::SUBMISSION, &signed);
    for _ in 0..2 {
        let left: Vec<Device> = city.send(kept.request(&city, Method::DELETE, &path)).await.json();
        assert_eq!(left.iter().map(|device| &device.device_id).collect::<Vec<_>>(), [&kept.device_id]);
    }
    assert_eq!(lost.get(&city, "/v1/cases").await.status, 401);
    let filed = kept.write(&city, "/v1/submissions", signed.transaction_id, &document).await;
    assert_eq!(filed.problem().0, "invalid-signature");
    let listed: Vec<Device> = kept.get(&city, "/v1/devices").await.json();
    assert_eq!(listed.len(), 1);
}
