package citizen.app.harness

import citizen.app.bridge.Core
import citizen.app.bridge.Unlocked
import citizen.core.CardsInterface
import citizen.core.CasesInterface
import citizen.core.CitizenAppInterface
import citizen.core.DraftsInterface
import citizen.core.OutboxInterface
import citizen.core.Person
import citizen.core.PersonInterface
import citizen.core.ServicesInterface
import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Proxy
import java.util.concurrent.atomic.AtomicInteger
import kotlin.coroutines.Continuation
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED

/** The core with each call counted that the shell makes to it. */
class CountedCore(open: () -> CitizenAppInterface) : Core(open) {
    val crossings = AtomicInteger()

    override val app: CitizenAppInterface by lazy { counted<CitizenAppInterface>(super.app) }
    override val services: ServicesInterface by lazy { counted<ServicesInterface>(super.services) }

    override fun unlocked(person: Person) = super.unlocked(person).run {
        Unlocked(counted<PersonInterface>(this.person), counted<DraftsInterface>(drafts), counted<OutboxInterface>(outbox), counted<CasesInterface>(cases), counted<CardsInterface>(cards))
    }

    private inline fun <reified T : Any> counted(real: T): T {
        val seen = Proxy.newProxyInstance(T::class.java.classLoader, arrayOf(T::class.java)) { _, method, arguments ->
            crossings.incrementAndGet()
            try {
                method.invoke(real, *arguments.orEmpty())
            } catch (failed: InvocationTargetException) {
                val waiting = arguments?.lastOrNull() as? Continuation<*> ?: throw failed.targetException
                waiting.resumeWith(Result.failure(failed.targetException))
                COROUTINE_SUSPENDED
            }
        }
        return seen as T
    }
}
