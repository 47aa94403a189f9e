package citizen.app

import android.view.View
import android.widget.EditText
import citizen.app.bridge.Amount
import citizen.app.design.LineView
import citizen.app.harness.City
import citizen.app.harness.Phone
import citizen.app.harness.TestApp
import citizen.core.wordsOfAmount
import org.junit.Assert.assertEquals
import org.junit.Assert.assertSame
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** How much is done for what a person does: counted, so that it holds on any machine. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = TestApp::class, qualifiers = "zh-rCN-w411dp-h891dp-port-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class WorkTest {
    @Test
    fun whatStaysOnTheScreenIsNotDrawnAgain() {
        City().use { city ->
            TestApp.cityUrl = city.network.url
            val phone = Phone(city)
            phone.tap("同意并开始")
            phone.beginSignIn("330782196611230021")
            repeat(2) { phone.pin("274916") }
            phone.tap("办事")
            aLetterFillsTheRowsThatAreThere(phone)
            aFieldStaysWhileWhatIsWrongIsSaid(phone)
            phone.close()
        }
    }

    private fun aLetterFillsTheRowsThatAreThere(phone: Phone) {
        // Rows that have had a state once keep its place.
        listOf("医", "医保", "报销", "老年", "医").forEach { phone.type("search", it) }
        val (field, views) = phone.field("search") to phone.views().toSet()
        val crossings = phone.app.crossings
        phone.type("search", "医保")
        phone.mustSee("医保")
        assertEquals("calls to the core for a letter", 1, phone.app.crossings - crossings)
        assertSame("the field that is typed into", field, phone.field("search"))
        val rows = phone.views().filterIsInstance<LineView>()
        assertTrue("there are results", rows.size > 3)
        assertEquals("views that were made for a letter", emptyList<View>(), phone.views().filter { it !in views })
        phone.type("search", "没有这样的事项")
        phone.type("search", "医")
        assertTrue("rows that were out of sight come back", phone.views().filterIsInstance<LineView>().count { it in rows } == rows.size)
    }

    private fun aFieldStaysWhileWhatIsWrongIsSaid(phone: Phone) {
        val draft = phone.app.core.person!!.drafts.create("medical-reimbursement")
        phone.activity.go("form/$draft/0")
        phone.settle()
        val field = phone.field("amount")
        var left = 0
        field.addOnAttachStateChangeListener(object : View.OnAttachStateChangeListener {
            override fun onViewAttachedToWindow(view: View) = Unit
            override fun onViewDetachedFromWindow(view: View) { left += 1 }
        })
        val inputs = phone.views().filterIsInstance<EditText>()
        listOf("1", "1x", "1", "12", "").forEach { phone.type("amount", it) }
        phone.type("amount", "十二")
        assertEquals("the keyboard would have gone", 0, left)
        assertTrue("it has the focus", phone.field("amount") === field && field.hasFocus())
        assertEquals("no field was made again", inputs, phone.views().filterIsInstance<EditText>())
    }

    @Test
    fun amountsReadAsTheCoreWritesThem() {
        val amounts = listOf(0L, 1, 99, 100, 123_456, 99_999_999, -5, -123_456_789, Long.MAX_VALUE, Long.MIN_VALUE)
        amounts.forEach { assertEquals(wordsOfAmount(it), Amount.words(it)) }
    }
}
