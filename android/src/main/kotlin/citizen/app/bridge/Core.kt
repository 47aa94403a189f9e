package citizen.app.bridge

import citizen.core.Background
import citizen.core.CardsInterface
import citizen.core.CasesInterface
import citizen.core.CitizenAppInterface
import citizen.core.CitizenException
import citizen.core.DraftsInterface
import citizen.core.Follower
import citizen.core.GrievancesInterface
import citizen.core.Language
import citizen.core.LoginAttempt
import citizen.core.MandatesInterface
import citizen.core.OutboxInterface
import citizen.core.Person
import citizen.core.PersonInterface
import citizen.core.Pulled
import citizen.core.RegisterLogInterface
import citizen.core.Sent
import citizen.core.ServicesInterface
import citizen.core.Text
import citizen.core.UploadProgress
import java.util.concurrent.ConcurrentHashMap

/** The core as the whole app holds it: one for the process. All of it is called off the main thread. */
open class Core(open: () -> CitizenAppInterface) {
    private val begun = lazy(open)
    open val app: CitizenAppInterface get() = begun.value
    open val services: ServicesInterface by lazy { app.services() }

    /** Whose matters are shown: whoever is unlocked, or somebody they act for. None while the app is locked. */
    @Volatile var person: Unlocked? = null
        private set

    /** Whoever is unlocked, also while they act for somebody. */
    @Volatile var own: Unlocked? = null
        private set

    /** Who that is, without asking the core. */
    @Volatile var unlockedId: String? = null
        private set

    /** What somebody is called whom the person acts for now. */
    @Volatile var helped: String? = null
        private set

    /** Whose screens are open, and for whom they act there: also while the app is locked, and where a process ended. */
    @Volatile var place = Place()

    /** A login that has begun, and the address that the browser came back to. In memory only. */
    @Volatile var login: Login? = null
    @Volatile var cameBack: String? = null

    /** Whether the browser is to come back from a login. */
    val signingIn get() = login?.trouble == null && login != null

    /** What a person has written of a mandate that was not given yet. In memory only, and gone when the app locks. */
    val offer = MandateOffer()

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

    private var opened: Person? = null
    private var background: Background? = null

    /**
     * Takes a person who was just opened, and begins to send and to keep up for them. Says whether their screens are those
     * that were open before.
     */
    @Synchronized
    fun take(person: Person): Boolean {
        val id = person.personId()
        val before = place
        opened = person
        unlockedId = id
        own = unlocked(person)
        place = Place(id)
        val returns = before.whose == null || before.whose == id
        if (returns) before.helping?.let(::helpAgain)
        if (helped == null) this.person = own
        follow()
        return returns
    }

    /** Goes on acting for somebody; where that is no longer possible, for oneself. */
    private fun helpAgain(id: String) {
        try {
            help(checkNotNull(own).mandates.openRepresented(id))
        } catch (_: CitizenException) {
            helped = null
        }
    }

    /** From now on the screens show somebody's matters whom the person acts for. */
    @Synchronized
    fun actFor(theirs: Person) {
        help(theirs)
        // What is written for somebody is sent too: from the first time on that it is opened.
        follow()
    }

    private fun help(theirs: Person) {
        helped = theirs.label()
        place = Place(unlockedId, theirs.personId())
        person = unlocked(theirs)
    }

    /** The screens show the person's own matters again. */
    @Synchronized
    fun actForOneself() {
        helped = null
        place = Place(unlockedId)
        person = own
    }

    private fun follow() {
        background?.stop()
        background = opened?.startBackground(Told(this))
    }

    protected open fun unlocked(person: Person) =
        Unlocked(person, person.drafts(), person.outbox(), person.cases(), person.cards(), person::mandates, person::grievances, person::registerLog)

    /** Writes everything about whoever is unlocked into a file that is not there yet. */
    fun export(language: Language, file: String) = opened?.let { app.export(it, language, file) }

    /** Somebody has touched the phone. */
    fun touched() {
        if (unlockedId != null) app.keepOpen()
    }

    @Synchronized
    fun lock() {
        if (unlockedId != null) app.onBackground()
        forget()
    }

    /** Lets go of what the core has locked. */
    @Synchronized
    fun forget() {
        background?.stop()
        background = null
        opened = null
        own = null
        person = null
        helped = null
        unlockedId = null
        offer.clear()
        sending.clear()
    }

    /** Says that the network came or went. */
    fun network(there: Boolean) {
        online = there
        if (there) listOfNotNull(own, person).distinct().forEach { it.outbox.networkChanged() }
        changed()
    }

    /** Ends as a process would: what is open is closed and nothing runs on. */
    fun shutdown() {
        lock()
        if (begun.isInitialized()) app.shutdown()
    }
}

/** Whose screens are open, and for whom that person acts there. */
data class Place(val whose: String? = null, val helping: String? = null)

/** A login that has begun, of somebody who goes on here or of somebody new; what it came to, where that was nothing. */
class Login(val attempt: LoginAttempt, val whose: String?) {
    @Volatile var trouble: CitizenException? = null
}

/** What was written of a mandate so far. */
class MandateOffer {
    var name = ""
    var idNumber = ""
    var files: Boolean? = null
    var everything: Boolean? = null
    var until = ""
    val services = LinkedHashMap<String, Text>()

    fun clear() {
        name = ""
        idNumber = ""
        files = null
        everything = null
        until = ""
        services.clear()
    }
}

/** An unlocked person with what hangs on them. */
class Unlocked(
    val person: PersonInterface,
    val drafts: DraftsInterface,
    val outbox: OutboxInterface,
    val cases: CasesInterface,
    val cards: CardsInterface,
    mandates: () -> MandatesInterface,
    grievances: () -> GrievancesInterface,
    registerLog: () -> RegisterLogInterface,
) {
    /** What the person is called. */
    val label by lazy { person.label() }
    val mandates by lazy(mandates)
    val grievances by lazy(grievances)
    val registerLog by lazy(registerLog)
}

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
        if (report.cases + report.cards + report.deliveries + report.mandates > 0u) core.news()
        core.changed()
    }

    /** The core locks by itself once nobody was there for a while. */
    override fun ended(reason: CitizenException) {
        // One who was opened meanwhile stays.
        if (reason.name == LOCKED && core.own?.person?.isUnlocked() == false) core.forget()
        core.changed()
    }
}

/** The stable name of the error with which whatever is locked answers. */
const val LOCKED = "locked"
