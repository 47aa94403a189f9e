import CitizenCore
import Observation

/// Where the person is signed in. A phone that was lost is ended from here.
@MainActor @Observable
final class DevicesScreen: Screen {
  struct State: Sendable {
    let devices: [DeviceCard]
    let trouble: CitizenError?
  }

  unowned let at: Shell
  var state: State?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> State {
    do {
      return State(devices: try await at.client.devices(), trouble: nil)
    } catch let error as CitizenError where error.code != CitizenError.locked {
      return State(devices: [], trouble: error)
    }
  }

  func view(_ state: State) -> Page {
    Page(
      title: at.text(.devices),
      blocks: [.words(at.text(.devicesWords))] + (state.trouble.map { [troubleBanner(at, $0)] } ?? [])
        + state.devices.map { .line(line($0)) },
      main: state.trouble == nil ? nil : Action(at.text(.tryOnceMore)) { [at] in at.redraw() }
    )
  }

  private func line(_ device: DeviceCard) -> Line {
    let since = at.text(.deviceSince, at.time(device.registeredAt))
    if device.this { return Line(device.name, since, chip: Chip(at.text(.deviceThis), .ok), icon: .device) }
    return Line(device.name, since, chip: Chip(at.text(.deviceEnd), .warn), icon: .device) { self.end(device) }
  }

  private func end(_ device: DeviceCard) {
    at.confirm(at.text(.deviceEndTitle, device.name), at.text(.deviceEndWords), at.text(.deviceEnd)) { [at] in
      at.act {
        _ = try await at.client.revokeDevice(device.deviceId)
        at.confirm(at.text(.deviceEnded), at.text(.deviceEndedWords), "") {}
      }
    }
  }
}
