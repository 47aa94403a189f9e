//! Rules about the service as a whole.

use citizen_api::catalogue::PublicService;

use crate::catalogue::fault::Fault;

/// A document is kept under the name of its service.
pub(super) fn is_named_so(name: &str, service: &PublicService, faults: &mut Vec<Fault>) {
    let service_id = service.service_id.as_str();
    if service_id != name {
        faults.push(Fault::new(
            "/service_id",
            format!("文件名是“{name}”,service_id 却是“{service_id}”。两处要一样。"),
            format!("The file is named “{name}”, but service_id is “{service_id}”. Make them the same."),
        ));
    }
}

/// No office promises to be later than the law allows.
pub(super) fn deadlines(service: &PublicService, faults: &mut Vec<Fault>) {
    let (promised, legal) = (service.promised_deadline_days, service.legal_deadline_days);
    if promised > legal {
        faults.push(Fault::new(
            "/promised_deadline_days",
            format!("承诺期限 {promised} 天比法定期限 {legal} 天还长。请缩短。"),
            format!("The promised {promised} days are more than the legal {legal}. Shorten them."),
        ));
    }
}

/// Where a result is fetched at a counter, some counter does the service.
pub(super) fn counters_fit(service: &PublicService, faults: &mut Vec<Fault>) {
    let fetched = service.delivery.contains(&citizen_api::catalogue::DeliveryChoice::Counter);
    if fetched && service.counters.is_empty() {
        faults.push(Fault::new(
            "/delivery",
            "可以到窗口领取，却没有写哪一级窗口办理。请在 counters 里写上。",
            "The result can be fetched at a counter, but no counter does the service. Name its levels in counters.",
        ));
    }
}
