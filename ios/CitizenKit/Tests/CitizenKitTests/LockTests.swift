import CitizenCore
import Foundation
import Testing

@testable import CitizenKit

/// The app locked and opened: by the PIN, by a finger, after the process died.
@MainActor
@Suite(.serialized, .timeLimit(.minutes(5)))
struct LockTests {
  @Test func aLockedAppShowsNothingAndGivesNothing() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      try await phone.tap("设置")
      try await phone.tap("马上锁上")
      try await phone.mustSee("请输入 6 位解锁码")
      #expect(!phone.sees("医保余额"), "nothing of home is seen")
      for route in phone.shell.stack { #expect(phone.shell.page(route)?.title == "打开", "nor of any screen below") }
      await #expect(throws: NobodyUnlocked()) { try await phone.client.cases(1) }
      try await phone.pin("111222")
      try await phone.mustSee("解锁码不对")
      try await phone.pin(digits)
      try await phone.mustSee("医保余额")
    }
  }

  @Test func lockingForgetsWhatScreensKnew() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      let knowing = { phone.shell.screens.values.filter { $0.needsPerson && $0.page != nil } }
      #expect(!knowing().isEmpty)
      try await phone.shell.lock()
      #expect(knowing().isEmpty)
    }
  }

  @Test func theAppLocksWhenNobodyUsesItAndAsSoonAsItIsLeft() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      try await phone.tap("设置")
      try await phone.tap("1 分钟后")
      #expect(try await phone.client.lockAfter() == 60)
      try await phone.client.setLockAfter(0)
      try await phone.mustSee("请输入 6 位解锁码")
      #expect(phone.shell.dialog == nil && !phone.shell.unlocked, "without a touch, and no error is said")
      try await phone.client.setLockAfter(300)
      try await phone.pin(digits)
      try await phone.mustSee("5 分钟后")
      await phone.leavesAndReturns()
      #expect(phone.sees("5 分钟后"), "not before the time")
      try await phone.tap("一离开就锁")
      await phone.shell.suspend()
      #expect(!phone.shell.unlocked, "while nobody looks already")
      await #expect(throws: NobodyUnlocked()) { try await phone.client.cases(1) }
      phone.shell.resume()
      try await phone.mustSee("请输入 6 位解锁码")
      try await phone.pin(digits)
      try await phone.mustSee("一离开就锁")
    }
  }

  @Test func whomTheAppSendsToTheCameraComesBackToTheVeryPlace() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      phone.shell.settings.lockAtOnce = true
      let draft = try await phone.client.createDraft("medical-reimbursement")
      phone.shell.go("paper/\(draft)/invoice")
      try await phone.tap("拍照")
      await phone.leavesAndReturns()
      try await phone.choose("invoice.jpg")
      try await phone.mustSee("第 1 张")
      await phone.leavesAndReturns()
      try await phone.mustSee("请输入 6 位解锁码")
    }
  }

  @Test func whoWasLockedByTheCoreSeesThatByTheScreen() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      try await phone.tap("设置")
      let person = try #require(phone.shell.person)
      try await phone.client.app.lock(personId: person)
      phone.shell.go("cases")
      try await phone.mustSee("请输入 6 位解锁码")
      #expect(phone.shell.dialog == nil, "and no error is said")
      try await phone.pin(digits)
      try await phone.mustSee("还没有办过")
    }
  }

  @Test func nothingOfAPersonIsShownWhileNobodyLooks() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      await phone.shell.suspend()
      #expect(phone.shell.page == nil, "for the list of open apps")
      phone.shell.resume()
      try await phone.mustSee("医保余额")
    }
  }

  @Test func anotherPersonErasesTheirsAtTheirWordOnly() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      try await phone.tap("设置")
      try await phone.tap("删除这部手机上的全部资料")
      try await phone.mustSee("找不回来")
      phone.shell.dialog = nil
      #expect(try await phone.client.people().count == 1, "who turns back keeps everything")
      try await phone.tap("删除这部手机上的全部资料")
      try await phone.confirm()
      try await phone.mustSee("同意并开始")
      #expect(try await phone.client.people().isEmpty)
    }
  }

  @Test func suspensionLetsGoAndComingBackGoesOn() async throws {
    try await withPhone { phone, city in
      try await phone.arrives()
      try await phone.tap("办件")
      await phone.shell.suspend()
      #expect(await !phone.client.isSending, "nothing holds a file while the app is suspended")
      phone.shell.resume()
      await phone.shell.settled()
      #expect(phone.shell.unlocked, "the person comes back to where they were")
      try city.officer("clock", "set", "2026-11-23")
      try city.officer("proactive", "run")
      await phone.toHome()
      try await phone.tap("证照")
      try await phone.mustSee("老年人优待证")
    }
  }

  @Test func aSuspensionInTheMiddleOfAnUploadFilesOnceAfterwards() async throws {
    try await withPhone { phone, city in
      try await phone.arrives()
      let draft = try await phone.files()
      city.network.allow(1_000_000)
      phone.shell.go("review/\(draft)")
      try await phone.tap("提交申请")
      try await phone.mustSee("照片已传")
      await phone.shell.suspend()
      #expect(await !phone.client.isSending)
      city.network.allow(.max)
      phone.shell.resume()
      try await phone.mustSee("没有要发的")
      #expect(try city.ledger(wang).submissions.count == 1)
    }
  }

  @Test func whoIsAwayIsToldThatSomethingIsNewAndNotWhat() async throws {
    try await withPhone { phone, city in
      try await phone.arrives()
      #expect(phone.system.notices.isEmpty, "nobody is told what they see")
      await phone.shell.suspend()
      try await phone.client.resume()
      try city.officer("clock", "set", "2026-11-23")
      try city.officer("proactive", "run")
      try await phone.system.told()
      #expect(Set(phone.system.notices) == ["您的办件有新进展"])
    }
  }

  @Test func filesHaveTheClassThatTheirUseAsksFor() async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      let draft = try await phone.client.createDraft("medical-reimbursement")
      let picture = Surroundings.papers.appending(path: "invoice.jpg")
      try await phone.client.attach(picture.path, to: "invoice", in: draft)
      let files = FileManager.default.enumerator(atPath: phone.data.path)?.compactMap { $0 as? String } ?? []
      let classes = Dictionary(grouping: files.filter { !phone.isFolder($0) }, by: FileGuard.class)
      let photographs = try #require(classes[.whileUnlocked])
      #expect(photographs.count == 1, "the photograph is readable while the phone is unlocked: \(photographs)")
      let others = try #require(classes[.untilFirstUnlock])
      #expect(others.contains { $0.hasSuffix("store.db") } && others.contains("device.db"), "databases always are")
    }
  }
}
