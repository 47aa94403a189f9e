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

/** Several people on one phone, and one who acts for another: by tapping, against the real core and a real city. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = TestApp::class, qualifiers = "zh-rCN-w411dp-h891dp-port-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class FamilyTest {
    private lateinit var city: City
    private lateinit var phone: Phone
    private lateinit var gallery: Gallery

    @Before
    fun start() {
        city = City()
        TestApp.cityUrl = city.network.url
        phone = Phone(city)
        gallery = Gallery(phone)
        phone.tap("同意并开始")
        phone.beginSignIn(MOTHER)
        repeat(2) { phone.pin(MOTHERS_PIN) }
        phone.mustSee("医保余额")
    }

    @After
    fun end() {
        phone.close()
        city.close()
    }

    @Test
    fun aDaughterActsForHerMotherUntilTheMotherEndsIt() {
        give()
        addTheDaughter()
        accept()
        fileForTheMother()
        theMotherSeesItAndEndsIt()
        theDaughterKeepsWhatSheWrote()
        println("${gallery.looked} looks at screens, ${gallery.findings.size} findings")
        assertTrue(gallery.findings.joinToString("\n", "findings:\n"), gallery.findings.isEmpty())
    }

    private fun give() {
        phone.tap("设置")
        phone.tap("委托家人办事")
        phone.tap("委托一个人")
        phone.type("name", DAUGHTERS_NAME)
        phone.type("id_number", DAUGHTER)
        phone.tapIn("acts", "办理和查看")
        phone.tapIn("reach", "只限我选的事项")
        phone.type("search", "读者证")
        phone.tapIn("services", "图书馆读者证")
        assertFalse("not before all of it is said", phone.sees("委托给陈㛃"))
        phone.tap("请选择日期")
        phone.chooseDay(2027, 9, 30)
        gallery.look("31-give-mandate")
        phone.tap("委托给陈㛃")
        phone.mustSee("等对方接受")
        phone.back()
    }

    private fun addTheDaughter() {
        phone.tap("这部手机上的人")
        phone.tap("添加家人")
        gallery.look("32-add-person")
        phone.tap("同意并登录")
        phone.beginSignIn(DAUGHTER)
        repeat(2) { phone.pin(DAUGHTERS_PIN) }
        phone.mustSee("陈㛃，您好")
    }

    private fun accept() {
        phone.tap("王秀英想请您代办")
        gallery.look("33-mandate-offered")
        phone.tap("接受")
        phone.tap("替王秀英办事")
        phone.mustSee("您正在替王秀英办事")
        gallery.look("34-acting")
        phone.diesAndReturns()
        phone.pin(DAUGHTERS_PIN)
        phone.mustSee("您正在替王秀英办事")
    }

    private fun fileForTheMother() {
        phone.network(false)
        phone.tap("办事")
        phone.type("search", "读者证")
        phone.tap("图书馆读者证")
        phone.tap("开始办理")
        phone.type("applicant_name", "王秀英")
        phone.type("phone", "13800138000")
        phone.tapIn("reader", "自己")
        phone.tap("检查一遍")
        phone.mustSee("您正在替王秀英办事")
        phone.tap("提交申请")
        phone.mustSee("已经存好")
        phone.network(true)
        phone.mustSee("没有要发的")
        assertTrue("both stand in it", "\"library-card\"" in city.ledger(MOTHER) && DAUGHTERS_NAME in city.ledger(MOTHER))
        assertFalse("nothing of the daughter's own", "\"library-card\"" in city.ledger(DAUGHTER))
        phone.tap("回到我自己")
        phone.mustSee("陈㛃，您好")
        assertFalse(phone.sees("您正在替"))
        fileOffline()
    }

    /** Another one, which still waits when the mandate ends. */
    private fun fileOffline() {
        phone.tap("替王秀英办事")
        phone.network(false)
        val drafts = phone.app.core.person!!.drafts
        val draft = drafts.create("library-card")
        mapOf("applicant_name" to "王秀英", "phone" to "13800138000", "reader" to "self").forEach { (path, words) -> drafts.setAnswer(draft, path, Answer.Words(words)) }
        phone.activity.go("review/$draft")
        phone.settle()
        phone.tap("提交申请")
        phone.mustSee("已经存好")
        phone.tap("回到我自己")
    }

    private fun goOnAs(name: String, pin: String) {
        phone.tap("设置")
        phone.tap("这部手机上的人")
        phone.tap(name)
        gallery.look("36-person")
        phone.tap("换成$name")
        phone.mustSee("请输入 6 位解锁码")
        phone.pin(pin)
        phone.mustSee("$name，您好")
        phone.network(true)
    }

    private fun theMotherSeesItAndEndsIt() {
        phone.tap("设置")
        phone.tap("这部手机上的人")
        gallery.look("35-people")
        phone.toHome()
        goOnAs("王秀英", MOTHERS_PIN)
        phone.tap("设置")
        phone.tap("委托家人办事")
        phone.mustSee("陈㛃替王秀英提交了")
        gallery.look("37-mandates")
        phone.tap("委托陈㛃替我办")
        gallery.look("38-mandate-given")
        phone.tap("收回委托")
        phone.confirm()
        phone.mustSee("已收回")
        phone.toHome()
    }

    private fun theDaughterKeepsWhatSheWrote() {
        goOnAs(DAUGHTERS_NAME, DAUGHTERS_PIN)
        phone.tap("设置")
        phone.tap("委托家人办事")
        phone.mustSee("已收回")
        phone.tap("替王秀英办")
        phone.tap("看我替王秀英写的")
        phone.mustSee("委托已经失效")
        phone.mustSee("市里退回来了")
        gallery.look("39-acting-ended")
        phone.network(false)
        phone.tap("市里退回来了")
        gallery.look("40-outbox-refused")
        phone.tap("跑一次没办成")
        phone.mustSee("关于：图书馆读者证")
        phone.tap("回到我自己")
        remove()
    }

    private fun remove() {
        phone.tap("设置")
        phone.tap("委托家人办事")
        phone.tap("替王秀英办")
        phone.tap("删除我替王秀英写的")
        phone.confirm()
        assertEquals(0, phone.app.core.own!!.mandates.represented().size)
        phone.toHome()
        phone.tap("设置")
        phone.tap("这部手机上的人")
        phone.tap("王秀英")
        phone.tap("从这部手机删除王秀英")
        phone.confirm()
        assertEquals(listOf(DAUGHTERS_NAME), phone.app.core.app.people().map { it.label })
        phone.tap("陈㛃")
        phone.tap("从这部手机删除陈㛃")
        phone.confirm()
        phone.mustSee("同意并开始")
        assertEquals(emptyList<Any>(), phone.app.core.app.people())
    }

    @Test
    fun nobodySeesTheScreensThatSomebodyElseHadOpen() {
        addAnother()
        phone.tap("设置")
        phone.mustSee("换解锁码")
        phone.diesAndReturns()
        phone.tap("我是王秀英")
        phone.pin(MOTHERS_PIN)
        phone.mustSee("医保余额")
        assertFalse(phone.sees("换解锁码"))
    }

    private fun addAnother() {
        phone.tap("设置")
        phone.tap("这部手机上的人")
        phone.tap("添加家人")
        phone.tap("同意并登录")
        phone.beginSignIn(DAUGHTER)
        repeat(2) { phone.pin(DAUGHTERS_PIN) }
        phone.mustSee("陈㛃，您好")
    }

    @Test
    fun anotherPersonWhoSignsInChangesNothing() {
        phone.tap("设置")
        phone.tap("退出登录")
        phone.confirm()
        phone.tap("去登录")
        phone.beginSignIn(DAUGHTER)
        phone.pin(MOTHERS_PIN)
        phone.mustSee("刚才登录的是另一个人")
        gallery.look("41-somebody-else")
        assertEquals(listOf("王秀英"), phone.app.core.app.people().map { it.label })
        phone.tap("添加家人")
        phone.mustSee("同意并登录")
        assertEquals(emptyList<String>(), gallery.findings)
    }

    private companion object {
        const val MOTHER = "330782196611230021"
        const val MOTHERS_PIN = "274916"
        const val DAUGHTER = "330702200101310061"
        const val DAUGHTERS_NAME = "陈㛃"
        const val DAUGHTERS_PIN = "583920"
    }
}
