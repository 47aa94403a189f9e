package citizen.app.screens

import android.app.Activity
import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.Action
import citizen.app.design.Banner
import citizen.app.design.Block
import citizen.app.design.Chip
import citizen.app.design.Heading
import citizen.app.design.Line
import citizen.app.design.Page
import citizen.app.design.Push
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.app.platform.KeystoreBiometrics
import citizen.core.ConsentState
import citizen.core.PersonStateKind
import citizen.core.PersonStateView
import citizen.core.PersonSummary

/** What somebody is called; of data that do not open here the name is not known. */
fun nameOf(at: Here, person: PersonSummary) = person.label.ifEmpty { at.text(R.string.no_name) }

/** Everyone with data on this phone. */
class PeopleScreen(at: Here) : Screen<List<PersonSummary>>(at) {
    override suspend fun load() = at.core.app.people()

    override fun view(state: List<PersonSummary>) = Page(
        title = at.text(R.string.people),
        blocks = listOf<Block>(Words(at.text(R.string.people_words))) + state.map(::line),
        main = Action(at.text(R.string.add_person), R.drawable.ic_plus) { at.go("add-person") },
    )

    private fun line(person: PersonSummary): Block {
        val chip = when {
            person.personId == at.core.unlockedId -> Chip(at.text(R.string.person_now), Tone.OK)
            person.earlier -> Chip(at.text(R.string.person_earlier), Tone.PLAIN)
            else -> null
        }
        return Line(nameOf(at, person), chip = chip, icon = R.drawable.ic_person) { at.go("person/${person.personId}") }
    }
}

/** One of them: going on as that person, or removing what is theirs from this phone. */
class PersonScreen(at: Here, private val id: String) : Screen<PersonScreen.State>(at) {
    class State(val person: PersonSummary, val standing: PersonStateView)

    override suspend fun load() = State(at.core.app.people().first { it.personId == id }, at.core.app.personState(id))

    override fun view(state: State): Page {
        val name = nameOf(at, state.person)
        val here = id == at.core.unlockedId
        val said = at.say(state.standing.sentence)
        val words = listOfNotNull(
            if (here) Banner(Tone.OK, at.text(R.string.person_now), at.text(R.string.person_now_words)) else null,
            if (state.person.earlier) Banner(Tone.PLAIN, at.text(R.string.person_earlier), at.text(R.string.person_earlier_words)) else null,
            if (state.standing.kind in SAID) Banner(Tone.WARN, at.text(R.string.person_closed), said) else null,
        )
        return Page(
            title = name,
            blocks = words + Heading(at.text(R.string.remove_person, name)) + Words(at.text(R.string.remove_person_words, name)) +
                Push(Action(at.text(R.string.remove_person, name)) { remove(name) }, bad = true),
            main = if (here || state.standing.kind in SignInScreen.CLOSED) null else Action(at.text(R.string.switch_to, name)) { switch() },
        )
    }

    private fun switch() = at.act({ at.core.lock(); at.core.app.choosePerson(id) }) { at.reset("home") }

    private fun remove(name: String) = at.confirm(at.text(R.string.remove_person, name), at.text(R.string.remove_person_words, name), at.text(R.string.remove_person, name)) {
        val here = id == at.core.unlockedId
        at.act({
            if (here) at.core.lock()
            at.core.app.removePerson(id)
            KeystoreBiometrics(at.context as Activity).forget(id)
        }) { if (here) at.reset("start") else at.back() }
    }

    private companion object {
        /** What a person must be told before they go on. */
        val SAID = SignInScreen.CLOSED + listOf(PersonStateKind.PAUSED, PersonStateKind.DEVICE_NOT_YET_UNLOCKED)
    }
}

/** Somebody new on this phone agrees for themselves, then signs in. */
class AddPersonScreen(at: Here) : Screen<List<ConsentState>>(at) {
    override val needsPerson = false
    private val asked = Agreement(at)
    override suspend fun load() = at.core.app.consents(null)

    override fun view(state: List<ConsentState>) = Page(
        title = at.text(R.string.add_person),
        personal = false,
        blocks = listOf<Block>(Words(at.text(R.string.add_person_words)), Heading(at.text(R.string.welcome_purposes))) + asked.blocks(state),
        main = Action(at.text(R.string.agree_and_sign_in)) { asked.give(state) { at.replace("sign-in/${SignInScreen.NEW}") } },
    )
}
