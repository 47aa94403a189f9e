import CitizenCore
import Foundation
import Testing

@testable import CitizenKit

/// Screens by themselves: every one in both languages, elder mode, reading aloud, any kind of question.
@MainActor
@Suite(.serialized, .timeLimit(.minutes(5)))
struct ModelTests {
  @Test func everyScreenSpeaksBothLanguages() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      let draft = try await phone.files()
      let routes = [
        "home", "services", "life-event/falling-ill", "biometrics", "service/medical-reimbursement", "form/\(draft)/0",
        "form/\(draft)/1", "form/\(draft)/2",
        "paper/\(draft)/invoice", "review/\(draft)", "outbox", "cases", "insurance", "cards", "verify", "settings",
        "welcome", "sign-in", "pin", "add-person", "change-pin", "forgot-pin", "people", "mandates", "give-mandate",
        "devices", "consents", "register-log", "grievances",
      ]
      let chinese = Strings("zh-Hans")
      let inEnglish = Strings("en")
      let own = Set(Key.allCases.filter { chinese.text($0) != inEnglish.text($0) }.map { chinese.text($0) })
      for route in routes {
        phone.speak("zh")
        phone.shell.reset(route)
        await phone.shell.settled()
        #expect(phone.shell.dialog == nil, "\(route) opens")
        let page = try #require(phone.shell.page)
        phone.speak("en")
        let english = try #require(phone.shell.page)
        #expect(english.blocks.count == page.blocks.count, "\(route) is the same in both languages")
        #expect(own.intersection(english.spoken).isEmpty, "\(route) says in English what is Chinese")
        #expect(english.spoken != page.spoken)
      }
    }
  }

  @Test func elderModeAsksOneThingAtATimeAndOffersToRead() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      let draft = try await phone.files()
      phone.shell.go("form/\(draft)/0")
      await phone.shell.settled()
      #expect(Eye.asks(try #require(phone.shell.page).blocks).count > 1)
      phone.shell.settings.elder = true
      #expect(Eye.asks(try #require(phone.shell.page).blocks).count == 1, "at once, without being read again")
      #expect(phone.shell.page?.readAloud == "读出来")
      phone.shell.readAloud()
      let read = try #require(phone.system.read.first)
      #expect(read.contains("发票号码") || read.contains("票据"), "the question is read: \(read)")
    }
  }

  @Test func aDayAChoiceAndAGroupAreKeptByTheCore() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      let draft = try await phone.files()
      phone.shell.go("form/\(draft)/0")
      try await phone.choose("visit_date", day: "2026-08-01")
      try await phone.tap("住院")
      try await phone.tap("下一步")
      try await phone.mustSee("从哪一天")
      try await phone.choose("stay#0", day: "2026-08-01")
      try await phone.choose("stay#1", day: "2026-08-04")
      await phone.diesAndReturns()
      try await phone.pin(digits)
      try await phone.mustSee("从哪一天")
      let fields = try await phone.client.showDraft(draft).form.pages.flatMap(\.fields)
      let stay = try #require(fields.first { $0.fieldId == "stay" })
      #expect(stay.words?.zh.contains("8月1日") == true && stay.finding == nil)
      try await phone.tap("添加一项")
      let asks = Eye.asks(try #require(phone.shell.page).blocks)
      let blank = try #require(asks.first { $0.key.hasSuffix("more_invoice_number") })
      try await phone.type(blank.key, "3307820026002")
      let group = try await phone.client.showDraft(draft).form.pages.flatMap(\.fields)
      #expect(group.first { $0.fieldId == "more_invoices" }?.entries.count == 1, "the first answer makes the entry")
      try await phone.tap("删掉")
      try await phone.mustSee("这一项里写的都会删掉")
      try await phone.tap("删掉")
      let after = try await phone.client.showDraft(draft).form.pages.flatMap(\.fields)
      #expect(after.first { $0.fieldId == "more_invoices" }?.entries.isEmpty == true)
    }
  }

  @Test func servicesAreFoundByWhatHasHappenedInALife() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      try await phone.tap("办事")
      try await phone.mustSee("生活中有什么事")
      if !phone.sees("看病就医") { try await phone.tap("更多") }
      try await phone.tap("看病就医")
      try await phone.mustSee("医疗费用手工报销")
      #expect(!phone.sees("住房"), "nothing else")
      await phone.back()
      try await phone.search("报销")
      #expect(!phone.sees("生活中有什么事"), "who searches is shown what was found")
    }
  }

  @Test func theAppSpeaksTheLanguageThatWasChosen() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      try await phone.tap("设置")
      try await phone.tap("English")
      #expect(phone.sees("Size of text"))
      await phone.diesAndReturns()
      try await phone.pin(digits)
      try await phone.mustSee("Size of text")
      try await phone.tap("As on this phone")
      #expect(phone.sees("字的大小"))
    }
  }

  @Test func howFarPhotographsAreStandsInTheOutbox() async throws {
    try await withPhone { phone, city in
      try await phone.arrives()
      let draft = try await phone.files()
      try await phone.network(false)
      phone.shell.go("review/\(draft)")
      try await phone.tap("提交申请")
      try await phone.mustSee("已经存好")
      city.network.allow(2_000_000)
      try await phone.network(true)
      try await phone.mustSee("照片已传")
      #expect(try city.ledger(wang).submissions.isEmpty)
      city.network.allow(.max)
      try await phone.mustSee("没有要发的")
    }
  }

  @Test func aDisputeIsKeptAndTakenBack() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      let draft = try await phone.files()
      let pages = try await phone.client.showDraft(draft).form.pages
      let place = try #require(pages.firstIndex { $0.fields.contains { $0.register != nil } })
      phone.shell.go("form/\(draft)/\(place)")
      try await phone.tap("这里不对")
      guard case .words(_, _, _, let done) = phone.shell.dialog else { throw Surprise("nothing is asked") }
      phone.shell.dialog = nil
      done("我已经搬家了")
      try await phone.mustSee("交给登记部门核实")
      try await phone.tap("没有错，撤回")
      #expect(!phone.sees("交给登记部门核实"))
    }
  }
}
