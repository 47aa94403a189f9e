package citizen.app.screens

import android.app.Activity
import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.Action
import citizen.app.design.Heading
import citizen.app.design.Page
import citizen.app.design.Words
import citizen.app.platform.KeystoreBiometrics
import citizen.core.PersonSummary

/** Another PIN in the place of the one that opens the data now. */
class ChangePinScreen(at: Here) : NewPinPad<String>(at) {
    override val needsPerson = true
    private var old: String? = null

    override suspend fun load() = checkNotNull(at.core.unlockedId)

    override fun view(state: String) = Page(
        title = at.text(R.string.pin_change),
        blocks = listOf(Heading(at.text(if (old == null) R.string.pin_now else question)), Words(at.text(if (old == null) R.string.pin_known_words else R.string.pin_choose_words), muted = true)) + pad(),
    )

    override suspend fun take(pin: String) {
        val (person, known) = load() to old
        if (known == null) {
            // Wrong ones count as they do at the lock.
            at.core.app.dataKey(person, pin).fill(0)
            old = pin
            return
        }
        val new = chosen(pin) ?: return
        at.core.app.changePin(person, known, new)
        old = null
        at.context.mainExecutor.execute {
            at.back()
            at.confirm(at.text(R.string.pin_changed), at.text(R.string.pin_changed_words), "") {}
        }
    }
}

/** A PIN that nobody remembers: a finger opens the way, else the data are set aside and a sign-in begins others beside them. */
class ForgotPinScreen(at: Here) : NewPinPad<PersonSummary>(at) {
    private val biometrics = KeystoreBiometrics(at.context as Activity)
    private var key: ByteArray? = null

    override suspend fun load(): PersonSummary {
        val people = at.core.app.people()
        val current = at.core.app.currentPerson()
        return people.firstOrNull { it.personId == current } ?: people.first()
    }

    override fun view(state: PersonSummary): Page {
        val person = state.personId
        if (key != null) return Page(at.text(R.string.pin_forgotten), listOf(Heading(at.text(question)), Words(at.text(R.string.pin_choose_words), muted = true)) + pad())
        val aside = Action(at.text(R.string.pin_set_aside)) { setAside(person) }
        val finger = if (biometrics.chosenBy(person)) Action(at.text(R.string.pin_by_finger)) { recognise(person) } else null
        return Page(
            title = at.text(R.string.pin_forgotten),
            blocks = listOfNotNull(
                Heading(at.text(R.string.pin_forgotten_title, state.label)),
                finger?.let { Words(at.text(R.string.pin_by_finger_words)) },
                Words(at.text(R.string.pin_set_aside_words)),
            ) + notice(),
            main = finger ?: aside,
            second = aside.takeIf { finger != null },
        )
    }

    private fun recognise(person: String) = biometrics.open(person, { wrong = at.text(it.title) to at.text(it.words); at.redraw() }) { key = it; at.redraw() }

    private fun setAside(person: String) = at.confirm(at.text(R.string.pin_set_aside), at.text(R.string.pin_set_aside_words), at.text(R.string.pin_set_aside)) {
        at.act({ at.core.app.forgetPin(person); biometrics.forget(person) }) { at.replace("add-person") }
    }

    override suspend fun take(pin: String) {
        val new = chosen(pin) ?: return
        val (person, opened) = load().personId to checkNotNull(key)
        at.core.app.setPin(person, opened, new)
        val returns = at.core.take(at.core.app.unlockWithKey(person, opened).also { opened.fill(0) })
        key = null
        at.context.mainExecutor.execute { if (returns) at.back() else at.reset("home") }
    }
}
