package citizen.app.screens

import android.app.Activity
import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.bridge.say
import citizen.app.design.Action
import citizen.app.design.Banner
import citizen.app.design.Block
import citizen.app.design.Dots
import citizen.app.design.Heading
import citizen.app.design.Keypad
import citizen.app.design.Page
import citizen.app.design.Push
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.app.platform.KeystoreBiometrics
import citizen.app.platform.Unrecognised
import citizen.core.CitizenException
import citizen.core.PersonSummary

/** The PIN has as many digits as the dots. */
private const val DIGITS = 6

/** Takes digits until there are enough. They are in memory only, and gone with the screen. */
abstract class PinPad<S : Any>(at: Here) : Screen<S>(at) {
    override val needsPerson = false
    protected var entered = ""
    protected var wrong: Pair<String, String>? = null

    /** All digits are there. Off the main thread; what it throws is shown. */
    protected abstract suspend fun take(pin: String)

    protected fun pad(): List<Block> = listOfNotNull(
        Dots(entered.length, DIGITS, at.count(R.plurals.digits_entered, entered.length)),
        wrong?.let { (title, words) -> Banner(Tone.BAD, title, words) },
        Keypad(at.text(R.string.erase), ::type) { entered = entered.dropLast(1); at.redraw() },
    )

    private fun type(digit: Char) {
        wrong = null
        if (entered.length < DIGITS) entered += digit
        if (entered.length < DIGITS) return at.redraw()
        val pin = entered
        at.act {
            try {
                take(pin)
            } catch (error: CitizenException) {
                wrong = at.say(error)
            } finally {
                entered = ""
            }
        }
    }
}

/** After the browser has come back: the PIN that opens this person's data, chosen twice where it is new. */
class PinScreen(at: Here) : PinPad<Boolean>(at) {
    private var first: String? = null
    private var someoneNew = false
    private val biometrics = KeystoreBiometrics(at.context as Activity)

    /** Whether somebody's PIN exists already. */
    override suspend fun load() = at.core.app.people().isNotEmpty() && !someoneNew

    override fun view(state: Boolean): Page {
        val title = when {
            state -> R.string.pin_known
            first == null -> R.string.pin_choose
            else -> R.string.pin_again
        }
        val words = if (state) R.string.pin_known_words else R.string.pin_choose_words
        return Page(
            title = at.text(R.string.pin),
            blocks = listOf(Heading(at.text(title)), Words(at.text(words), muted = true)) + pad(),
            second = if (state) Action(at.text(R.string.pin_someone_else)) { someoneNew = true; at.redraw() } else null,
        )
    }

    override suspend fun take(pin: String) {
        val app = at.core.app
        if (load()) {
            val known = app.currentPerson() ?: app.people().first().personId
            app.dataKey(known, pin)
            return finish(pin)
        }
        val chosen = first
        when {
            chosen == null -> { app.checkPin(pin); first = pin }
            chosen != pin -> { first = null; wrong = at.text(R.string.pin_differs) to at.text(R.string.pin_differs_words) }
            else -> finish(pin)
        }
    }

    private suspend fun finish(pin: String) {
        val attempt = at.core.login
        val address = at.core.cameBack
        at.core.login = null
        at.core.cameBack = null
        if (attempt == null || address == null) {
            wrong = at.text(R.string.sign_in_lost) to at.text(R.string.sign_in_lost_words)
            return
        }
        val person = at.core.app.completeLogin(attempt, address, pin)
        at.core.take(person)
        val id = person.personId()
        val key = if (biometrics.possible && !biometrics.chosenBy(id)) at.core.app.dataKey(id, pin) else null
        at.context.mainExecutor.execute {
            at.reset("home")
            key?.let { offer(id, it) }
        }
    }

    /** To someone who has just chosen a PIN, once; the settings offer it again. */
    private fun offer(person: String, key: ByteArray) =
        at.confirm(at.text(R.string.biometrics_offer), at.text(R.string.biometrics_offer_words), at.text(R.string.biometrics_use)) {
            biometrics.keep(person, key, { at.confirm(at.text(it.title), at.text(it.words), "") {} }) {}
        }
}

/** The app is locked. Nothing of the person is in memory; what they have here opens without a network. */
class LockedScreen(at: Here) : PinPad<LockedScreen.State>(at) {
    data class State(val people: List<PersonSummary>, val current: String?)

    private val biometrics = KeystoreBiometrics(at.context as Activity)

    override suspend fun load() = State(at.core.app.people(), at.core.app.currentPerson())

    override fun view(state: State): Page {
        val who = state.people.firstOrNull { it.personId == state.current } ?: state.people.firstOrNull()
        return Page(
            title = at.text(R.string.unlock),
            back = false,
            blocks = listOf(
                Heading(at.text(R.string.unlock_title, who?.label.orEmpty())),
                Words(at.text(R.string.unlock_words), muted = true),
            ) + pad() + others(state, who),
            second = who?.takeIf { biometrics.chosenBy(it.personId) }?.let { person ->
                Action(at.text(R.string.biometrics_use)) { recognise(person.personId) }
            },
        )
    }

    private fun recognise(person: String) = biometrics.open(person, ::unrecognised) { key ->
        at.act { at.core.take(at.core.app.unlockWithKey(person, key).also { key.fill(0) }) }
    }

    private fun unrecognised(why: Unrecognised) {
        wrong = at.text(why.title) to at.text(why.words)
        at.redraw()
    }

    private fun others(state: State, who: PersonSummary?): List<Block> =
        state.people.filter { it.personId != who?.personId }.map { other ->
            Push(Action(at.text(R.string.unlock_other, other.label)) { at.act { at.core.app.choosePerson(other.personId) } })
        }

    override suspend fun take(pin: String) {
        val state = load()
        val person = state.current ?: state.people.first().personId
        at.core.take(at.core.app.unlock(person, pin))
    }
}

/** From now on a finger or a face opens the app: the PIN once more, then the finger. */
class BiometricsScreen(at: Here) : PinPad<String>(at) {
    override val needsPerson = true
    private val biometrics = KeystoreBiometrics(at.context as Activity)

    override suspend fun load() = me.person.personId()

    override fun view(state: String) = Page(
        title = at.text(R.string.biometrics_use),
        blocks = listOf(Heading(at.text(R.string.pin_known)), Words(at.text(R.string.biometrics_offer_words), muted = true)) + pad(),
    )

    override suspend fun take(pin: String) {
        val person = load()
        val key = at.core.app.dataKey(person, pin)
        at.context.mainExecutor.execute {
            biometrics.keep(person, key, { wrong = at.text(it.title) to at.text(it.words); at.redraw() }) { at.back() }
        }
    }
}
