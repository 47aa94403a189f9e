package citizen.app

import citizen.app.harness.City
import citizen.app.harness.Gallery
import citizen.app.harness.Phone
import citizen.app.harness.TestApp
import citizen.core.Answer
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

/** What a person can see, take along, take back and delete of their own, and saying what could not be done. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = TestApp::class, qualifiers = "zh-rCN-w411dp-h891dp-port-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class MineTest {
    private lateinit var city: City
    private lateinit var phone: Phone
    private lateinit var gallery: Gallery

    @Before
    fun start() {
        city = City()
        TestApp.cityUrl = city.network.url
        phone = Phone(city)
        gallery = Gallery(phone)
        phone.tap("我同意")
        phone.tap("同意并开始")
        signIn()
    }

    @After
    fun end() {
        phone.close()
        city.close()
        assertTrue(gallery.findings.joinToString("\n", "findings:\n"), gallery.findings.isEmpty())
    }

    private fun signIn(pin: String = PIN) {
        phone.beginSignIn(WANG)
        repeat(2) { phone.pin(pin) }
        phone.mustSee("医保余额")
    }

    /** A filled draft of a library card, ready to be sent. */
    private fun draft(): String {
        val drafts = phone.app.core.person!!.drafts
        val draft = drafts.create("library-card")
        mapOf("applicant_name" to "王秀英", "phone" to "13800138000", "reader" to "self").forEach { (path, words) -> drafts.setAnswer(draft, path, Answer.Words(words)) }
        return draft
    }

    private fun file() {
        phone.activity.go("review/${draft()}")
        phone.settle()
        phone.tap("提交申请")
        phone.mustSee("没有要发的")
    }

    private fun caseId() = checkNotNull(Regex("\"case_id\":\\s*\"([^\"]+)\"").find(city.ledger(WANG))).groupValues[1]

    @Test
    fun aForgottenPinAndALostPhoneLoseNothingThatWasSentAndNoWord() {
        file()
        phone.toHome()
        val unsent = draft()
        phone.app.core.lock()
        phone.toHome()
        phone.tap("忘记解锁码")
        gallery.look("42-forgot-pin")
        phone.tap("放到一边，重新登录")
        phone.confirm()
        phone.tap("同意并登录")
        signIn(NEW_PIN)
        phone.tap("办件")
        phone.mustSee("图书馆读者证")
        endTheOther()
        phone.tap("这部手机上的人")
        phone.tap("以前的资料")
        phone.tap("换成王秀英")
        phone.pin(PIN)
        phone.mustSee("还没提交")
        phone.mustSee("登录已到期")
        phone.network(false)
        gallery.look("44-expired-offline")
        phone.activity.go("form/$unsent/0")
        phone.settle()
        phone.type("applicant_name", "王秀英本人")
        phone.diesAndReturns()
        phone.pin(PIN)
        assertEquals("written without a session and without a network", "王秀英本人", phone.field("applicant_name").text.toString())
    }

    /** The phone of before counts as another one at the city: it has a key of its own. */
    private fun endTheOther() {
        phone.toHome()
        phone.tap("设置")
        phone.tap("登录过的手机")
        phone.mustSee("就是这部")
        gallery.look("43-devices")
        phone.tap("停用")
        phone.confirm()
        phone.mustSee("就是这部")
        assertFalse("only this one is left", phone.sees("停用它"))
        phone.back()
    }

    @Test
    fun withoutConsentNothingLeavesThePhone() {
        phone.tap("设置")
        phone.tap("我同意的事")
        gallery.look("45-consents")
        phone.tap("收回同意")
        phone.confirm()
        phone.mustSee("不再发送")
        phone.until("what was under way has ended") { val before = city.network.sent.get(); Thread.sleep(50); before == city.network.sent.get() }
        val sent = city.network.sent.get()
        phone.toHome()
        phone.mustSee("您收回了同意，什么都不会发出")
        phone.tap("医保余额")
        phone.tap("重新查询")
        assertTrue(phone.dialog(), "还没有得到您的同意" in phone.dialog())
        phone.toHome()
        phone.tap("谁查过我的资料")
        phone.mustSee("还没有得到您的同意")
        phone.activity.go("review/${draft()}")
        phone.settle()
        phone.tap("提交申请")
        phone.tap("现在就发")
        assertEquals("not a byte", sent, city.network.sent.get())
        phone.toHome()
        phone.tap("我同意的事")
        phone.tap("我同意")
        phone.toHome()
        phone.tap("发件箱")
        if (!phone.sees("没有要发的")) phone.tap("现在就发")
        phone.mustSee("没有要发的")
    }

    @Test
    fun everythingIsTakenAlongAndThenDeleted() {
        file()
        phone.toHome()
        phone.tap("设置")
        phone.tap("带走我的全部资料")
        phone.confirm()
        val page = phone.saves()
        assertTrue("who, what, and the city's receipts", "王秀英" in page && WANG in page && "图书馆读者证" in page && "<pre>" in page)
        assertEquals("nothing of it stays with the app", emptyList<String>(), File(phone.app.noBackupFilesDir, "leaving").list().orEmpty().toList())
        assertTrue("已经存好" in phone.dialog())
        phone.tap("删除这部手机上的全部资料")
        assertTrue("whose is said", "王秀英" in phone.dialog())
        phone.confirm()
        phone.mustSee("同意并开始")
        assertEquals("nothing is left", emptyList<String>(), files(phone.app.noBackupFilesDir).filter { "store" in it || "key.json" in it || "biometrics" in it })
        assertTrue("what the city has stays", "\"library-card\"" in city.ledger(WANG))
        phone.tap("同意并开始")
        signIn(NEW_PIN)
        phone.tap("办件")
        phone.mustSee("图书馆读者证")
    }

    private fun files(folder: File) = folder.walk().filter { it.isFile }.map { it.path }.toList()

    @Test
    fun anotherPinTakesThePlaceOfTheOldOne() {
        phone.tap("设置")
        phone.tap("换解锁码")
        phone.pin("111111")
        phone.mustSee("解锁码不对")
        phone.pin(PIN)
        phone.mustSee("请定一个")
        phone.pin("123456")
        phone.mustSee("太容易被猜到")
        phone.pin(NEW_PIN)
        phone.mustSee("请再输一遍")
        phone.pin("583921")
        phone.mustSee("两次输入的不一样")
        gallery.look("46-change-pin")
        // To be looked at in many ways it was begun anew each time.
        phone.pin(PIN)
        repeat(2) { phone.pin(NEW_PIN) }
        assertTrue("解锁码已换好" in phone.dialog())
        phone.app.core.lock()
        phone.toHome()
        phone.pin(PIN)
        phone.mustSee("解锁码不对")
        phone.pin(NEW_PIN)
        phone.mustSee("医保余额")
    }

    @Test
    fun whoAskedForMyDataIsSeenCheckedAndObjectedTo() {
        phone.tap("谁查过我的资料")
        phone.mustSee("记录完整，没有被改过")
        gallery.look("47-register-log")
        phone.network(false)
        phone.tap("查了")
        phone.mustSee("什么时候")
        gallery.look("48-reading")
        phone.tap("我觉得不该查")
        say()
        phone.tap("提交申请")
        phone.mustSee("已经存好")
        phone.network(true)
        phone.mustSee("没有要发的")
        val shown = city.officer("grievance", "show", caseId())
        assertTrue("the desk sees which reading: $shown", Regex("\"reading\":\\s*\\{").containsMatchIn(shown))
    }

    /** Says what happened, up to the last look at it. */
    private fun say() {
        phone.tapIn("obstacle", "还要我交证明")
        phone.type("what_happened", "窗口让我去村里开证明")
        phone.type("trips", "2")
        while (!phone.sees("检查一遍")) phone.tap("下一步")
        phone.tap("检查一遍")
        phone.mustSee("都齐了")
    }

    @Test
    fun whatCouldNotBeDoneIsSaidFromARefusalWithoutANetworkAndAnswered() {
        file()
        val refused = caseId()
        city.officer("review", "accept", refused)
        city.officer("review", "refuse", refused, "--reason", "还要交一份居住证明。", "--reason-en", "A proof of residence is missing.", "--ground", "《图书馆管理办法》第八条", "--ground-en", "Library rules, section 8")
        phone.toHome()
        phone.tap("办件")
        phone.mustSee("没有通过")
        phone.network(false)
        phone.tap("图书馆读者证")
        gallery.look("49-case-refused")
        phone.tap("跑一次没办成")
        phone.mustSee("关于：图书馆读者证")
        say()
        phone.tapIn("share_case", "可以看")
        gallery.look("50-grievance-review")
        phone.tap("提交申请")
        phone.mustSee("已经存好")
        phone.network(true)
        phone.mustSee("没有要发的")
        answered()
    }

    private fun answered() {
        val said = city.officer("grievance", "list")
        val case = checkNotNull(Regex("\"case_id\":\\s*\"([^\"]+)\"").find(said)).groupValues[1]
        phone.toHome()
        // At home the case of it bears the same words.
        phone.activity.go("grievances")
        phone.mustSee("前答复")
        gallery.look("51-grievances")
        city.officer("grievance", "answer", case, "--text", "居住证明早就取消了，窗口已改正，请重新提交。", "--text-en", "That proof was cancelled long ago. The counter has put it right; please file again.", "--put-right")
        phone.mustSee("已答复")
        phone.tap("图书馆读者证")
        phone.mustSee("已经改正")
        phone.mustSee("居住证明早就取消了")
        gallery.look("52-grievance-answered")
        phone.tap("没有解决，交给上一级")
        phone.mustSee("关于：")
    }

    private companion object {
        const val WANG = "330782196611230021"
        const val PIN = "274916"
        const val NEW_PIN = "583920"
    }
}
