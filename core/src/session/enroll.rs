//! What a login is followed by: the city learns this device's key, and this device who the person is.

use citizen_api::identity::{DeviceRegistration, Me};
use citizen_api::submission::IDEMPOTENCY_KEY;
use reqwest::Method;

use super::{Session, SignInFault, SignedIn, stored};
use crate::Error;
use crate::app::Device;
use crate::http::Http;
use crate::mirror::{self, Kind, ONLY};

/// Asks the city who has signed in. It must be the person whom the ID token names.
pub(crate) async fn ask_who(device: &Device, signed_in: &SignedIn) -> Result<Me, Error> {
    let url = device.city("v1/me")?;
    let build = |http: &Http| http.request(Method::GET, url.clone());
    let me: Me = match device.http.send_as(&signed_in.credentials(), build).await {
        Ok(reply) => reply.json()?,
        // The city does not take what the provider has just given: no session has ended, and none begins.
        Err(Error::SignInRequired | Error::SignInAgain(_)) => {
            let bound = signed_in.key.is_some();
            let why = if bound { SignInFault::ProviderError } else { SignInFault::Unbound };
            return Err(Error::SignInFailed { why });
        }
        Err(error) => return Err(error),
    };
    if me.subject == signed_in.subject {
        Ok(me)
    } else {
        Err(Error::SignInFailed { why: SignInFault::OtherPerson })
    }
}

impl Session {
    /// Registers this device's key at the city, and only then keeps the session and who the person is: with a
    /// session there is always a device whose signatures the city takes.
    pub(crate) async fn enroll(&self, signed_in: &SignedIn, me: &Me) -> Result<(), Error> {
        let compartment = &self.compartment;
        let device_id = compartment.device_id()?;
        let name = compartment.device().config.device_name.clone();
        let url = compartment.city(&format!("v1/devices/{device_id}"))?;
        // Whoever signs in on another's phone has tokens that are bound to the other's key: so theirs signs as well.
        let (credentials, key) = (signed_in.credentials(), compartment.bound_key(compartment.person_id()));
        let build = |http: &Http| {
            let proof = http.proof_by(&key, &credentials, &Method::PUT, &url)?;
            let registration = DeviceRegistration { name: name.clone(), proof };
            let request = http.request(Method::PUT, url.clone())?;
            Ok(request.header(IDEMPOTENCY_KEY, device_id.as_str()).json(&registration))
        };
        compartment.http().send_as(&credentials, build).await?;
        compartment.write(|tx, sealer| {
            stored::keep(tx, sealer, signed_in)?;
            mirror::put(tx, sealer, Kind::Profile, ONLY, me)
        })?;
        // What waited for a sign-in can go now.
        compartment.outbox_changed().notify_one();
        Ok(())
    }

    /// Who the person is, as the population register had it at the last login. Needs no network.
    pub fn profile(&self) -> Result<Option<Me>, Error> {
        let kept = self.compartment.read(|tx, sealer| mirror::get(tx, sealer, Kind::Profile, ONLY))?;
        Ok(kept.map(|kept| kept.document))
    }
}
