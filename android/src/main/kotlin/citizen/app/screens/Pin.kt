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
import citizen.core.Person
import citizen.core.PersonStateKind
import citizen.core.PersonStateView
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

    /** What was wrong. */
    protected fun notice(): List<Block> = listOfNotNull(wrong?.let { (title, words) -> Banner(Tone.BAD, title, words) })

    protected fun pad(): List<Block> = listOf(Dots(entered.length, DIGITS, at.count(R.plurals.digits_entered, entered.length))) + notice() + Keypad(at.text(R.string.erase), ::type) { entered = entered.dropLast(1); at.redraw() }

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

/** Has a new PIN entered twice. */
abstract class NewPinPad<S : Any>(at: Here) : PinPad<S>(at) {
    private var first: String? = null

    /** What is asked for. */
    protected val question get() = if (first == null) R.string.pin_choose else R.string.pin_again

    /** The PIN, once it was entered twice; the core says whether it may be chosen. Off the main thread. */
    protected fun chosen(pin: String): String? {
        val before = first
        first = null
        when {
            before == null -> { at.core.app.checkPin(pin); first = pin }
            before != pin -> wrong = at.text(R.string.pin_differs) to at.text(R.string.pin_differs_words)
            else -> return pin
        }
        return null
    }
}

/** After the browser has come back: the PIN that opens this person's data, chosen twice where it is new. */
class PinScreen(at: Here) : NewPinPad<Boolean>(at) {
    private val goesOn get() = at.core.login?.whose
    private var hasOne = false
    private val biometrics = KeystoreBiometrics(at.context as Activity)

    /** Whether somebody's PIN exists already. */
    override suspend fun load() = goesOn != null || hasOne

    override fun view(state: Boolean): Page {
        val login = at.core.login ?: return cameToNothing(at.text(R.string.sign_in_lost), at.text(R.string.sign_in_lost_words))
        login.trouble?.let { error -> return at.say(error).let { (reason, action) -> cameToNothing(reason, action) } }
        val words = if (state) R.string.pin_known_words else R.string.pin_choose_words
        return Page(
            title = at.text(R.string.pin),
            blocks = listOf(Heading(at.text(if (state) R.string.pin_known else question)), Words(at.text(words), muted = true)) + pad(),
            second = when {
                goesOn != null -> null
                hasOne -> Action(at.text(R.string.pin_someone_else)) { hasOne = false; at.redraw() }
                else -> Action(at.text(R.string.pin_have_one)) { hasOne = true; at.redraw() }
            },
        )
    }

    /** A login that came to nothing is used up, and is begun again. */
    private fun cameToNothing(reason: String, action: String) = Page(
        title = at.text(R.string.sign_in),
        blocks = listOf(Banner(Tone.BAD, reason, action)),
        main = Action(at.text(R.string.sign_in_go)) { at.replace(if (goesOn == null) "sign-in/${SignInScreen.NEW}" else "sign-in") },
        second = if (goesOn == null) null else Action(at.text(R.string.add_person)) { at.replace("add-person") },
    )

    override suspend fun take(pin: String) {
        // A wrong one costs a try, and not the login.
        goesOn?.let { at.core.app.dataKey(it, pin).fill(0) }
        if (load()) finish(pin) else chosen(pin)?.let { finish(it) }
    }

    private suspend fun finish(pin: String) {
        val login = at.core.login ?: return
        val address = at.core.cameBack ?: return
        at.core.cameBack = null
        val person = try {
            login.whose?.let { at.core.app.completeLoginOf(it, login.attempt, address, pin) } ?: at.core.app.completeLogin(login.attempt, address, pin)
        } catch (error: CitizenException) {
            login.trouble = error
            return
        }
        at.core.login = null
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
    class State(val people: List<PersonSummary>, val current: String?, val standing: PersonStateView?)

    private val biometrics = KeystoreBiometrics(at.context as Activity)

    override suspend fun load(): State {
        val people = at.core.app.people()
        val chosen = at.core.app.currentPerson()
        val current = (people.firstOrNull { it.personId == chosen } ?: people.firstOrNull())?.personId
        return State(people, current, current?.let(at.core.app::personState))
    }

    override fun view(state: State): Page {
        val who = state.people.firstOrNull { it.personId == state.current }
        val closed = state.standing?.kind in SignInScreen.CLOSED
        val waits = state.standing?.kind == PersonStateKind.PAUSED || state.standing?.kind == PersonStateKind.DEVICE_NOT_YET_UNLOCKED
        // Of data that do not open here the name is not known either.
        val greeting = who?.label.orEmpty().ifEmpty { null }?.let { Heading(at.text(R.string.unlock_title, it)) }
        val said = state.standing?.takeIf { closed || waits }?.let { Banner(Tone.WARN, at.text(R.string.person_closed), at.say(it.sentence)) }
        val blocks = listOfNotNull(greeting) + if (said != null) listOf(said) else listOf(Words(at.text(R.string.unlock_words), muted = true)) + pad()
        val finger = who?.takeIf { biometrics.chosenBy(it.personId) }?.let { person -> Action(at.text(R.string.biometrics_use)) { recognise(person.personId) } }
        val forgotten = if (closed) emptyList() else listOf(Push(Action(at.text(R.string.pin_forgotten)) { at.go("forgot-pin") }))
        return Page(
            title = at.text(R.string.unlock),
            back = false,
            blocks = blocks + forgotten + others(state, who),
            main = when {
                closed -> Action(at.text(R.string.sign_in_go)) { at.go("add-person") }
                waits -> Action(at.text(R.string.try_once_more)) { at.redraw() }
                else -> null
            },
            second = finger,
        )
    }

    private fun recognise(person: String) = biometrics.open(person, ::unrecognised) { key ->
        at.act { opened(at.core.app.unlockWithKey(person, key).also { key.fill(0) }) }
    }

    private fun unrecognised(why: Unrecognised) {
        wrong = at.text(why.title) to at.text(why.words)
        at.redraw()
    }

    private fun others(state: State, who: PersonSummary?): List<Block> =
        state.people.filter { it.personId != who?.personId }.map { other ->
            Push(Action(at.text(R.string.unlock_other, nameOf(at, other))) { at.act { at.core.app.choosePerson(other.personId) } })
        }

    override suspend fun take(pin: String) {
        opened(at.core.app.unlock(checkNotNull(load().current), pin))
    }

    /** Screens that somebody else had open are not shown to this person. */
    private fun opened(person: Person) {
        if (!at.core.take(person)) at.context.mainExecutor.execute { at.reset("home") }
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
