import CitizenCore
import Foundation
import Testing

@testable import CitizenKit

/// Every kind of question, answered by tapping and typing, and read back from the core.
@MainActor
@Suite(.serialized, .timeLimit(.minutes(5)))
struct FieldsTests {
  private static let service = Surroundings.root.appending(path: "tests/bench/src/form/household-aid.json")

  @Test func aFormOfFortyQuestions() async throws {
    try await withPhone(services: [Self.service]) { phone, _ in
      try await phone.arrives()
      let form = Filling(phone, try await phone.client.createDraft("household-aid"))
      try await whoYouAre(form)
      try await phone.tap("下一步")
      try await theSpouse(form)
      try await phone.tap("下一步")
      try await theChildren(form)
      try await phone.tap("下一步")
      try await phone.type("wage", "3,200.5")
      #expect(try await form.field("wage").value == .whole(number: 320_050))
      try await phone.type("pension", "两千")
      #expect(try await form.field("pension").finding != nil, "half an amount is kept and named")
      try await phone.type("pension", "0")
      for _ in 0..<2 { try await phone.tap("下一步") }
      try await phone.tap("租房")
      try await phone.type("rent", "900")
      try await phone.tap("自有")
      #expect(!phone.sees("房租"), "what does not apply is not asked")
      try await phone.tap("下一步")
      try await severalChoices(form)
      try await phone.tap("下一步")
      try await phone.type("bank_account", "6217004762173912291")
      try await phone.mustSee("6217 0047 6217 3912 291 中国建设银行")
      try await phone.type("bank_account", "6217004762173912292")
      #expect(try await form.field("bank_account").finding != nil && !phone.sees("中国建设银行"), "a wrong digit is seen")
    }
  }

  private func whoYouAre(_ form: Filling) async throws {
    let phone = form.phone
    phone.shell.go("form/\(form.draft)/0")
    try await phone.type("applicant", "王秀英")
    try await phone.type("id_number", "330782196611230022")
    try await phone.mustSee("第 18 位")
    try await phone.type("id_number", "330782196611230021")
    try await phone.type("phone", "13800138000")
    #expect(!Eye.asks(try #require(phone.shell.page).blocks).contains { $0.key == "home#0" }, "a tap will do")
    try await phone.tap("别的地方")
    try await phone.type("home#0", "江苏省")
    await phone.diesAndReturns()
    try await phone.pin(digits)
    #expect(try await phone.field("home#0") == "江苏省")
    try await phone.tap("义乌市")
    try await phone.tap("佛堂镇")
    try await phone.type("home#4", "双林路 8 号")
    let home = ["province": "浙江省", "city": "金华市", "county": "义乌市", "town": "佛堂镇", "detail": "双林路 8 号"]
    #expect(try await form.parts("home") == home)
    try await phone.tap("已婚")
  }

  private func theSpouse(_ form: Filling) async throws {
    let phone = form.phone
    try await phone.type("spouse#0", "Anna Maria Rossi")
    await phone.diesAndReturns()
    try await phone.pin(digits)
    #expect(try await phone.field("spouse#0") == "Anna Maria Rossi", "half a person is kept, in its place")
    try await phone.type("spouse#0", "陈建国")
    // The two parts of one answer, one right after the other, before the screen was read again.
    let number = try await phone.question("spouse#1")
    guard case .text(_, _, let type) = number.input else { throw Surprise("the number is text") }
    type("330782196403150019")
    try await phone.until("both are kept") { phone.sees("330782196403150019") && phone.sees("陈建国") }
    #expect(try await form.parts("spouse") == ["name": "陈建国", "id_number": "330782196403150019"])
    try await phone.tap("否", in: "spouse_works")
    #expect(try await form.field("spouse_works").value == .yesNo(yes: false))
    try await phone.tap("是", in: "children_at_home")
  }

  private func theChildren(_ form: Filling) async throws {
    let phone = form.phone
    try await phone.tap("添加一项：孩子")
    try await phone.type("children/0/child#0", "王小明")
    try await phone.tap("添加一项：孩子")
    #expect(try await form.field("children").entries.count == 1, "the first answer makes the entry")
    try await phone.type("children/1/child#0", "王小红")
    #expect(try await form.field("children").entries.count == 2)
    for _ in 0..<2 { try await phone.tap("删掉孩子 1") }
    #expect(try await form.field("children").entries.count == 1)
    #expect(try await phone.field("children/0/child#0") == "王小红", "the other one is still there")
  }

  private func severalChoices(_ form: Filling) async throws {
    let phone = form.phone
    try await phone.tap("是", in: "has_aid")
    try await phone.tap("低保")
    try await phone.tap("临时救助")
    let both = Answer.several(items: [.words(text: "minimum"), .words(text: "temporary")])
    #expect(try await form.field("aid_kinds").value == both)
    try await phone.tap("低保")
    try await phone.tap("临时救助")
    #expect(try await form.field("aid_kinds").value == nil)
  }

  @Test func aPhotographIsTakenAgain() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      let draft = try await phone.client.createDraft("medical-reimbursement")
      phone.shell.go("paper/\(draft)/invoice")
      try await phone.tap("拍照")
      try await phone.choose("invoice.jpg")
      try await phone.mustSee("第 1 张")
      let first = try await attached(phone, draft)
      try await phone.tap("重拍这张")
      #expect(phone.shell.picking == .camera)
      try await phone.choose("fee-list.jpg")
      let second = try await attached(phone, draft)
      #expect(first.count == 1 && second.count == 1 && first != second, "another photograph stands in its place")
      try await phone.tap("重拍这张")
      phone.shell.picked(nil)
      await phone.shell.settled()
      #expect(try await attached(phone, draft) == second, "who turns back keeps what is there")
    }
  }

  private func attached(_ phone: Phone, _ draft: DraftId) async throws -> [String] {
    let papers = try await phone.client.showDraft(draft).requirements
    return filesOf(try #require(papers.first { $0.requirementId == "invoice" }).resolution).files.map(\.sha256)
  }
}

/// A draft that is being filled in on a phone.
@MainActor
private struct Filling {
  let phone: Phone
  let draft: DraftId

  init(_ phone: Phone, _ draft: DraftId) {
    self.phone = phone
    self.draft = draft
  }

  func field(_ id: FieldId) async throws -> FieldView {
    let fields = try await phone.client.showDraft(draft).form.pages.flatMap(\.fields)
    return try #require(fields.first { $0.fieldId == id })
  }

  func parts(_ id: FieldId) async throws -> [String: String] {
    guard case .parts(let parts) = try await field(id).value else { return [:] }
    return Dictionary(uniqueKeysWithValues: parts.map { ($0.name, $0.answer.text ?? "") })
  }
}
