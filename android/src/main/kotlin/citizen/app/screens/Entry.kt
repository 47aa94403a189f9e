package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.bridge.Login
import citizen.app.design.About
import citizen.app.design.Action
import citizen.app.design.AskChoice
import citizen.app.design.Banner
import citizen.app.design.Block
import citizen.app.design.Heading
import citizen.app.design.Line
import citizen.app.design.Option
import citizen.app.design.Page
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.app.MainActivity
import citizen.core.ConsentState
import citizen.core.PersonStateKind

/** Where the app begins: finds out which screen the person needs. */
class StartScreen(at: Here) : Screen<String>(at) {
    override val needsPerson = false
    override suspend fun load() = when {
        at.core.app.people().isNotEmpty() -> "home"
        at.core.app.consents(null).any { it.purpose.needed && !it.given } -> "welcome"
        else -> "sign-in"
    }

    override fun view(state: String): Page {
        at.reset(state)
        return Page(at.text(R.string.app_name), emptyList(), back = false, personal = false)
    }
}

/** What the app does with what it is told, purpose by purpose, and the person's word on each. Nothing has left the phone before. */
class WelcomeScreen(at: Here) : Screen<List<ConsentState>>(at) {
    override val needsPerson = false
    private val asked = Agreement(at)
    override suspend fun load() = at.core.app.consents(null)

    override fun view(state: List<ConsentState>) = Page(
        title = at.text(R.string.app_name),
        back = false,
        personal = false,
        blocks = listOf<Block>(
            Heading(at.text(R.string.welcome_title)),
            Words(at.text(R.string.welcome_words)),
            Line(at.text(R.string.welcome_offline), at.text(R.string.welcome_offline_words), icon = R.drawable.ic_offline),
            Line(at.text(R.string.welcome_sealed), at.text(R.string.welcome_sealed_words), icon = R.drawable.ic_lock),
            AskChoice("elder", About(at.text(R.string.text_size)), sizes(at), several = false) { chooseSize(at, it) },
            Heading(at.text(R.string.welcome_purposes)),
        ) + asked.blocks(state),
        main = Action(at.text(R.string.welcome_agree)) { asked.give(state) { at.reset("sign-in") } },
    )
}

/** The two sizes that everything comes in. */
fun sizes(at: Here) = listOf(
    Option("usual", at.text(R.string.text_usual), !at.settings.elder),
    Option("elder", at.text(R.string.text_elder), at.settings.elder),
)

fun chooseSize(at: Here, size: String) {
    at.settings.elder = size == "elder"
    (at.context as MainActivity).dressAnew()
}

/** Signing in: in the person's own browser, at the city's own pages. Of whoever goes on here, or of somebody new. */
class SignInScreen(at: Here, private val whose: String) : Screen<SignInScreen.State>(at) {
    class State(val others: Boolean, val goesOn: String?)

    override val needsPerson = false

    override suspend fun load(): State {
        val people = at.core.app.people()
        val current = at.core.app.currentPerson()?.takeIf { whose != NEW }
        val known = people.firstOrNull { it.personId == current && !it.earlier }
        return State(people.isNotEmpty(), known?.personId?.takeIf { at.core.app.personState(it).kind !in CLOSED })
    }

    override fun view(state: State) = Page(
        title = at.text(R.string.sign_in),
        back = state.others,
        personal = false,
        blocks = listOfNotNull(
            Heading(at.text(R.string.sign_in_title)),
            Words(at.text(R.string.sign_in_words)),
            Line(at.text(R.string.sign_in_id), at.text(R.string.sign_in_id_words), icon = R.drawable.ic_card),
            Line(at.text(R.string.sign_in_code), at.text(R.string.sign_in_code_words), icon = R.drawable.ic_check),
            if (state.goesOn == null) Line(at.text(R.string.sign_in_pin), at.text(R.string.sign_in_pin_words), icon = R.drawable.ic_lock) else null,
            if (state.goesOn == null) Line(at.text(R.string.new_phone), at.text(R.string.new_phone_words), icon = R.drawable.ic_device) else null,
            if (at.core.online) null else Banner(Tone.WARN, at.text(R.string.sign_in_offline), at.text(R.string.sign_in_offline_words)),
        ),
        main = Action(at.text(R.string.sign_in_go)) {
            at.act({ at.core.app.beginLoginOf(state.goesOn, REDIRECT, at.language).also { at.core.login = Login(it, state.goesOn) }.url() }) { at.browse(it) }
        },
    )

    companion object {
        const val NEW = "new"
        private const val REDIRECT = "citizen-app:/callback"

        /** No PIN opens these: whoever signs in begins beside them. */
        val CLOSED = listOf(PersonStateKind.KEY_MISSING, PersonStateKind.PIN_USED_UP)
    }
}
