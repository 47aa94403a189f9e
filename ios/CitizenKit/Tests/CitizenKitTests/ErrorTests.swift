import CitizenCore
import Foundation
import Testing

@testable import CitizenKit

/// What goes wrong is said in both languages, with what to do, and changes nothing.
@MainActor
@Suite(.serialized, .timeLimit(.minutes(5)))
struct ErrorTests {
  @Test func everyErrorThatAPersonCanMeetIsSaidInBothLanguages() async throws {
    try await withPhone { phone, city in
      try await phone.arrives()
      let client = phone.client
      let draft = try await client.createDraft("medical-reimbursement")
      let papers = Surroundings.papers
      let empty = phone.data.appending(path: "../empty.jpg").standardizedFileURL
      try Data().write(to: empty)
      let strange = phone.data.appending(path: "../strange.jpg").standardizedFileURL
      try Data("MZ, not a picture".utf8).write(to: strange)
      try await client.attach(papers.appending(path: "invoice.jpg").path, to: "invoice", in: draft)
      let nobody = "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee"
      let provoked: [(String, () async throws -> Void)] = [
        ("pin-too-weak", { try await client.checkPin("123456") }),
        ("no-such-person", { _ = try await client.unlock(nobody, pin: digits) }),
        ("unknown-service", { _ = try await client.service("no-such-service") }),
        ("draft-gone", { _ = try await client.showDraft(nobody) }),
        ("unknown-case", { _ = try await client.showCase(nobody) }),
        ("unknown-card", { _ = try await client.card(nobody) }),
        ("not-in-outbox", { try await client.retry(nobody) }),
        ("form-incomplete", { try await client.submit(draft) }),
        ("unknown-field", { try await client.type("x", at: "no_such_question", in: draft) }),
        ("invalid-answer", { try await client.set(.words(text: "x"), at: "amount", in: draft) }),
        ("nothing-to-dispute", { try await client.dispute("hospital", note: "x", in: draft) }),
        ("unknown-requirement", { try await client.attach(empty.path, to: "no-such-paper", in: draft) }),
        ("file-empty", { try await client.attach(empty.path, to: "fee-list", in: draft) }),
        ("file-not-accepted", { try await client.attach(strange.path, to: "fee-list", in: draft) }),
        ("file-unreadable", { try await client.attach("/nowhere.jpg", to: "fee-list", in: draft) }),
        (
          "file-already-attached",
          { try await client.attach(papers.appending(path: "invoice.jpg").path, to: "invoice", in: draft) }
        ),
        ("unknown-declaration", { try await client.agree("no-such-declaration", true, in: draft) }),
        ("nothing-to-file", { _ = try await client.createDraft("insurance-balance") }),
        (
          "already-submitted",
          {
            let filed = try await phone.files()
            try await client.submit(filed)
            try await client.setNote("x", in: filed)
          }
        ),
        ("attachment-gone", { try await client.detach(nobody) }),
        ("card-not-valid", { _ = try await client.verifyCard("this is no card") }),
        (
          "wrong-pin",
          {
            let person = try #require(try await client.currentPerson())
            _ = try await client.unlock(person, pin: "907214")
          }
        ),
        (
          "city-unreachable",
          {
            city.network.set(false)
            try await client.refreshInsurance()
          }
        ),
      ]
      for (code, provoke) in provoked {
        for language in Strings.languages {
          phone.speak(language)
          phone.shell.dialog = nil
          var met: CitizenError?
          phone.shell.act {
            do {
              try await provoke()
            } catch let error as CitizenError {
              met = error
              throw error
            }
          }
          await phone.shell.settled()
          #expect(met?.code == code)
          try said(code, phone, chinese: language != "en")
        }
      }
    }
  }

  /// All that the core can say, as `docs/errors.md` lists it: also what nobody can provoke here.
  @Test func whateverTheCoreSaysStandsInFrontOfThePersonInTheirLanguage() async throws {
    let listed = try SaidError.all()
    #expect(listed.count > 60 && Set(listed.map(\.code)).count > 50, "the list is read whole")
    try await withPhone { phone, _ in
      try await phone.mustSee("同意并开始")
      for error in listed where error.code != CitizenError.locked {
        for language in Strings.languages {
          phone.speak(language)
          phone.shell.dialog = nil
          phone.shell.act { throw error.thrown }
          await phone.shell.settled()
          let chinese = language != "en"
          guard case .confirm(let reason, let action, let button, _) = phone.shell.dialog else {
            Issue.record("\(error.code): nothing is said")
            continue
          }
          #expect(reason == (chinese ? error.reason.zh : error.reason.en) && button.isEmpty, "\(error.code)")
          #expect(action == (chinese ? error.action.zh : error.action.en), "\(error.code)")
          #expect((reason + action).contains(try Regex(#"\p{Han}"#)) == chinese, "\(error.code): \(reason)")
        }
      }
    }
  }

  /// What stands in front of the person: what is wrong and what to do, in their language, and no button but the one
  /// that closes it.
  private func said(_ code: String, _ phone: Phone, chinese: Bool) throws {
    guard case .confirm(let reason, let action, let button, _) = phone.shell.dialog else {
      Issue.record("\(code): nothing is said")
      return
    }
    let words = reason + action
    #expect(words.contains(try Regex(#"\p{Han}"#)) == chinese, "\(code): \(words)")
    #expect(reason.count > 3 && words.count > 8 && button.isEmpty, "\(code): \(words)")
    #expect(!words.contains(code) && !words.contains("系统错误"), "\(code): \(words)")
  }

  @Test func withoutANetworkASignInSaysSoAndCanBeTriedAgain() async throws {
    try await withPhone { phone, _ in
      try await phone.tap("同意并开始")
      try await phone.network(false)
      try await phone.mustSee("现在没有网络")
      try await phone.tap("去登录")
      try await phone.mustSee("暂时连不上")
      phone.shell.dialog = nil
      try await phone.network(true)
      try await phone.tap("去登录")
      try await phone.mustSee("请定一个 6 位解锁码")
    }
  }

  @Test func aSignInThatTheProcessLostIsBegunAgain() async throws {
    try await withPhone { phone, _ in
      try await phone.tap("同意并开始")
      try await phone.tap("去登录")
      try await phone.mustSee("请定一个 6 位解锁码")
      await phone.diesAndReturns()
      try await phone.mustSee("用身份证号登录")
      try await phone.tap("去登录")
      for _ in 0..<2 { try await phone.pin(digits) }
      try await phone.mustSee("医保余额")
      phone.shell.go("sign-in")
      try await phone.tap("去登录")
      try await phone.mustSee("请输入您的解锁码")
      await phone.diesAndReturns()
      try await phone.mustSee("登录没有完成")
      try await phone.tap("去登录")
      try await phone.mustSee("用身份证号登录")
    }
  }

  @Test func aCutInTheMiddleOfSendingFilesOnce() async throws {
    try await withPhone { phone, city in
      try await phone.arrives()
      let draft = try await phone.files()
      try await phone.network(false)
      phone.shell.go("review/\(draft)")
      try await phone.tap("提交申请")
      try await phone.mustSee("已经存好")
      for _ in 0..<3 {
        try await phone.network(true)
        try await phone.network(false)
      }
      await phone.diesAndReturns()
      try await phone.pin(digits)
      try await phone.network(true)
      try await phone.mustSee("没有要发的")
      #expect(try city.ledger(wang).submissions.count == 1)
    }
  }
}

/// A row of the list of errors.
private struct SaidError {
  let code: String
  let kind: String
  let reason: Text
  let action: Text

  static func all() throws -> [SaidError] {
    let list = try String(contentsOf: Surroundings.root.appending(path: "docs/errors.md"), encoding: .utf8)
    return list.components(separatedBy: "\n").filter { $0.hasPrefix("| `") }.map { row in
      let cells = row.dropFirst(2).dropLast(2).components(separatedBy: " | ")
      return SaidError(
        code: cells[0].trimmingCharacters(in: ["`"]), kind: cells[1], reason: Text(zh: cells[2], en: cells[4]),
        action: Text(zh: cells[3], en: cells[5]))
    }
  }

  var thrown: CitizenError {
    switch kind {
    case "wrong use": .WrongUse(code: code, reason: reason, action: action)
    case "waiting": .Waiting(code: code, reason: reason, action: action)
    case "refused": .Refused(code: code, reason: reason, action: action)
    default: .Failed(code: code, reason: reason, action: action)
    }
  }
}
