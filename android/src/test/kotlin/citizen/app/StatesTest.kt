package citizen.app

import android.os.UserManager
import citizen.app.harness.City
import citizen.app.harness.Gallery
import citizen.app.harness.Phone
import citizen.app.harness.SoftKeystore
import citizen.app.harness.TestApp
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Each state that nobody wishes for says what is the matter, and has a way out that is tapped here. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = TestApp::class, qualifiers = "zh-rCN-w411dp-h891dp-port-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class StatesTest {
    private lateinit var city: City
    private lateinit var phone: Phone
    private lateinit var gallery: Gallery

    @Before
    fun start() {
        city = City()
        TestApp.cityUrl = city.network.url
        SoftKeystore.loseEverything()
        phone = Phone(city)
        gallery = Gallery(phone)
        phone.tap("同意并开始")
        phone.beginSignIn(WANG)
        repeat(2) { phone.pin(PIN) }
        phone.mustSee("医保余额")
        phone.app.core.person!!.drafts.create("library-card")
    }

    @After
    fun end() {
        phone.close()
        city.close()
        assertTrue(gallery.findings.joinToString("\n", "findings:\n"), gallery.findings.isEmpty())
    }

    @Test
    fun aBackupWithoutItsKeySaysWhatDoesNotOpenAndASignInGoesOnBesideIt() {
        val kept = phone.dies()
        SoftKeystore.loseEverything()
        phone.returns(kept)
        phone.mustSee("可能是从备份恢复来的")
        phone.mustSee("草稿 1 份")
        gallery.look("53-key-missing")
        phone.tap("去登录")
        phone.tap("同意并登录")
        phone.beginSignIn(WANG)
        repeat(2) { phone.pin(NEW_PIN) }
        phone.mustSee("医保余额")
        assertEquals("the sealed data are kept", 2, phone.app.core.app.people().size)
    }

    @Test
    fun aPhoneThatWasNotUnlockedSinceItStartedWaits() {
        val kept = phone.dies()
        val unlocked = { there: Boolean -> shadowOf(phone.app.getSystemService(UserManager::class.java)).setUserUnlocked(there) }
        unlocked(false)
        phone.returns(kept)
        phone.mustSee("请先解锁手机屏幕")
        gallery.look("54-not-yet-unlocked")
        unlocked(true)
        phone.tap("再试一次")
        phone.pin(PIN)
        phone.mustSee("还没提交")
    }

    @Test
    fun aKeyThatTheHardwareHasMadeVoidIsSaid() {
        val kept = phone.dies()
        SoftKeystore.voidKey("citizen-vault")
        phone.returns(kept)
        phone.mustSee("原来的快捷解锁已经失效")
        phone.mustSee("再试一次")
        gallery.look("55-key-void")
    }

    @Test
    fun wrongPinsArePausedAndNobodyIsLeftAlone() {
        phone.app.core.lock()
        phone.toHome()
        repeat(3) { phone.pin("111111") }
        phone.mustSee("暂时不能再试")
        assertFalse("nothing to type into", phone.sees("请输入 6 位解锁码"))
        gallery.look("56-paused")
        phone.tap("再试一次")
        phone.mustSee("暂时不能再试")
        phone.tap("忘记解锁码")
        phone.mustSee("想不起来也不要紧")
    }

    private companion object {
        const val WANG = "330782196611230021"
        const val PIN = "274916"
        const val NEW_PIN = "583920"
    }
}
