package citizen.app.harness

import citizen.app.bridge.Core
import citizen.app.bridge.Unlocked
import citizen.core.CardsInterface
import citizen.core.CasesInterface
import citizen.core.CitizenAppInterface
import citizen.core.DraftsInterface
import citizen.core.GrievancesInterface
import citizen.core.MandatesInterface
import citizen.core.OutboxInterface
import citizen.core.Person
import citizen.core.PersonInterface
import citizen.core.RegisterLogInterface
import citizen.core.ServicesInterface
import java.util.concurrent.atomic.AtomicInteger
import java.util.function.Consumer

/** The core with each call counted that the shell makes to it. */
class CountedCore(open: () -> CitizenAppInterface) : Core(open) {
    val crossings = AtomicInteger()

    /** How often the shell has said that somebody is there. */
    val touches = AtomicInteger()
    private val told = Consumer<String> { name -> (if (name == "keepOpen") touches else crossings).incrementAndGet() }

    override val app: CitizenAppInterface by lazy { counted<CitizenAppInterface>(super.app) }
    override val services: ServicesInterface by lazy { counted<ServicesInterface>(super.services) }

    override fun unlocked(person: Person) = super.unlocked(person).run {
        Unlocked(
            counted<PersonInterface>(this.person), counted<DraftsInterface>(drafts), counted<OutboxInterface>(outbox), counted<CasesInterface>(cases), counted<CardsInterface>(cards),
            { counted<MandatesInterface>(mandates) }, { counted<GrievancesInterface>(grievances) }, { counted<RegisterLogInterface>(registerLog) },
        )
    }

    private inline fun <reified T : Any> counted(real: T): T = Passing.on(T::class.java, real, told)
}
