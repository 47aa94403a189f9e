package citizen.app

import citizen.app.harness.City
import citizen.app.harness.Phone
import citizen.app.harness.TestApp
import citizen.core.Answer
import citizen.core.Language
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import java.io.File
import java.lang.management.ManagementFactory

/** How long a person waits, on the JVM, with the core as it is built for tests. Printed, not judged: machines differ. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = TestApp::class, qualifiers = "zh-rCN-w411dp-h891dp-port-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class MeasureTest {
    @Test
    fun howLongAPersonWaits() {
        City(listOf(FORTY)).use { city ->
            TestApp.cityUrl = city.network.url
            val phone = Phone(city)
            phone.tap("同意并开始")
            phone.beginSignIn("330782196611230021")
            repeat(2) { phone.pin(PIN) }
            phone.mustSee("医保余额")
            search(phone)
            form(phone)
            home(phone)
            phone.close()
        }
    }

    private fun search(phone: Phone) {
        phone.tap("办事")
        val words = listOf("报", "报销", "医", "医保", "社保卡")
        var typed = 0
        measure("search, from a letter to the results") { phone.type("search", words[typed++ % words.size]) }
        measure("of that the core") { phone.app.core.services.search(words[typed++ % words.size], Language.ZH, 10u) }
        phone.back()
    }

    private fun form(phone: Phone) {
        val draft = phone.app.core.person!!.drafts.create("household-aid")
        measure("opening a form of 40 questions") { phone.activity.replace("form/$draft/0"); phone.settle() }
        measure("of that the core") { phone.app.core.person!!.drafts.open(draft) }
        var typed = 0
        measure("a letter in it") { phone.type("applicant", "王秀英".take(1 + typed++ % 3)) }
        phone.toHome()
    }

    private fun home(phone: Phone) {
        val filing = System.nanoTime()
        repeat(CASES) { file(phone) }
        phone.until("everything is filed") { phone.app.core.person!!.outbox.page(0u, 1u).isEmpty() }
        println("filing $CASES cases took %.1f s".format((System.nanoTime() - filing) / 1e9))
        measure("home with $CASES cases, drawn again") { phone.activity.redraw(); phone.settle() }
        measure("of that the core") { phone.app.core.person!!.person.home() }
        val person = phone.app.core.app.people().single().personId
        val key = phone.app.core.app.dataKey(person, PIN)
        lateinit var kept: android.os.Bundle
        measure("the app opened with $CASES cases, unlocked by a finger, home drawn", { kept = phone.dies() }, warm = FEW) {
            phone.app.core.take(phone.app.core.app.unlockWithKey(person, key))
            phone.returns(kept)
            phone.mustSee("医保余额")
        }
        measure("the same with the PIN", { kept = phone.dies() }, warm = FEW) {
            phone.app.core.take(phone.app.core.app.unlock(person, PIN))
            phone.returns(kept)
            phone.mustSee("医保余额")
        }
    }

    /** Files a case as a person would, but for the tapping. */
    private fun file(phone: Phone) {
        val drafts = phone.app.core.person!!.drafts
        val draft = drafts.create("library-card")
        drafts.setAnswer(draft, "applicant_name", Answer.Words("王秀英"))
        drafts.setAnswer(draft, "phone", Answer.Words("13800138000"))
        drafts.setAnswer(draft, "reader", Answer.Words("self"))
        drafts.submit(draft)
    }

    /** How long it takes, and how much of that the main thread works: what else runs on the machine lengthens only the first. */
    private fun measure(what: String, before: () -> Unit = {}, warm: Int = WARM, work: () -> Unit) {
        val clock = ManagementFactory.getThreadMXBean()
        val rounds = List(warm + ROUNDS) {
            before()
            val (begun, worked) = System.nanoTime() to clock.currentThreadCpuTime
            work()
            (System.nanoTime() - begun) / 1e6 to (clock.currentThreadCpuTime - worked) / 1e6
        }.drop(warm)
        val middle = { times: List<Double> -> times.sorted()[ROUNDS / 2] }
        println("%s: median %.1f ms, of which the main thread works %.1f ms".format(what, middle(rounds.map { it.first }), middle(rounds.map { it.second })))
    }

    private companion object {
        const val PIN = "274916"
        // What a phone compiles before the app is installed, the JVM compiles while it runs.
        const val WARM = 40
        const val FEW = 5
        const val ROUNDS = 15
        val CASES = Integer.getInteger("cases", 1000)
        val FORTY = File("../tests/bench/src/form/household-aid.json")
    }
}
