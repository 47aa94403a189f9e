package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.About
import citizen.app.design.Action
import citizen.app.design.AskChoice
import citizen.app.design.Banner
import citizen.app.design.Heading
import citizen.app.design.Line
import citizen.app.design.Option
import citizen.app.design.Page
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.app.MainActivity
import citizen.core.Purpose

/** Where the app begins: finds out which screen the person needs. */
class StartScreen(at: Here) : Screen<String>(at) {
    override val needsPerson = false
    override suspend fun load() = when {
        !at.settings.consent -> "welcome"
        at.core.app.people().isEmpty() -> "sign-in"
        else -> "home"
    }

    override fun view(state: String): Page {
        at.reset(state)
        return Page(at.text(R.string.app_name), emptyList(), back = false, personal = false)
    }
}

/** What the app does with what it is told, and the person's word on it. Nothing has left the phone before. */
class WelcomeScreen(at: Here) : Screen<Boolean>(at) {
    override val needsPerson = false
    override suspend fun load() = at.settings.elder

    override fun view(state: Boolean) = Page(
        title = at.text(R.string.app_name),
        back = false,
        personal = false,
        blocks = listOf(
            Heading(at.text(R.string.welcome_title)),
            Words(at.text(R.string.welcome_words)),
            Line(at.text(R.string.welcome_offline), at.text(R.string.welcome_offline_words), icon = R.drawable.ic_offline),
            Line(at.text(R.string.welcome_sealed), at.text(R.string.welcome_sealed_words), icon = R.drawable.ic_lock),
            Line(at.text(R.string.welcome_city), at.text(R.string.welcome_city_words), icon = R.drawable.ic_person),
            AskChoice("elder", About(at.text(R.string.text_size)), sizes(at), several = false) { chooseSize(at, it) },
        ),
        main = Action(at.text(R.string.welcome_agree)) {
            at.act({ Purpose.entries.forEach { at.core.app.giveConsent(null, it) } }) {
                at.settings.consent = true
                at.reset("sign-in")
            }
        },
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

/** Signing in: in the person's own browser, at the city's own pages. */
class SignInScreen(at: Here) : Screen<Boolean>(at) {
    override val needsPerson = false

    /** Whether someone is on this phone already, whose session has ended. */
    override suspend fun load() = at.core.app.people().isNotEmpty()

    override fun view(state: Boolean) = Page(
        title = at.text(R.string.sign_in),
        back = state,
        personal = false,
        blocks = listOfNotNull(
            Heading(at.text(R.string.sign_in_title)),
            Words(at.text(R.string.sign_in_words)),
            Line(at.text(R.string.sign_in_id), at.text(R.string.sign_in_id_words), icon = R.drawable.ic_card),
            Line(at.text(R.string.sign_in_code), at.text(R.string.sign_in_code_words), icon = R.drawable.ic_check),
            Line(at.text(R.string.sign_in_pin), at.text(R.string.sign_in_pin_words), icon = R.drawable.ic_lock),
            if (at.core.online) null else Banner(Tone.WARN, at.text(R.string.sign_in_offline), at.text(R.string.sign_in_offline_words)),
        ),
        main = Action(at.text(R.string.sign_in_go)) {
            at.act({ at.core.app.beginLogin(REDIRECT, at.language).also { at.core.login = it }.url() }) { at.browse(it) }
        },
    )

    private companion object {
        const val REDIRECT = "citizen-app:/callback"
    }
}
