package citizen.app.bridge

import android.os.SystemClock
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
import java.util.concurrent.ConcurrentHashMap

/** The core as the whole app holds it: one for the process. All of it is called off the main thread. */
open class Core(private val open: () -> CitizenAppInterface) {
    open val app: CitizenAppInterface by lazy(open)
    open val services: ServicesInterface by lazy { app.services() }

    /** Whoever is unlocked; none while the app is locked. */
    @Volatile var person: Unlocked? = null
        private set

    /** Who that is, without asking the core. */
    @Volatile var unlockedId: String? = null
        private set

    /** A login that has begun, and the address that the browser came back to. In memory only. */
    @Volatile var login: LoginAttempt? = null
    @Volatile var cameBack: String? = null

    /** Whether the phone has a network, as the platform says. */
    @Volatile var online = true

    /** Called when a screen may show something else than before, on any thread. */
    @Volatile var changed: () -> Unit = {}

    /** Called when the city has told something new, on any thread. */
    @Volatile var news: () -> Unit = {}

    /** Called when something that is being sent has come further, on any thread. */
    @Volatile var progressed: () -> Unit = {}

    /** The same, for the job that sends while nobody looks. */
    @Volatile var watched: () -> Unit = {}

    /** How far each file is that is being sent, by its transaction. */
    val sending = ConcurrentHashMap<String, UploadProgress>()

    /** When the app went out of sight, by the clock that counts since the phone was started. */
    @Volatile var leftAt: Long? = null

    private var background: Background? = null

    /** Whether the app was out of sight for at least so many minutes. */
    fun outOfSight(minutes: Int) = leftAt?.let { SystemClock.elapsedRealtime() - it >= minutes * 60_000L } == true

    /** Takes a person who was just opened, and begins to send and to keep up for them. */
    @Synchronized
    fun take(opened: Person) {
        background?.stop()
        person = unlocked(opened)
        unlockedId = opened.personId()
        background = opened.startBackground(Told(this))
    }

    protected open fun unlocked(person: Person) = Unlocked(person, person.drafts(), person.outbox(), person.cases(), person.cards())

    @Synchronized
    fun lock() {
        background?.stop()
        background = null
        unlockedId?.let(app::lock)
        person = null
        unlockedId = null
        sending.clear()
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
private class Told(private val core: Core) : Follower {
    override fun progressed(progress: UploadProgress) {
        core.sending[progress.transactionId] = progress
        core.progressed()
        core.watched()
    }

    override fun sent(report: Sent) {
        core.sending.clear()
        core.progressed()
        core.changed()
    }

    override fun pulled(report: Pulled) {
        if (report.cases + report.cards + report.deliveries > 0u) core.news()
        core.changed()
    }

    override fun ended(reason: CitizenException) = core.changed()
}
