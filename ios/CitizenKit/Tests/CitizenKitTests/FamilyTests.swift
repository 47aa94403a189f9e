import CitizenCore
import Testing

@testable import CitizenKit

private let daughter = "330702200101310061"
private let daughtersPin = "583920"

/// Several people on one phone, and one who acts for another: by tapping, against the real core and a real city.
@MainActor
@Suite(.serialized, .timeLimit(.minutes(5)))
struct FamilyTests {
  @Test func aDaughterActsForHerMotherUntilTheMotherEndsIt() async throws {
    try await withPhone { phone, city in
      try await phone.arrives()
      try await gives(phone)
      try await phone.adds(daughter, daughtersPin, "陈㛃")
      try await accepts(phone)
      try await filesForTheMother(phone, city)
      try await theMotherSeesItAndEndsIt(phone)
      try await theDaughterKeepsWhatSheWrote(phone)
      try await removes(phone)
    }
  }

  private func gives(_ phone: Phone) async throws {
    try await phone.tap("设置")
    try await phone.tap("委托家人办事")
    try await phone.tap("委托一个人")
    try await phone.type("name", "陈㛃")
    try await phone.type("id_number", daughter)
    try await phone.tap("办理和查看", in: "acts")
    try await phone.tap("只限我选的事项", in: "reach")
    try await phone.search("读者证")
    try await phone.tap("图书馆读者证", in: "services")
    #expect(!phone.sees("委托给陈㛃"), "not before all of it is said")
    try await phone.choose("until", day: "2027-09-30")
    try await phone.tap("委托给陈㛃")
    try await phone.mustSee("等对方接受")
    await phone.back()
  }

  private func accepts(_ phone: Phone) async throws {
    try await phone.tap("王秀英想请您代办")
    try await phone.tap("接受")
    try await phone.tap("替王秀英办事")
    try await phone.mustSee("您正在替王秀英办事")
    await phone.diesAndReturns()
    try await phone.pin(daughtersPin)
    try await phone.mustSee("您正在替王秀英办事")
  }

  private func filesForTheMother(_ phone: Phone, _ city: City) async throws {
    try await phone.network(false)
    try await phone.tap("办事")
    try await phone.search("读者证")
    try await phone.tap("图书馆读者证")
    try await phone.tap("开始办理")
    try await phone.type("applicant_name", "王秀英")
    try await phone.type("phone", "13800138000")
    try await phone.tap("自己", in: "reader")
    while !phone.sees("检查一遍") { try await phone.tap("下一步") }
    try await phone.tap("检查一遍")
    try await phone.mustSee("您正在替王秀英办事")
    try await phone.tap("提交申请")
    try await phone.mustSee("已经存好")
    try await phone.network(true)
    try await phone.mustSee("没有要发的")
    let told = try city.officer("ledger", wang)
    #expect(told.contains("library-card") && told.contains("陈㛃"), "both stand in it")
    #expect(try city.ledger(daughter).submissions.isEmpty, "nothing of the daughter's own")
    try await phone.tap("回到我自己")
    try await phone.mustSee("陈㛃，您好")
    #expect(!phone.sees("您正在替"))
    // Another one, which still waits when the mandate ends.
    try await phone.tap("替王秀英办事")
    try await phone.network(false)
    let draft = try await phone.fillsLibraryCard()
    phone.shell.go("review/\(draft)")
    try await phone.tap("提交申请")
    try await phone.mustSee("已经存好")
    try await phone.tap("回到我自己")
  }

  private func theMotherSeesItAndEndsIt(_ phone: Phone) async throws {
    await phone.toHome()
    try await phone.goesOn(as: "王秀英", digits)
    try await phone.tap("设置")
    try await phone.tap("委托家人办事")
    try await phone.mustSee("陈㛃替王秀英提交了")
    try await phone.tap("委托陈㛃替我办")
    try await phone.tap("收回委托")
    try await phone.confirm()
    try await phone.mustSee("已收回")
    await phone.toHome()
  }

  private func theDaughterKeepsWhatSheWrote(_ phone: Phone) async throws {
    try await phone.goesOn(as: "陈㛃", daughtersPin)
    try await phone.tap("设置")
    try await phone.tap("委托家人办事")
    try await phone.mustSee("已收回")
    try await phone.tap("替王秀英办")
    try await phone.tap("看我替王秀英写的")
    try await phone.mustSee("委托已经失效")
    try await phone.mustSee("市里退回来了")
    try await phone.network(false)
    try await phone.tap("市里退回来了")
    try await phone.tap("跑一次没办成")
    try await phone.mustSee("关于：图书馆读者证")
    try await phone.tap("回到我自己")
  }

  private func removes(_ phone: Phone) async throws {
    try await phone.tap("设置")
    try await phone.tap("委托家人办事")
    try await phone.tap("替王秀英办")
    try await phone.tap("删除我替王秀英写的")
    try await phone.confirm()
    #expect(try await phone.client.represented().isEmpty)
    await phone.toHome()
    for name in ["王秀英", "陈㛃"] {
      if !phone.sees("添加家人") {
        try await phone.tap("设置")
        try await phone.tap("这部手机上的人")
      }
      try await phone.tap(name)
      try await phone.tap("从这部手机删除\(name)")
      try await phone.confirm()
    }
    try await phone.mustSee("同意并开始")
    #expect(try await phone.client.people().isEmpty)
  }

  @Test func nobodySeesTheScreensThatSomebodyElseHadOpen() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      try await phone.adds(daughter, daughtersPin, "陈㛃")
      try await phone.tap("设置")
      try await phone.mustSee("换解锁码")
      await phone.diesAndReturns()
      try await phone.tap("我是王秀英")
      try await phone.pin(digits)
      try await phone.mustSee("医保余额")
      #expect(!phone.sees("换解锁码"))
    }
  }

  @Test func anotherPersonWhoSignsInChangesNothing() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      try await phone.tap("设置")
      try await phone.tap("退出登录")
      try await phone.confirm()
      phone.browser.idNumber = daughter
      try await phone.tap("去登录")
      try await phone.tap("去登录")
      try await phone.pin(digits)
      try await phone.mustSee("刚才登录的是另一个人")
      #expect(try await phone.client.people().map(\.label) == ["王秀英"])
      try await phone.tap("添加家人")
      try await phone.mustSee("同意并登录")
    }
  }
}

extension Phone {
  /// Somebody new agrees for themselves, signs in and chooses a PIN, beside whoever is there.
  func adds(_ idNumber: String, _ pin: String, _ name: String) async throws {
    await toHome()
    try await tap("设置")
    try await tap("这部手机上的人")
    try await tap("添加家人")
    try await tap("同意并登录")
    browser.idNumber = idNumber
    try await tap("去登录")
    for _ in 0..<2 { try await self.pin(pin) }
    try await mustSee("\(name)，您好")
  }

  func goesOn(as name: String, _ pin: String) async throws {
    try await tap("设置")
    try await tap("这部手机上的人")
    try await tap(name)
    try await tap("换成\(name)")
    try await mustSee("请输入 6 位解锁码")
    try await self.pin(pin)
    try await mustSee("\(name)，您好")
    try await network(true)
  }

  /// A library card that lacks nothing, written without looking at it.
  func fillsLibraryCard() async throws -> DraftId {
    let draft = try await client.createDraft("library-card")
    for (path, answer) in ["applicant_name": "王秀英", "phone": "13800138000", "reader": "self"] {
      try await client.set(.words(text: answer), at: path, in: draft)
    }
    return draft
  }
}
