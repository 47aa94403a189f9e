package citizen.app.bridge

import citizen.core.Background
import citizen.core.CardsInterface
import citizen.core.CasesInterface
import citizen.core.CitizenAppInterface
import citizen.core.CitizenException
import citizen.core.DraftsInterface
import citizen.core.Follower
import citizen.core.LoginAttempt
import citizen.core.OutboxInterface
import citizen.core.Person
import citizen.core.PersonInterface
import citizen.core.Pulled
import citizen.core.Sent
import citizen.core.ServicesInterface
import citizen.core.UploadProgress

/** The core as the whole app holds it: one for the process. All of it is called off the main thread. */
open class Core(private val open: () -> CitizenAppInterface) {
    open val app: CitizenAppInterface by lazy(open)
    open val services: ServicesInterface by lazy { app.services() }

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
        person = unlocked(opened)
        background = opened.startBackground(Told { changed() })
    }

    protected open fun unlocked(person: Person) = Unlocked(person, person.drafts(), person.outbox(), person.cases(), person.cards())

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
class Unlocked(
    val person: PersonInterface,
    val drafts: DraftsInterface,
    val outbox: OutboxInterface,
    val cases: CasesInterface,
    val cards: CardsInterface,
)

/** Hears from the core's threads that something is new; what is new is then read from the core. */
private class Told(private val tell: () -> Unit) : Follower {
    override fun progressed(progress: UploadProgress) = Unit
    override fun sent(report: Sent) = tell()
    override fun pulled(report: Pulled) = tell()
    override fun ended(reason: CitizenException) = tell()
}
