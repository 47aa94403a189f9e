package citizen.app.screens

import android.app.Activity
import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.About
import citizen.app.design.Action
import citizen.app.design.AskChoice
import citizen.app.design.Block
import citizen.app.design.Heading
import citizen.app.design.Line
import citizen.app.design.Option
import citizen.app.design.Page
import citizen.app.design.Push
import citizen.app.design.Words
import citizen.app.platform.KeystoreBiometrics
import citizen.core.SessionStatus
import citizen.core.SyncStatus

/** How the app is used on this phone. */
class SettingsScreen(at: Here) : Screen<SettingsScreen.State>(at) {
    class State(val name: String, val session: SessionStatus, val sync: SyncStatus)

    private val biometrics = KeystoreBiometrics(at.context as Activity)

    override suspend fun load() = State(me.person.label(), me.person.session(), me.person.syncStatus())

    override fun view(state: State): Page {
        val signedIn = state.session is SessionStatus.SignedIn
        return Page(
            title = at.text(R.string.settings),
            blocks = listOfNotNull(
                Line(state.name, at.text(if (signedIn) R.string.signed_in else R.string.signed_out), icon = R.drawable.ic_person),
                state.sync.lastPulledAt?.let { Words(at.text(R.string.synced_at, at.time(it)), muted = true) },
                AskChoice("elder", About(at.text(R.string.text_size)), sizes(at), several = false) { chooseSize(at, it) },
                AskChoice("language", About(at.text(R.string.app_language)), languages(), several = false, ::speak),
                Heading(at.text(R.string.security)),
            ) + security(signedIn),
        )
    }

    private fun languages() = listOf("" to R.string.language_phone, "zh" to R.string.language_zh, "en" to R.string.language_en)
        .map { (value, words) -> Option(value, at.text(words), at.settings.language == value) }

    private fun speak(language: String) {
        at.settings.language = language
        (at.context as Activity).recreate()
    }

    private fun security(signedIn: Boolean): List<Block> = listOfNotNull(
        AskChoice("lock_after", About(at.text(R.string.lock_after)), delays(), several = false) { at.settings.lockAfter = it.toInt(); at.redraw() },
        finger(),
        Push(Action(at.text(R.string.lock_now), R.drawable.ic_lock) { at.act({ at.core.lock() }) { at.reset("home") } }),
        if (signedIn) Push(Action(at.text(R.string.sign_out)) { at.confirm(at.text(R.string.sign_out), at.text(R.string.sign_out_words), at.text(R.string.sign_out)) { at.act { me.person.signOut() } } })
        else Push(Action(at.text(R.string.sign_in_go)) { at.go("sign-in") }),
        Push(Action(at.text(R.string.erase_all)) { erase() }, bad = true),
    )

    private fun delays() = listOf(0 to at.text(R.string.lock_at_once), 1 to at.count(R.plurals.lock_minutes, 1), 5 to at.count(R.plurals.lock_minutes, 5))
        .map { (minutes, words) -> Option(minutes.toString(), words, at.settings.lockAfter == minutes) }

    /** Opening with a finger or a face, where the phone can tell people apart well enough. */
    private fun finger(): Block? {
        val person = at.core.unlockedId ?: return null
        return when {
            !biometrics.possible -> null
            biometrics.chosenBy(person) -> Push(Action(at.text(R.string.biometrics_stop)) { biometrics.forget(person); at.redraw() })
            else -> Push(Action(at.text(R.string.biometrics_use)) { at.go("biometrics") })
        }
    }

    private fun erase() = at.confirm(at.text(R.string.erase_all), at.text(R.string.erase_all_words), at.text(R.string.erase_all)) {
        at.act({
            val id = me.person.personId()
            at.core.lock()
            at.core.app.removePerson(id)
            biometrics.forget(id)
        }) { at.reset("start") }
    }
}
