package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.bridge.say
import citizen.app.design.Action
import citizen.app.design.Banner
import citizen.app.design.Block
import citizen.app.design.Chip
import citizen.app.design.Line
import citizen.app.design.Page
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.core.CitizenException
import citizen.core.DeviceCard

/** Where the person is signed in. A phone that was lost is ended from here. */
class DevicesScreen(at: Here) : Screen<DevicesScreen.State>(at) {
    class State(val devices: List<DeviceCard>, val trouble: CitizenException?)

    override suspend fun load() = try {
        State(me.person.devices(), null)
    } catch (error: CitizenException) {
        State(emptyList(), error)
    }

    override fun view(state: State) = Page(
        title = at.text(R.string.devices),
        blocks = listOf<Block>(Words(at.text(R.string.devices_words))) + trouble(state.trouble) + state.devices.map(::line),
        main = if (state.trouble == null) null else Action(at.text(R.string.try_once_more)) { at.redraw() },
    )

    private fun trouble(error: CitizenException?): List<Block> {
        val (reason, action) = at.say(error ?: return emptyList())
        return listOf(Banner(Tone.WARN, reason, action, wayOut(at, error)))
    }

    private fun line(device: DeviceCard): Block {
        val since = at.text(R.string.device_since, at.time(device.registeredAt))
        if (device.`this`) return Line(device.name, since, Chip(at.text(R.string.device_this), Tone.OK), R.drawable.ic_device)
        return Line(device.name, since, Chip(at.text(R.string.device_end), Tone.WARN), R.drawable.ic_device) { end(device) }
    }

    private fun end(device: DeviceCard) = at.confirm(at.text(R.string.device_end_title, device.name), at.text(R.string.device_end_words), at.text(R.string.device_end)) {
        at.act({ me.person.revokeDevice(device.deviceId) }) { at.confirm(at.text(R.string.device_ended), at.text(R.string.device_ended_words), "") {} }
    }
}
