package citizen.app

import citizen.app.harness.City
import citizen.app.harness.Phone
import citizen.app.harness.TestApp
import citizen.core.Answer
import citizen.core.FieldView
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import org.robolectric.Shadows.shadowOf
import java.io.File

/** Every kind of question, answered by tapping and typing, and read back from the core. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = TestApp::class, qualifiers = "zh-rCN-w411dp-h891dp-port-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class FieldsTest {
    private lateinit var city: City
    private lateinit var phone: Phone
    private lateinit var draft: String
    private val drafts get() = phone.app.core.person!!.drafts

    @Before
    fun start() {
        city = City(listOf(File("../tests/bench/src/form/household-aid.json")))
        TestApp.cityUrl = city.network.url
        phone = Phone(city)
        phone.tap("同意并开始")
        phone.beginSignIn("330782196611230021")
        repeat(2) { phone.pin("274916") }
        phone.mustSee("医保余额")
    }

    @After
    fun end() {
        phone.close()
        city.close()
    }

    private fun begin(service: String) {
        draft = drafts.create(service)
        phone.activity.go("form/$draft/0")
        phone.settle()
    }

    private fun field(id: String): FieldView = drafts.show(draft).form.pages.flatMap { it.fields }.first { it.fieldId == id }
    private fun words(id: String) = field(id).words?.zh
    private fun parts(id: String) = (field(id).value as? Answer.Parts)?.parts.orEmpty().associate { it.name to (it.answer as? Answer.Words)?.text }

    @Test
    fun aFormOfFortyQuestions() {
        begin("household-aid")
        whoYouAre()
        phone.tap("下一步")
        theSpouse()
        phone.tap("下一步")
        theChildren()
        phone.tap("下一步")
        phone.type("wage", "3,200.5")
        assertEquals(Answer.Whole(320_050), field("wage").value)
        phone.type("pension", "两千")
        assertNotNull("half an amount is kept and named", field("pension").finding)
        phone.type("pension", "0")
        repeat(2) { phone.tap("下一步") }
        phone.tap("租房")
        phone.type("rent", "900")
        phone.tap("自有")
        assertFalse("what does not apply is not asked", phone.sees("房租"))
        phone.type("area", "86")
        assertEquals(Answer.Whole(86), field("area").value)
        phone.tap("下一步")
        severalChoices()
        phone.tap("下一步")
        theAccount()
    }

    private fun whoYouAre() {
        phone.type("applicant", "王秀英")
        phone.type("id_number", "330782196611230022")
        assertTrue("what is wrong stands beside the field", phone.sees("第 18 位"))
        phone.type("id_number", "330782196611230021")
        assertEquals(null, field("id_number").finding)
        phone.type("phone", "13800138000")
        assertFalse("nothing is to be typed where a tap will do", phone.views().any { it.tag == "home#0" })
        phone.tap("别的地方")
        phone.type("home#0", "江苏省")
        phone.turns {}
        assertEquals("江苏省", phone.field("home#0").text.toString())
        phone.tap("义乌市")
        phone.tap("佛堂镇")
        phone.type("home#4", "双林路 8 号")
        assertEquals(mapOf("province" to "浙江省", "city" to "金华市", "county" to "义乌市", "town" to "佛堂镇", "detail" to "双林路 8 号"), parts("home"))
        phone.tap("已婚")
    }

    private fun theSpouse() {
        phone.type("spouse#0", "Anna Maria Rossi")
        phone.turns {}
        assertEquals("half a person is kept, in its place", "Anna Maria Rossi", phone.field("spouse#0").text.toString())
        assertTrue("the phone was turned and the cursor is where it was", phone.field("spouse#0").hasFocus())
        phone.type("spouse#0", "陈建国")
        phone.type("spouse#1", "330782196403150019")
        val spouse = parts("spouse")
        assertEquals("陈建国", spouse["name"])
        phone.tapIn("spouse_works", "否")
        assertEquals(Answer.YesNo(false), field("spouse_works").value)
        phone.tapIn("children_at_home", "是")
    }

    private fun theChildren() {
        phone.tap("添加一项：孩子")
        phone.type("children/0/child#0", "王小明")
        phone.tap("添加一项：孩子")
        assertEquals("the first answer makes the entry", 1, field("children").entries.size)
        phone.type("children/1/child#0", "王小红")
        assertEquals(2, field("children").entries.size)
        phone.tap("删掉孩子 1")
        phone.confirm()
        val left = field("children").entries.single().first { it.fieldId == "child" }
        assertTrue("the other one is still there", left.typed.orEmpty().contains("王小红") || phone.field("children/0/child#0").text.toString() == "王小红")
    }

    private fun severalChoices() {
        phone.tapIn("has_aid", "是")
        phone.tap("低保")
        phone.tap("临时救助")
        assertEquals(Answer.Several(listOf(Answer.Words("minimum"), Answer.Words("temporary"))), field("aid_kinds").value)
        phone.tap("低保")
        assertEquals(Answer.Several(listOf(Answer.Words("temporary"))), field("aid_kinds").value)
        phone.tap("临时救助")
        assertEquals(null, field("aid_kinds").value)
    }

    private fun theAccount() {
        phone.type("bank_account", "6217004762173912291")
        phone.mustSee("6217 0047 6217 3912 291 中国建设银行")
        phone.type("bank_account", "6217004762173912292")
        assertTrue("a wrong digit is seen", field("bank_account").finding != null && !phone.sees("中国建设银行"))
    }

    @Test
    fun aRangeOfDaysAndWhatARegisterSaysWrongly() {
        begin("unemployment-benefit")
        kotlinx.coroutines.runBlocking { drafts.prefill(draft) }
        phone.tapIn("employed#0", "请选择日期")
        phone.chooseDay(2020, 3, 1)
        phone.tapIn("employed#1", "请选择日期")
        phone.chooseDay(2026, 10, 31)
        assertEquals(mapOf("from" to "2020-03-01", "to" to "2026-10-31"), parts("employed"))
        phone.activity.replace("form/$draft/2")
        phone.settle()
        phone.mustSee("王秀英")
        phone.tapIn("applicant_name", "这里不对")
        phone.say("我改过名字")
        assertNotNull(field("applicant_name").dispute)
        phone.mustSee("您说这里不对")
        phone.tapIn("applicant_name", "没有错，撤回")
        assertEquals(null, field("applicant_name").dispute)
    }

    @Test
    fun aPhotographIsTakenAgainAndOutlivesTheProcess() {
        begin("medical-reimbursement")
        phone.activity.go("paper/$draft/invoice")
        phone.settle()
        phone.tap("拍照")
        phone.camera(File(System.getProperty("papers"), "invoice.jpg"))
        phone.mustSee("第 1 张")
        val first = file()
        phone.tap("重拍这张")
        phone.camera(File(System.getProperty("papers"), "fee-list.jpg"))
        assertTrue("another photograph stands in its place", file() != first)
        val second = file()
        phone.tap("重拍这张")
        phone.diesAndReturns()
        phone.camera(File(System.getProperty("papers"), "invoice.jpg"))
        phone.mustSee("请输入 6 位解锁码")
        phone.pin("274916")
        phone.until("the photograph has come in") { file() != second }
        assertFalse("nothing is left in the clear", citizen.app.platform.CaptureProvider.file(phone.app).exists())
    }

    private fun file(): String = citizen.app.screens.filesOf(drafts.show(draft).requirements.first { it.requirementId == "invoice" }.resolution).first.single().sha256
}
