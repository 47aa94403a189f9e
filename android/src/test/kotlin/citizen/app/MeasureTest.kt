package citizen.app

import citizen.app.harness.City
import citizen.app.harness.Phone
import citizen.app.harness.TestApp
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** How long a person waits, on the JVM, with the core as it is built for tests. Printed, not judged: machines differ. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = TestApp::class, qualifiers = "zh-rCN-w411dp-h891dp-port-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class MeasureTest {
    @Test
    fun howLongAPersonWaits() {
        City().use { city ->
            TestApp.cityUrl = city.network.url
            val phone = Phone(city)
            phone.tap("同意并开始")
            phone.beginSignIn("330782196611230021")
            repeat(2) { phone.pin("274916") }
            phone.mustSee("医保余额")
            measure("home, core open and unlocked") { phone.activity.redraw(); phone.settle() }
            phone.tap("办事")
            val words = listOf("报", "报销", "医", "医保", "社保卡")
            var typed = 0
            measure("search, from a letter to the results") { phone.type("search", words[typed++ % words.size]) }
            val services = phone.app.core.app.services()
            measure("of that the core") { services.search(words[typed++ % words.size], citizen.core.Language.ZH, 10u) }
            val draft = phone.app.core.person!!.drafts.create("medical-reimbursement")
            measure("opening a form's page") { phone.activity.go("form/$draft/0"); phone.settle() }
            phone.close()
        }
    }

    private fun measure(what: String, work: () -> Unit) {
        repeat(WARM) { work() }
        val times = List(ROUNDS) { val begun = System.nanoTime(); work(); (System.nanoTime() - begun) / 1e6 }.sorted()
        println("%s: median %.1f ms, slowest %.1f ms".format(what, times[ROUNDS / 2], times.last()))
    }

    private companion object {
        const val WARM = 5
        const val ROUNDS = 15
    }
}
