package citizen.app.screens

import citizen.app.bridge.Here
import citizen.app.bridge.Unlocked
import citizen.app.design.Page

/** A screen: what it knows comes from the core ([load]), what it shows is made of that ([view]). It keeps no data of its own. */
abstract class Screen<S : Any>(protected val at: Here) {
    /** Whether somebody must be unlocked. */
    open val needsPerson: Boolean = true

    /** Whether the person is in the middle of writing, so that nothing may be drawn from under their hands. */
    open val writing: Boolean = false

    /** Whether it says how far files are that are being sent. */
    open val showsProgress: Boolean = false

    protected val me: Unlocked get() = checkNotNull(at.core.person)

    /** Takes a file that the person photographed or chose for this screen, [instead] of one that is there. Off the main thread. */
    open suspend fun picked(path: String, instead: String?) = Unit

    /** Reads what the screen shows. Off the main thread. */
    abstract suspend fun load(): S

    /** The page for a state. */
    abstract fun view(state: S): Page
}

/** The screen of a name, such as `case/0199…`. */
fun screenOf(route: String, at: Here): Screen<*> {
    val parts = route.split('/')
    val id = parts.getOrElse(1) { "" }
    return when (parts.first()) {
        "welcome" -> WelcomeScreen(at)
        "sign-in" -> SignInScreen(at, id)
        "add-person" -> AddPersonScreen(at)
        "pin" -> PinScreen(at)
        "biometrics" -> BiometricsScreen(at)
        "change-pin" -> ChangePinScreen(at)
        "forgot-pin" -> ForgotPinScreen(at)
        "locked" -> LockedScreen(at)
        "home" -> HomeScreen(at)
        "services" -> ServicesScreen(at)
        "life-event" -> LifeEventScreen(at, id)
        "service" -> ServiceScreen(at, id)
        "form" -> FormScreen(at, id, parts.getOrElse(2) { "0" }.toInt())
        "paper" -> PaperScreen(at, id, parts.getOrElse(2) { "" })
        "review" -> ReviewScreen(at, id)
        "answer" -> AnswerScreen(at, id)
        "outbox" -> OutboxScreen(at)
        "cases" -> CasesScreen(at)
        "case" -> CaseScreen(at, id)
        "settlement" -> SettlementScreen(at, id)
        "insurance" -> InsuranceScreen(at)
        "cards" -> CardsScreen(at)
        "card" -> CardScreen(at, id)
        "code" -> CodeScreen(at, id)
        "verify" -> VerifyScreen(at)
        "grievances" -> GrievancesScreen(at)
        "register-log" -> RegisterLogScreen(at)
        "reading" -> ReadingScreen(at, id.toULong())
        "settings" -> SettingsScreen(at)
        "people" -> PeopleScreen(at)
        "person" -> PersonScreen(at, id)
        "mandates" -> MandatesScreen(at)
        "mandate" -> MandateScreen(at, id)
        "give-mandate" -> GiveMandateScreen(at)
        "devices" -> DevicesScreen(at)
        "consents" -> ConsentsScreen(at)
        else -> StartScreen(at)
    }
}
