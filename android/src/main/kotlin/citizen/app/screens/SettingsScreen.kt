package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.About
import citizen.app.design.Action
import citizen.app.design.AskChoice
import citizen.app.design.Heading
import citizen.app.design.Line
import citizen.app.design.Page
import citizen.app.design.Push
import citizen.app.design.Words
import citizen.core.SessionStatus
import citizen.core.SyncStatus

/** How the app is used on this phone. */
class SettingsScreen(at: Here) : Screen<SettingsScreen.State>(at) {
    class State(val name: String, val session: SessionStatus, val sync: SyncStatus)

    override suspend fun load() = State(me.person.label(), me.person.session(), me.person.syncStatus())

    override fun view(state: State): Page {
        val signedIn = state.session is SessionStatus.SignedIn
        return Page(
            title = at.text(R.string.settings),
            blocks = listOfNotNull(
                Line(state.name, at.text(if (signedIn) R.string.signed_in else R.string.signed_out), icon = R.drawable.ic_person),
                state.sync.lastPulledAt?.let { Words(at.text(R.string.synced_at, at.time(it)), muted = true) },
                AskChoice("elder", About(at.text(R.string.text_size)), sizes(at), several = false) { chooseSize(at, it) },
                Heading(at.text(R.string.security)),
                Push(Action(at.text(R.string.lock_now), R.drawable.ic_lock) { at.act({ at.core.lock() }) { at.reset("home") } }),
                if (signedIn) Push(Action(at.text(R.string.sign_out)) { at.confirm(at.text(R.string.sign_out), at.text(R.string.sign_out_words), at.text(R.string.sign_out)) { at.act { me.person.signOut() } } })
                else Push(Action(at.text(R.string.sign_in_go)) { at.go("sign-in") }),
                Push(Action(at.text(R.string.erase_all)) { erase() }, bad = true),
            ),
        )
    }

    private fun erase() = at.confirm(at.text(R.string.erase_all), at.text(R.string.erase_all_words), at.text(R.string.erase_all)) {
        at.act({
            val id = me.person.personId()
            at.core.lock()
            at.core.app.removePerson(id)
        }) { at.reset("start") }
    }
}
