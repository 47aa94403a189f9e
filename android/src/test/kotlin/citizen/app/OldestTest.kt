package citizen.app

import android.app.job.JobScheduler
import android.os.Build
import citizen.app.harness.City
import citizen.app.harness.Eye
import citizen.app.harness.Phone
import citizen.app.harness.TestApp
import citizen.app.platform.SendJob
import citizen.app.platform.SyncJob
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** The first case on the oldest Android that the app supports. */
@Config(sdk = [29])
class OldestTest : FirstCase()

/** The same on the newest. Each has a process of its own: a library calls back into the framework that came last. */
@Config(sdk = [35])
class NewestTest : FirstCase()

/** From the first start to a case. */
@RunWith(RobolectricTestRunner::class)
@Config(application = TestApp::class, qualifiers = "zh-rCN-w411dp-h891dp-port-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
abstract class FirstCase {
    @Test
    fun fromTheFirstStartToACase() = City().use { city ->
        TestApp.cityUrl = city.network.url
        val phone = Phone(city)
        val findings = mutableListOf<String>()
        val look = { screen: String -> Eye(phone, 48).run { findings += findings(picture()).map { "$screen: $it" } } }
        look("welcome")
        phone.tap("同意并开始")
        phone.beginSignIn(WANG)
        repeat(2) { phone.pin(PIN) }
        phone.mustSee("医保余额")
        look("home")
        phone.network(false)
        phone.tap("办事")
        phone.type("search", "读者证")
        phone.tap("图书馆读者证")
        phone.tap("开始办理")
        phone.type("applicant_name", "王秀")
        phone.diesAndReturns()
        phone.pin(PIN)
        assertEquals("the very letters, in the very field", "王秀", phone.field("applicant_name").also { assertTrue(it.hasFocus()) }.text.toString())
        phone.type("applicant_name", "王秀英")
        phone.type("phone", "13800138000")
        phone.tap("自己")
        look("form")
        phone.tap("检查一遍")
        look("review")
        phone.tap("提交申请")
        phone.mustSee("已经存好")
        look("outbox")
        val job = phone.app.getSystemService(JobScheduler::class.java)!!.allPendingJobs.single()
        assertEquals(if (Build.VERSION.SDK_INT >= 34) SendJob.JOB else SyncJob.JOB, job.id)
        phone.network(true)
        phone.mustSee("没有要发的")
        phone.tap("办件")
        phone.mustSee("图书馆读者证")
        look("cases")
        assertEquals(emptyList<String>(), findings)
        phone.close()
    }

    private companion object {
        const val WANG = "330782196611230021"
        const val PIN = "274916"
    }
}
