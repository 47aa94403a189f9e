package citizen.app.bridge

import citizen.core.Background
import citizen.core.Cards
import citizen.core.Cases
import citizen.core.CitizenApp
import citizen.core.CitizenException
import citizen.core.Drafts
import citizen.core.Follower
import citizen.core.LoginAttempt
import citizen.core.Outbox
import citizen.core.Person
import citizen.core.Pulled
import citizen.core.Sent
import citizen.core.UploadProgress

/** The core as the whole app holds it: one for the process. All of it is called off the main thread. */
class Core(private val open: () -> CitizenApp) {
    val app: CitizenApp by lazy(open)

    /** Whoever is unlocked; none while the app is locked. */
    @Volatile var person: Unlocked? = null
        private set

    /** A login that has begun, and the address that the browser came back to. In memory only. */
    @Volatile var login: LoginAttempt? = null
    @Volatile var cameBack: String? = null

    /** Whether the phone has a network, as the platform says. */
    @Volatile var online = true

    /** Called when something is new, on any thread. */
    @Volatile var changed: () -> Unit = {}

    private var background: Background? = null

    /** Takes a person who was just opened, and begins to send and to keep up for them. */
    @Synchronized
    fun take(opened: Person) {
        background?.stop()
        person = Unlocked(opened)
        background = opened.startBackground(Told { changed() })
    }

    @Synchronized
    fun lock() {
        background?.stop()
        background = null
        person?.let { app.lock(it.person.personId()) }
        person = null
    }

    /** Says that the network came or went. */
    fun network(there: Boolean) {
        online = there
        if (there) person?.outbox?.networkChanged()
        changed()
    }

    /** Ends as a process would: what is open is closed and nothing runs on. */
    fun shutdown() {
        lock()
        app.shutdown()
    }
}

/** An unlocked person with what hangs on them. */
class Unlocked(val person: Person) {
    val drafts: Drafts = person.drafts()
    val outbox: Outbox = person.outbox()
    val cases: Cases = person.cases()
    val cards: Cards = person.cards()
}

/** Hears from the core's threads that something is new; what is new is then read from the core. */
private class Told(private val tell: () -> Unit) : Follower {
    override fun progressed(progress: UploadProgress) = Unit
    override fun sent(report: Sent) = tell()
    override fun pulled(report: Pulled) = tell()
    override fun ended(reason: CitizenException) = tell()
}
