package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.bridge.name
import citizen.app.bridge.say
import citizen.app.design.Action
import citizen.app.design.Banner
import citizen.app.design.Page
import citizen.app.design.Tone
import citizen.core.CitizenException

/** In place of a screen that cannot be read: what is wrong, what to do, and the way there. */
fun troublePage(at: Here, error: CitizenException, back: Boolean): Page {
    val (reason, action) = at.say(error)
    return Page(
        title = at.text(R.string.app_name),
        back = back,
        personal = false,
        blocks = listOf(Banner(Tone.WARN, reason, action, wayOut(at, error))),
        main = Action(at.text(R.string.try_once_more)) { at.redraw() },
    )
}

/** Where what an error asks for is done; none where trying once more is all. */
fun wayOut(at: Here, error: CitizenException): Action? = when (error.name) {
    "sign-in-required", "not-signed-in", "sign-in-again" -> Action(at.text(R.string.sign_in_go)) { at.go("sign-in") }
    "consent-needed" -> Action(at.text(R.string.consents)) { at.go("consents") }
    "register-log-altered" -> Action(at.text(R.string.grievance)) { at.go("grievances") }
    else -> null
}
