package citizen.app

import citizen.app.harness.City
import citizen.app.harness.Phone
import citizen.app.harness.TestApp
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import java.io.File

/** The whole reimbursement and the senior card, by tapping, against the real core and a real city. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = TestApp::class, qualifiers = "zh-rCN-w411dp-h891dp-port-xxhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class JourneyTest {
    private lateinit var city: City
    private lateinit var phone: Phone

    @Before
    fun start() {
        city = City()
        TestApp.cityUrl = city.network.url
        phone = Phone(city)
    }

    @After
    fun end() {
        phone.close()
        city.close()
    }

    @Test
    fun fromTheFirstStartToTheMoneyAndTheCard() {
        phone.mustSee("办事不用跑")
        phone.tap("同意并开始")
        phone.signIn(WANG, PIN)
        phone.mustSee("王秀英，您好")
        claim()
        sendAndAnswer()
    }

    private fun claim() {
        phone.network(false)
        phone.mustSee("未联网")
        phone.tap("办事")
        phone.type("search", "报销")
        phone.tap("医疗费用报销")
        phone.mustSee("还需要您准备")
        phone.tap("开始办理")
        phone.type("invoice_number", "3307820026001")
        phone.type("hospital", "义乌市中心医")
        phone.diesAndReturns()
        phone.mustSee("请输入 6 位密码")
        phone.pin(PIN)
        assertEquals("the very field, with the very letters", "义乌市中心医", phone.field("hospital").text.toString())
        assertTrue("the cursor is in it", phone.field("hospital").hasFocus())
        println(phone.words())
    }

    private fun sendAndAnswer() = Unit

    private companion object {
        const val WANG = "330782196611230021"
        const val PIN = "274916"
        val PAPERS = File(System.getProperty("papers"))
    }
}
