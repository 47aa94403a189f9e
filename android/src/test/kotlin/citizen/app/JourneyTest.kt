package citizen.app

import citizen.app.harness.City
import citizen.app.harness.Gallery
import citizen.app.harness.Phone
import citizen.app.harness.TestApp
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import java.io.File

/** The whole reimbursement and the senior card, by tapping, against the real core and a real city; every screen is looked at on the way. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = TestApp::class, qualifiers = "zh-rCN-w411dp-h891dp-port-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class JourneyTest {
    private lateinit var city: City
    private lateinit var phone: Phone
    private lateinit var gallery: Gallery

    @Before
    fun start() {
        city = City()
        TestApp.cityUrl = city.network.url
        phone = Phone(city)
        gallery = Gallery(phone)
    }

    @After
    fun end() {
        phone.close()
        city.close()
    }

    @Test
    fun fromTheFirstStartToTheMoneyAndTheCard() {
        arrive()
        writeWithoutANetwork()
        photographAndFile()
        answerAndBePaid()
        receiveTheCard()
        println("${gallery.looked} looks at screens, ${gallery.findings.size} findings")
        assertTrue(gallery.findings.joinToString("\n", "findings:\n"), gallery.findings.isEmpty())
    }

    private fun arrive() {
        phone.mustSee("办事不用跑")
        gallery.look("01-welcome")
        phone.tap("我同意")
        phone.tap("同意并开始")
        gallery.look("02-sign-in")
        phone.beginSignIn(WANG)
        gallery.look("03-pin")
        phone.pin(PIN)
        phone.mustSee("请再输一遍")
        phone.pin(PIN)
        phone.mustSee("王秀英，您好")
        phone.mustSee("医保余额")
        gallery.look("04-home")
    }

    private fun writeWithoutANetwork() {
        phone.network(false)
        phone.mustSee("未联网")
        phone.tap("办事")
        gallery.look("04-services")
        phone.activity.go("life-event/illness")
        phone.mustSee("医疗费用手工报销")
        gallery.look("05-life-event")
        phone.back()
        phone.type("search", "报销")
        phone.mustSee("医疗费用手工报销")
        phone.tap("医疗费用手工报销")
        phone.mustSee("还需要您准备")
        gallery.look("06-service")
        phone.tap("开始办理")
        phone.type("invoice_number", "3307820026001")
        phone.type("hospital", "义乌市中心医")
        phone.diesAndReturns()
        phone.mustSee("请输入 6 位解锁码")
        gallery.look("05-locked")
        phone.pin(PIN)
        assertEquals("the very letters", "义乌市中心医", phone.field("hospital").text.toString())
        assertTrue("the cursor is in the very field", phone.field("hospital").hasFocus())
        phone.type("hospital", "义乌市中心医院")
        phone.tap("请选择日期")
        phone.chooseDay(2026, 9, 8)
        phone.tap("门诊")
        phone.type("amount", "十二")
        gallery.look("07-form-wrong")
        phone.type("amount", "1286.40")
        phone.tap("下一步")
        phone.mustSee("其他发票")
        gallery.look("08-form-group")
        phone.tap("下一步")
    }

    private fun photographAndFile() {
        gallery.look("09-form-papers")
        photograph("医疗收费票据", "invoice.jpg")
        photograph("费用明细清单", "fee-list.jpg")
        phone.tap("出院小结或门诊病历")
        choose("discharge-summary.jpg")
        phone.mustSee("第 1 张")
        gallery.look("10-paper")
        phone.back()
        while (!phone.sees("检查一遍")) phone.tap("下一步")
        gallery.look("11-form-last")
        phone.tap("检查一遍")
        if (!phone.sees("都齐了")) phone.tap("我承诺")
        phone.mustSee("都齐了")
        gallery.look("12-review")
        phone.tap("提交申请")
        phone.mustSee("已经存好")
        gallery.look("13-outbox")
        assertTrue("nothing has reached the city", "\"submissions\": []" in city.ledger(WANG) || "\"submissions\":[]" in city.ledger(WANG))
        phone.network(true)
        phone.mustSee("没有要发的")
        assertEquals("filed once", 1, Regex("\"transaction_id\"").findAll(city.ledger(WANG).substringAfter("\"submissions\"").substringBefore("\"supplements\"")).count())
    }

    private fun photograph(paper: String, file: String) {
        phone.tap(paper)
        choose(file)
        phone.mustSee("第 1 张")
        phone.back()
    }

    private fun choose(file: String) {
        phone.tap("从手机里选")
        phone.choose(File(PAPERS, file))
    }

    private fun answerAndBePaid() {
        phone.tap("办件")
        phone.mustSee("医疗费用手工报销")
        val case = checkNotNull(Regex("\"case_id\":\\s*\"([^\"]+)\"").find(city.ledger(WANG))).groupValues[1]
        city.officer("review", "accept", case)
        city.officer("review", "request", case, "prescription", "--reason", "请补拍处方，清单上有一种药需要核对。", "--reason-en", "Please photograph the prescription: one medicine has to be checked.")
        phone.mustSee("等您补充")
        gallery.look("14-cases")
        phone.tap("医疗费用手工报销")
        phone.mustSee("请补拍处方")
        gallery.look("15-case-asked")
        phone.tap("现在回复")
        photograph("处方", "prescription.jpg")
        gallery.look("16-answer")
        phone.tap("发出回复")
        phone.mustSee("没有要发的")
        listOf("finish", "settle").forEach { city.officer("review", it, case) }
        city.officer("pay", case)
        phone.tap("办件")
        phone.mustSee("已到账")
        phone.tap("医疗费用手工报销")
        phone.mustSee("打到尾号")
        gallery.look("17-case-paid")
        phone.tap("逐项看怎么算的")
        gallery.look("18-settlement")
        phone.toHome()
        phone.tap("医保余额")
        gallery.look("19-insurance")
        phone.toHome()
    }

    private fun receiveTheCard() {
        city.officer("clock", "set", "2026-11-23")
        city.officer("proactive", "run")
        phone.tap("证照")
        phone.mustSee("有效")
        gallery.look("20-cards")
        phone.network(false)
        phone.tap("老年人优待证")
        phone.mustSee("为什么给您这张证")
        gallery.look("21-card")
        phone.tap("出示二维码")
        phone.mustSee("一分钟内有效")
        gallery.look("22-card-code")
        val code = phone.app.core.person!!.cards.run { present(page(0u, 1u).first().credentialId) }
        phone.back()
        phone.back()
        phone.tap("核对别人的证")
        phone.type("code", code)
        phone.tap("核对")
        phone.mustSee("这张证是真的")
        gallery.look("23-verify")
        phone.network(true)
        phone.toHome()
        phone.tap("设置")
        gallery.look("24-settings")
    }

    private companion object {
        const val WANG = "330782196611230021"
        const val PIN = "274916"
        val PAPERS = File(System.getProperty("papers"))
    }
}
