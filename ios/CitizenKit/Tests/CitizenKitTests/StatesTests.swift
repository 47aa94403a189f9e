import CitizenCore
import Testing

@testable import CitizenKit

/// Each state that nobody wishes for says what is the matter, and has a way out that is tapped here.
@MainActor
@Suite(.serialized, .timeLimit(.minutes(5)))
struct StatesTests {
  private func withDraft(_ test: @MainActor (Phone) async throws -> Void) async throws {
    try await withPhone { phone, _ in
      try await phone.arrives()
      _ = try await phone.client.createDraft("library-card")
      try await test(phone)
    }
  }

  @Test func aBackupWithoutItsKeySaysWhatDoesNotOpenAndASignInGoesOnBesideIt() async throws {
    try await withDraft { phone in
      await phone.diesAndReturns { phone.vault.loseEverything() }
      try await phone.mustSee("可能是从备份恢复来的")
      try await phone.mustSee("草稿 1 份")
      try await phone.tap("去登录")
      try await phone.tap("同意并登录")
      try await phone.signsIn("583920")
      #expect(try await phone.client.people().count == 2, "the sealed data are kept")
    }
  }

  @Test func aPhoneThatWasNotUnlockedSinceItStartedWaits() async throws {
    try await withDraft { phone in
      await phone.diesAndReturns { phone.vault.answers(.NotYetUnlocked) }
      try await phone.mustSee("请先解锁手机屏幕")
      phone.vault.answers(nil)
      try await phone.tap("再试一次")
      try await phone.pin(digits)
      try await phone.mustSee("还没提交")
    }
  }

  @Test func aKeyThatTheHardwareHasMadeVoidIsSaid() async throws {
    try await withDraft { phone in
      await phone.diesAndReturns { phone.vault.answers(.Invalidated) }
      try await phone.mustSee("原来的快捷解锁已经失效")
      try await phone.mustSee("再试一次")
    }
  }

  @Test func aVaultThatDoesNotAnswerIsTriedAgain() async throws {
    try await withDraft { phone in
      await phone.diesAndReturns { phone.vault.answers(.Unavailable) }
      try await phone.mustSee("密钥库没有回应")
      phone.vault.answers(nil)
      try await phone.tap("再试一次")
      try await phone.pin(digits)
      try await phone.mustSee("还没提交")
    }
  }

  @Test func wrongPinsArePausedAndNobodyIsLeftAlone() async throws {
    try await withDraft { phone in
      try await phone.locks()
      for _ in 0..<3 { try await phone.pin("111111") }
      try await phone.mustSee("暂时不能再试")
      #expect(!phone.sees("请输入 6 位解锁码"), "nothing to type into")
      try await phone.tap("再试一次")
      try await phone.mustSee("暂时不能再试")
      try await phone.tap("忘记解锁码")
      try await phone.mustSee("想不起来也不要紧")
    }
  }

  @Test func aFingerOpensTheWayWhereThePinIsForgotten() async throws {
    try await withPhone { phone, _ in
      phone.finger.possible = true
      try await phone.arrives(greeting: "以后用指纹或面容打开吗")
      try await phone.confirm()
      try await phone.locks()
      try await phone.tap("忘记解锁码")
      phone.finger.comes = .fails(.paused)
      try await phone.tap("用指纹或面容")
      try await phone.mustSee("这次没有认出来")
      phone.finger.comes = .recognised
      try await phone.tap("用指纹或面容")
      for _ in 0..<2 { try await phone.pin("583920") }
      try await phone.mustSee("医保余额")
      try await phone.locks()
      try await phone.pin("583920")
      try await phone.mustSee("医保余额")
    }
  }
}
