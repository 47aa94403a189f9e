//! The devices that a person signs in and signs with, as the city has them.

use citizen_api::DeviceId;
use citizen_api::identity::Device;
use reqwest::Method;

use super::Compartment;
use crate::Error;

/// A device of the person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceView {
    /// The device.
    pub device: Device,
    /// Whether it is this one.
    pub this: bool,
}

impl Compartment {
    /// Every device that the city takes the person's word from, the oldest first. Needs the network.
    pub async fn devices(&self) -> Result<Vec<DeviceView>, Error> {
        let devices: Vec<Device> = self.session().get_json("v1/devices").await?;
        self.viewed(devices)
    }

    /// Has the city end a device that was lost: it is signed out, and nothing that it signs counts any more. Gives those
    /// that are left. What was written on the lost phone and not sent stays sealed there.
    pub async fn revoke_device(&self, device_id: &DeviceId) -> Result<Vec<DeviceView>, Error> {
        let url = self.city(&format!("v1/devices/{device_id}"))?;
        let session = self.session();
        let reply = session.authorized(|http| http.request(Method::DELETE, url.clone())).await?;
        self.viewed(reply.json()?)
    }

    fn viewed(&self, devices: Vec<Device>) -> Result<Vec<DeviceView>, Error> {
        let own = self.device_id()?;
        Ok(devices.into_iter().map(|device| DeviceView { this: device.device_id == own, device }).collect())
    }
}
