import CitizenCore
import Testing

@testable import CitizenKit

/// Opening the app with a finger or a face: offered, chosen, void after another was enrolled, given up.
@MainActor
@Suite(.serialized, .timeLimit(.minutes(5)))
struct BiometricsTests {
  @Test func aFingerOpensTheAppUntilAnotherOneIsEnrolled() async throws {
    try await withPhone { phone, _ in
      phone.finger.possible = true
      try await phone.arrives(greeting: "以后用指纹或面容打开吗")
      try await phone.tap("用指纹或面容打开")
      try await phone.mustSee("医保余额")
      await phone.diesAndReturns()
      try await phone.tap("用指纹或面容打开")
      try await phone.mustSee("医保余额")
      await phone.diesAndReturns()
      phone.finger.comes = .turnsBack
      try await phone.tap("用指纹或面容打开")
      try await phone.mustSee("请输入 6 位解锁码")
      phone.finger.comes = .fails(.paused)
      try await phone.tap("用指纹或面容打开")
      try await phone.mustSee("这次没有认出来")
      phone.finger.comes = .fails(.changed)
      try await phone.tap("用指纹或面容打开")
      try await phone.mustSee("手机里的指纹或人脸有变动")
      #expect(phone.shell.page?.second == nil, "from now on the PIN")
      try await phone.pin(digits)
      try await phone.mustSee("医保余额")
    }
  }

  @Test func whoSaidNotNowChoosesItInTheSettingsAndGivesItUpThere() async throws {
    try await withPhone { phone, _ in
      phone.finger.possible = true
      try await phone.arrives(greeting: "以后用指纹或面容打开吗")
      phone.shell.dialog = nil
      try await phone.tap("设置")
      try await phone.tap("用指纹或面容打开")
      try await phone.pin("111222")
      try await phone.mustSee("解锁码不对")
      phone.finger.comes = .fails(.paused)
      try await phone.pin(digits)
      try await phone.mustSee("这次没有认出来")
      phone.finger.comes = .recognised
      try await phone.pin(digits)
      try await phone.tap("改回只用解锁码")
      try await phone.mustSee("用指纹或面容打开")
      await phone.diesAndReturns()
      try await phone.mustSee("请输入 6 位解锁码")
      #expect(!phone.sees("用指纹或面容打开"), "who has not chosen it is not asked for it")
    }
  }

  @Test func aPhoneThatCannotTellPeopleApartOffersNothing() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      try await phone.tap("设置")
      try await phone.mustSee("多久没人用就锁上")
      #expect(!phone.sees("指纹"))
    }
  }

  @Test func whoRemovesTheirDataLeavesNoKeyBehind() async throws {
    try await withPhone { phone, _ in
      phone.finger.possible = true
      try await phone.arrives(greeting: "以后用指纹或面容打开吗")
      try await phone.tap("用指纹或面容打开")
      let person = try #require(phone.shell.person)
      #expect(phone.finger.chosen(by: person))
      try await phone.tap("设置")
      try await phone.tap("删除这部手机上的全部资料")
      try await phone.confirm()
      try await phone.mustSee("同意并开始")
      #expect(!phone.finger.chosen(by: person))
    }
  }
}
