import CitizenCore
import Foundation
import Testing

@testable import CitizenKit

private let newPin = "583920"

/// What a person can see, take along, take back and delete of their own, and saying what could not be done.
@MainActor
@Suite(.serialized, .timeLimit(.minutes(5)))
struct MineTests {
  @Test func aForgottenPinAndALostPhoneLoseNothingThatWasSentAndNoWord() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      try await phone.filesLibraryCard()
      let unsent = try await phone.fillsLibraryCard()
      try await phone.locks()
      try await phone.tap("忘记解锁码")
      try await phone.tap("放到一边")
      try await phone.confirm()
      try await phone.tap("同意并登录")
      try await phone.signsIn(newPin)
      try await phone.tap("办件")
      try await phone.mustSee("图书馆读者证")
      try await endsTheOther(phone)
      try await phone.tap("这部手机上的人")
      try await phone.tap("以前的资料")
      try await phone.tap("换成王秀英")
      try await phone.pin(digits)
      try await phone.mustSee("还没提交")
      try await phone.mustSee("登录已到期")
      try await phone.network(false)
      phone.shell.go("form/\(unsent)/0")
      try await phone.type("applicant_name", "王秀英本人")
      await phone.diesAndReturns()
      try await phone.pin(digits)
      #expect(try await phone.field("applicant_name") == "王秀英本人", "written without a session and a network")
    }
  }

  /// The phone of before counts as another one at the city: it has a key of its own.
  private func endsTheOther(_ phone: Phone) async throws {
    await phone.toHome()
    try await phone.tap("设置")
    try await phone.tap("登录过的手机")
    try await phone.mustSee("就是这部")
    try await phone.tap("停用")
    try await phone.confirm()
    try await phone.until("it is said") { phone.shell.dialog != nil }
    phone.shell.dialog = nil
    try await phone.mustSee("就是这部")
    #expect(!phone.sees("停用它"), "only this one is left")
    await phone.back()
  }

  @Test func withoutConsentNothingLeavesThePhone() async throws {
    try await withPhone { phone, city in
      try await phone.arrives()
      try await phone.tap("设置")
      try await phone.tap("我同意的事")
      try await phone.tap("收回同意")
      try await phone.confirm()
      try await phone.mustSee("不再发送")
      await phone.toHome()
      try await phone.mustSee("您收回了同意，什么都不会发出")
      try await phone.tap("医保余额")
      try await phone.tap("重新查询")
      try await phone.mustSee("还没有得到您的同意")
      phone.shell.dialog = nil
      let sent = city.network.sent
      await phone.toHome()
      try await phone.tap("谁查过我的资料")
      try await phone.mustSee("还没有得到您的同意")
      phone.shell.go("review/\(try await phone.fillsLibraryCard())")
      try await phone.tap("提交申请")
      try await phone.tap("现在就发")
      try await phone.until("it is said") { phone.shell.dialog != nil || phone.sees("已经存好") }
      phone.shell.dialog = nil
      #expect(city.network.sent == sent, "not a byte")
      await phone.toHome()
      try await phone.tap("我同意的事")
      try await phone.tap("我同意")
      await phone.toHome()
      try await phone.tap("发件箱")
      if !phone.sees("没有要发的") { try await phone.tap("现在就发") }
      try await phone.mustSee("没有要发的")
    }
  }

  @Test func everythingIsTakenAlongAndThenDeleted() async throws {
    try await withPhone { phone, city in
      try await phone.arrives()
      try await phone.filesLibraryCard()
      try await phone.tap("设置")
      try await phone.tap("带走我的全部资料")
      try await phone.confirm()
      let place = try #require(phone.shell.saving)
      let page = try await phone.saves()
      #expect(place.lastPathComponent == "王秀英的全部资料.html")
      for words in ["王秀英", wang, "图书馆读者证", "<pre>"] { #expect(page.contains(words), "\(words) is taken along") }
      #expect(!FileManager.default.fileExists(atPath: place.path), "nothing of it stays with the app")
      try await phone.mustSee("已经存好")
      phone.shell.dialog = nil
      try await phone.tap("删除这部手机上的全部资料")
      try await phone.mustSee("这部手机上王秀英的草稿")
      try await phone.confirm()
      try await phone.mustSee("同意并开始")
      let files = FileManager.default.enumerator(atPath: phone.data.path)?.compactMap { $0 as? String } ?? []
      #expect(files.filter { $0.contains("store") || $0.contains("key.json") }.isEmpty, "nothing is left")
      #expect(try city.officer("ledger", wang).contains("library-card"), "what the city has stays")
      try await phone.tap("同意并开始")
      try await phone.signsIn(newPin)
      try await phone.tap("办件")
      try await phone.mustSee("图书馆读者证")
    }
  }

  @Test func anotherPinTakesThePlaceOfTheOldOne() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      try await phone.tap("设置")
      try await phone.tap("换解锁码")
      for (pin, said) in [
        ("111111", "解锁码不对"), (digits, "请定一个"), ("123456", "太容易被猜到"), (newPin, "请再输一遍"),
        ("583921", "两次输入的不一样"), (newPin, "请再输一遍"), (newPin, "解锁码已换好"),
      ] {
        try await phone.pin(pin)
        try await phone.mustSee(said)
      }
      phone.shell.dialog = nil
      try await phone.locks()
      try await phone.pin(digits)
      try await phone.mustSee("解锁码不对")
      try await phone.pin(newPin)
      try await phone.mustSee("医保余额")
    }
  }

  @Test func whoAskedForMyDataIsSeenCheckedAndObjectedTo() async throws {
    try await withPhone { phone, city in
      try await phone.arrives()
      try await phone.tap("谁查过我的资料")
      try await phone.mustSee("记录完整，没有被改过")
      try await phone.network(false)
      try await phone.tap("查了")
      try await phone.mustSee("什么时候")
      try await phone.tap("我觉得不该查")
      try await says(phone)
      try await phone.tap("提交申请")
      try await phone.mustSee("已经存好")
      try await phone.network(true)
      try await phone.mustSee("没有要发的")
      let filed = try #require(try city.ledger(wang).submissions.first).caseId
      let shown = try city.officer("grievance", "show", filed)
      #expect(shown.contains(/"reading":\s*\{/), "the desk sees which reading: \(shown)")
    }
  }

  /// Says what happened, up to the last look at it.
  private func says(_ phone: Phone) async throws {
    try await phone.tap("还要我交证明", in: "obstacle")
    try await phone.type("what_happened", "窗口让我去村里开证明")
    try await phone.type("trips", "2")
    while !phone.sees("检查一遍") { try await phone.tap("下一步") }
    try await phone.tap("检查一遍")
    try await phone.mustSee("都齐了")
  }

  @Test func whatCouldNotBeDoneIsSaidFromARefusalWithoutANetworkAndAnswered() async throws {
    try await withPhone { phone, city in
      try await phone.arrives()
      try await phone.filesLibraryCard()
      let refused = try #require(try city.ledger(wang).submissions.first).caseId
      try city.officer("review", "accept", refused)
      try city.officer(
        "review", "refuse", refused, "--reason", "还要交一份居住证明。", "--reason-en", "A proof is missing.",
        "--ground", "《图书馆管理办法》第八条", "--ground-en", "Library rules, section 8")
      try await phone.tap("办件")
      try await phone.mustSee("没有通过")
      try await phone.network(false)
      try await phone.tap("图书馆读者证")
      try await phone.tap("跑一次没办成")
      try await phone.mustSee("关于：图书馆读者证")
      try await says(phone)
      try await phone.tap("可以看", in: "share_case")
      try await phone.tap("提交申请")
      try await phone.mustSee("已经存好")
      try await phone.network(true)
      try await phone.mustSee("没有要发的")
      try await isAnswered(phone, city)
    }
  }

  private func isAnswered(_ phone: Phone, _ city: City) async throws {
    let waiting = try first(#""case_id":\s*"([^"]+)""#, in: city.officer("grievance", "list"))
    phone.shell.reset("grievances")
    try await phone.mustSee("前答复")
    try city.officer(
      "grievance", "answer", waiting, "--text", "居住证明早就取消了，窗口已改正。", "--text-en", "It was cancelled.",
      "--put-right")
    try await phone.mustSee("已答复")
    try await phone.tap("图书馆读者证")
    try await phone.mustSee("已经改正")
    try await phone.mustSee("居住证明早就取消了")
    try await phone.tap("没有解决，交给上一级")
    try await phone.mustSee("关于：")
  }
}

extension Phone {
  /// Files a library card, and waits until the city has it.
  func filesLibraryCard() async throws {
    shell.go("review/\(try await fillsLibraryCard())")
    try await tap("提交申请")
    try await mustSee("没有要发的")
    await toHome()
  }

  /// Signs in at the city, and chooses a PIN.
  func signsIn(_ pin: String) async throws {
    try await tap("去登录")
    for _ in 0..<2 { try await self.pin(pin) }
    try await mustSee("医保余额")
  }

  /// Locks the app, and looks at the lock.
  func locks() async throws {
    try await shell.lock()
    await toHome()
    try await mustSee("请输入 6 位解锁码")
  }
}
