import CitizenCore
import Foundation
import Testing

@testable import CitizenKit

let wang = "330782196611230021"
let digits = "274916"

/// Gives a test a city and a phone, and takes them away however the test ends.
@MainActor
func withPhone(
  _ idNumber: String = wang, services: [URL] = [], _ test: @MainActor (Phone, City) async throws -> Void
) async throws {
  let city = try City(services)
  do {
    let phone = try Phone(city, idNumber)
    do {
      try await test(phone, city)
      await phone.close()
    } catch {
      await phone.close()
      throw error
    }
    city.close()
  } catch {
    city.close()
    throw error
  }
}

/// The whole reimbursement and the senior card through the view models, against the real core and a real city.
@MainActor
@Suite(.serialized, .timeLimit(.minutes(5)))
struct JourneyTests {
  @Test func fromTheFirstStartToTheMoneyAndTheCard() async throws {
    try await withPhone { phone, city in
      try await phone.arrives()
      try await writesWithoutANetwork(phone)
      try await photographsAndFiles(phone, city)
      try await answersAndIsPaid(phone, city)
      try await receivesTheCard(phone, city)
    }
  }

  private func writesWithoutANetwork(_ phone: Phone) async throws {
    try await phone.network(false)
    try await phone.mustSee("未联网")
    try await phone.tap("办事")
    try await phone.search("报销")
    try await phone.tap("医疗费用手工报销")
    try await phone.mustSee("还需要您准备")
    try await phone.tap("开始办理")
    try await phone.type("invoice_number", "3307820026001")
    try await phone.type("hospital", "义乌市中心医")
    await phone.diesAndReturns()
    try await phone.mustSee("请输入 6 位解锁码")
    try await phone.pin(digits)
    #expect(try await phone.field("hospital") == "义乌市中心医", "the very letters")
    try await phone.type("hospital", "义乌市中心医院")
    try await phone.choose("visit_date", day: "2026-09-08")
    try await phone.tap("门诊")
    try await phone.type("amount", "十二")
    #expect(try await !phone.question("amount").about.wrong.isEmpty, "what is no amount is said to be none")
    #expect(try await phone.field("amount") == "十二", "and kept")
    try await phone.type("amount", "1286.40")
    #expect(try await phone.question("amount").about.wrong.isEmpty)
    try await phone.tap("下一步")
    try await phone.mustSee("其他发票")
    try await phone.tap("下一步")
  }

  private func photographsAndFiles(_ phone: Phone, _ city: City) async throws {
    try await phone.photographs("医疗收费票据", "invoice.jpg")
    try await phone.photographs("费用明细清单", "fee-list.jpg")
    try await phone.photographs("出院小结或门诊病历", "discharge-summary.jpg")
    while !phone.sees("检查一遍") { try await phone.tap("下一步") }
    try await phone.tap("检查一遍")
    if !phone.sees("都齐了") { try await phone.tap("我承诺") }
    try await phone.mustSee("都齐了")
    try await phone.tap("提交申请")
    try await phone.mustSee("已经存好")
    #expect(phone.system.scheduled == 1, "the system was asked to send later")
    #expect(try city.ledger(wang).submissions.isEmpty, "nothing has reached the city")
    try await phone.network(true)
    try await phone.mustSee("没有要发的")
    #expect(try city.ledger(wang).submissions.count == 1, "filed once")
  }

  private func answersAndIsPaid(_ phone: Phone, _ city: City) async throws {
    try await phone.tap("办件")
    try await phone.mustSee("医疗费用手工报销")
    let id = try #require(try city.ledger(wang).submissions.first).caseId
    try city.officer("review", "accept", id)
    try city.officer(
      "review", "request", id, "prescription", "--reason", "请补拍处方。", "--reason-en", "Please photograph it.")
    try await phone.mustSee("等您补充")
    try await phone.tap("医疗费用手工报销")
    try await phone.mustSee("请补拍处方")
    try await phone.tap("现在回复")
    try await phone.photographs("处方", "prescription.jpg")
    try await phone.tap("发出回复")
    try await phone.mustSee("没有要发的")
    try city.officer("review", "finish", id)
    try city.officer("review", "settle", id)
    try city.officer("pay", id)
    try await phone.tap("办件")
    try await phone.mustSee("已到账")
    try await phone.tap("医疗费用手工报销")
    try await phone.mustSee("打到尾号")
    try await phone.tap("逐项看怎么算的")
    try await phone.mustSee("报销比例")
    await phone.toHome()
    try await phone.tap("医保余额")
    try await phone.mustSee("历年账户")
    await phone.toHome()
  }

  private func receivesTheCard(_ phone: Phone, _ city: City) async throws {
    try city.officer("clock", "set", "2026-11-23")
    try city.officer("proactive", "run")
    try await phone.tap("证照")
    try await phone.mustSee("有效")
    try await phone.network(false)
    try await phone.tap("老年人优待证")
    try await phone.mustSee("为什么给您这张证")
    try await phone.tap("出示二维码")
    try await phone.mustSee("一分钟内有效")
    #expect(phone.shell.page?.bright == true, "the screen is bright while a code is shown")
    let card = try #require(try await phone.client.cards(1).first)
    let code = try await phone.client.present(card.credentialId)
    await phone.back()
    await phone.back()
    try await phone.tap("核对别人的证")
    try await phone.type("code", code)
    try await phone.tap("核对")
    try await phone.mustSee("这张证是真的")
  }
}

extension Phone {
  /// From the first start to home.
  func arrives(greeting: String = "王秀英，您好") async throws {
    try await mustSee("办事不用跑")
    try await tap("我同意")
    try await tap("同意并开始")
    try await tap("去登录")
    try await pin(digits)
    try await mustSee("请再输一遍")
    try await pin(digits)
    try await mustSee(greeting)
    if shell.dialog == nil { try await mustSee("医保余额") }
  }

  func photographs(_ paper: String, _ file: String) async throws {
    try await tap(paper)
    try await tap("从手机里选")
    try await choose(file)
    try await mustSee("第 1 张")
    await back()
  }
}

extension Phone {
  /// A reimbursement that lacks nothing, written without looking at it.
  func files() async throws -> DraftId {
    let draft = try await client.createDraft("medical-reimbursement")
    try await client.prefill(draft)
    let typed = [
      "invoice_number": "3307820026001", "hospital": "义乌市中心医院", "visit_date": "2026-09-08", "amount": "1286.40",
    ]
    for (path, answer) in typed { try await client.type(answer, at: path, in: draft) }
    try await client.set(.words(text: "outpatient"), at: "visit_kind", in: draft)
    let papers = ["invoice": "invoice", "fee-list": "fee-list", "discharge-summary": "discharge-summary"]
    for (requirement, file) in papers {
      try await client.attach(Surroundings.papers.appending(path: "\(file).jpg").path, to: requirement, in: draft)
    }
    for declaration in try await client.showDraft(draft).declarations {
      try await client.agree(declaration.declaration.declarationId, true, in: draft)
    }
    return draft
  }
}
