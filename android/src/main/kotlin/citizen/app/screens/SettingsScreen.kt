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
    class State(val name: String, val session: SessionStatus, val sync: SyncStatus, val lockAfter: ULong)

    private val biometrics = KeystoreBiometrics(at.context as Activity)

    override suspend fun load() = State(me.label, me.person.session(), me.person.syncStatus(), at.core.app.lockAfter())

    override fun view(state: State): Page {
        val signedIn = state.session is SessionStatus.SignedIn
        return Page(
            title = at.text(R.string.settings),
            blocks = listOfNotNull(
                Line(state.name, at.text(if (signedIn) R.string.signed_in else R.string.signed_out), icon = R.drawable.ic_person),
                state.sync.lastPulledAt?.let { Words(at.text(R.string.synced_at, at.time(it)), muted = true) },
                Heading(at.text(R.string.family)),
                way(R.string.people, R.string.people_below, R.drawable.ic_people, "people"),
                way(R.string.mandates, R.string.mandates_below, R.drawable.ic_mandate, "mandates"),
                Heading(at.text(R.string.reading_and_language)),
                AskChoice("elder", About(at.text(R.string.text_size)), sizes(at), several = false) { chooseSize(at, it) },
                AskChoice("language", About(at.text(R.string.app_language)), languages(), several = false, ::speak),
                Heading(at.text(R.string.security)),
            ) + security(signedIn, state.lockAfter) + mine(state.name),
        )
    }

    private fun way(title: Int, below: Int, icon: Int, route: String) = Line(at.text(title), at.text(below), icon = icon) { at.go(route) }

    private fun languages() = listOf("" to R.string.language_phone, "zh" to R.string.language_zh, "en" to R.string.language_en)
        .map { (value, words) -> Option(value, at.text(words), at.settings.language == value) }

    private fun speak(language: String) {
        at.settings.language = language
        (at.context as Activity).recreate()
    }

    private fun security(signedIn: Boolean, lockAfter: ULong): List<Block> = listOfNotNull(
        AskChoice("lock_after", About(at.text(R.string.lock_when_idle)), delays(lockAfter), several = false, ::lockAfter),
        way(R.string.pin_change, R.string.pin_change_below, R.drawable.ic_lock, "change-pin"),
        way(R.string.devices, R.string.devices_below, R.drawable.ic_device, "devices"),
        finger(),
        Push(Action(at.text(R.string.lock_now), R.drawable.ic_lock) { at.act({ at.core.lock() }) { at.reset("home") } }),
        if (signedIn) Push(Action(at.text(R.string.sign_out)) { at.confirm(at.text(R.string.sign_out), at.text(R.string.sign_out_words), at.text(R.string.sign_out)) { at.act { me.person.signOut() } } })
        else Push(Action(at.text(R.string.sign_in_go)) { at.go("sign-in") }),
    )

    /** The core counts from the last touch; going out of sight is the shell's to see. */
    private fun delays(lockAfter: ULong): List<Option> {
        val once = Option(AT_ONCE, at.text(R.string.lock_at_once), at.settings.lockAtOnce)
        return listOf(once) + MINUTES.map { Option(it.toString(), at.count(R.plurals.lock_minutes, it), !at.settings.lockAtOnce && lockAfter == it.toULong() * 60uL) }
    }

    private fun lockAfter(chosen: String) {
        at.settings.lockAtOnce = chosen == AT_ONCE
        val minutes = chosen.toUIntOrNull() ?: USUAL
        at.act { at.core.app.setLockAfter(minutes.toULong() * 60uL) }
    }

    /** Opening with a finger or a face, where the phone can tell people apart well enough. */
    private fun finger(): Block? {
        val person = at.core.unlockedId ?: return null
        return when {
            !biometrics.possible -> null
            biometrics.chosenBy(person) -> Push(Action(at.text(R.string.biometrics_stop)) { biometrics.forget(person); at.redraw() })
            else -> Push(Action(at.text(R.string.biometrics_use)) { at.go("biometrics") })
        }
    }

    private fun mine(name: String): List<Block> = listOf(
        Heading(at.text(R.string.my_data)),
        way(R.string.consents, R.string.consents_below, R.drawable.ic_check, "consents"),
        Line(at.text(R.string.export), at.text(R.string.export_below), icon = R.drawable.ic_export) { export(name) },
        Push(Action(at.text(R.string.erase_all)) { erase() }, bad = true),
    )

    private fun export(name: String) = at.confirm(at.text(R.string.export), at.text(R.string.export_words), at.text(R.string.export_now)) {
        val words = { at.confirm(at.text(R.string.exported), at.text(R.string.exported_words), "") {} }
        at.save(at.text(R.string.export_file, name), { path -> at.core.export(at.language, path) }, words)
    }

    /** Everyone's, named, so that nobody deletes what is another's without knowing. */
    private fun erase() = at.act({ at.core.app.people() }) { people ->
        val names = people.joinToString(at.text(R.string.between_names)) { nameOf(at, it) }
        at.confirm(at.text(R.string.erase_all), at.text(R.string.erase_all_words, names), at.text(R.string.erase_all)) {
            at.act({ at.core.forget(); at.core.app.eraseEverything() }) { at.beginAnew() }
        }
    }

    private companion object {
        const val AT_ONCE = "at_once"
        const val USUAL = 5u
        val MINUTES = listOf(1, 5, 15)
    }
}
