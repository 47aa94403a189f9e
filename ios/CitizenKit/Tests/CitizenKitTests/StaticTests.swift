import Foundation
import Testing

@testable import CitizenKit

/// What can be seen of the app without running it: property lists, texts, and what a thin shell must not hold.
@MainActor
@Suite struct StaticTests {
  private let app = Surroundings.root.appending(path: "ios/CitizenApp")
  private let kit = Surroundings.root.appending(path: "ios/CitizenKit/Sources/CitizenKit")

  private func list(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: app.appending(path: path))
    return try #require(try PropertyListSerialization.propertyList(from: data, format: nil) as? [String: Any])
  }

  private func sources(_ folder: URL) throws -> [(name: String, text: String)] {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
    return try (files ?? []).filter { $0.pathExtension == "swift" }.map { file in
      (file.path, try String(contentsOf: file, encoding: .utf8))
    }
  }

  @Test func theSystemIsToldEverythingThatTheAppAsksOfIt() throws {
    let info = try list("Info.plist")
    #expect(info["BGTaskSchedulerPermittedIdentifiers"] as? [String] == [BackgroundNames.sync])
    #expect(info["UIBackgroundModes"] as? [String] == ["processing"])
    #expect(info["CFBundleLocalizations"] as? [String] == Strings.languages)
    let reasons = info.keys.filter { $0.hasSuffix("UsageDescription") }.sorted()
    #expect(reasons == ["NSCameraUsageDescription", "NSFaceIDUsageDescription"], "asked for and used, nothing else")
    for language in Strings.languages {
      let said = try list("Resources/\(language).lproj/InfoPlist.strings")
      for key in reasons + ["CFBundleDisplayName"] {
        #expect((said[key] as? String)?.isEmpty == false, "\(language): \(key)")
      }
    }
  }

  @Test func nothingGoesInTheClear() throws {
    let transport = try #require(try list("Info.plist")["NSAppTransportSecurity"] as? [String: Any])
    #expect(
      transport.keys.sorted() == ["NSAllowsArbitraryLoads"] && transport["NSAllowsArbitraryLoads"] as? Bool == false)
    #expect((try list("Info.plist")["CitizenCityAddress"] as? String)?.hasPrefix("https://") == true)
  }

  @Test func whatIsWrittenIsSealedWhileThePhoneIsLocked() throws {
    let rights = try list("CitizenApp.entitlements")
    #expect(rights["com.apple.developer.default-data-protection"] as? String == "NSFileProtectionComplete")
    #expect(
      rights.keys.sorted() == ["com.apple.developer.default-data-protection", "keychain-access-groups"],
      "no right that nothing uses")
  }

  @Test func thePrivacyManifestNamesWhatIsUsedAndTracksNobody() throws {
    let manifest = try list("Resources/PrivacyInfo.xcprivacy")
    #expect(manifest["NSPrivacyTracking"] as? Bool == false)
    #expect((manifest["NSPrivacyTrackingDomains"] as? [String])?.isEmpty == true)
    let collected = try #require(manifest["NSPrivacyCollectedDataTypes"] as? [[String: Any]])
    #expect(!collected.isEmpty)
    for kind in collected {
      #expect(kind["NSPrivacyCollectedDataTypeTracking"] as? Bool == false)
      #expect(kind["NSPrivacyCollectedDataTypeLinked"] as? Bool == true)
      #expect(
        kind["NSPrivacyCollectedDataTypePurposes"] as? [String]
          == ["NSPrivacyCollectedDataTypePurposeAppFunctionality"])
    }
    let used = try #require(manifest["NSPrivacyAccessedAPITypes"] as? [[String: Any]])
    let names = used.compactMap { $0["NSPrivacyAccessedAPIType"] as? String }.map { $0.suffix(12) }
    #expect(names == ["UserDefaults", "ileTimestamp", "stemBootTime"])
    #expect(used.allSatisfy { ($0["NSPrivacyAccessedAPITypeReasons"] as? [String])?.count == 1 })
  }

  @Test func everyTextIsThereInBothLanguages() {
    let texts = Strings.languages.map(Strings.init)
    let needed = Set(Key.allCases.map(\.name) + Plural.allCases.map { $0.name("other") })
    for strings in texts {
      #expect(needed.subtracting(strings.names).isEmpty, "texts that are missing")
      #expect(
        strings.names.filter { !$0.hasSuffix(".one") && !needed.contains($0) }.isEmpty, "texts that nothing names")
    }
    for name in needed {
      let places = texts.map { Set(($0.raw(name) ?? "").matches(of: /%\d\$@/).map { String($0.output) }) }
      #expect(places[0] == places[1], "the same places to fill: \(name)")
    }
  }

  @Test func textsAreFilledInOnePass() {
    let strings = Strings("en")
    #expect(strings.text(.percent, 80) == "80%")
    #expect(strings.text(.removeEntry, "%2$@ 100%", 3).contains("%2$@ 100%"), "what a person wrote is no place to fill")
    #expect(strings.count(.workingDays, 1) == "1 working day" && strings.count(.workingDays, 2) == "2 working days")
    #expect(strings.day("2026-09-08") == "8 September 2026" && Strings("zh-Hans").day("2026-09-08") == "2026年9月8日")
  }

  @Test func noWordsOutsideTheTables() throws {
    let han = try Regex(#"\p{Han}"#)
    let found = try (sources(kit) + sources(app)).filter { $0.text.contains(han) }.map(\.name)
    #expect(found.isEmpty)
  }

  @Test func theShellIsThin() throws {
    let all = try sources(kit) + sources(app)
    let foreign = ["sqlite", "SELECT ", "JSONSerialization", "JSONDecoder", "CryptoKit", "URLSession"]
    let places = all.filter { !$0.name.contains("/Platform/") }
    #expect(places.flatMap { file in foreign.filter(file.text.contains).map { "\(file.name): \($0)" } }.isEmpty)
    let binding = all.filter {
      $0.name.contains("/Design/") || $0.name.contains("/Words/") || $0.name.contains("CitizenApp")
    }
    #expect(
      binding.filter { $0.text.contains("import CitizenCore") }.map(\.name).isEmpty, "the core's types are seen here")
    let fields = try Regex("invoice|hospital|visit_kind|senior-card|medical-reimbursement")
    let known = ["/Key.swift", "/Money.swift"]
    let named = all.filter { file in file.text.contains(fields) && !known.contains(where: file.name.hasSuffix) }
    #expect(named.map(\.name).isEmpty, "a field of a service in the shell")
    let lines = all.map { $0.text.split(separator: "\n", omittingEmptySubsequences: false).count }.sorted()
    print(
      "\(all.count) Swift files, \(lines.reduce(0, +)) lines, median \(lines[lines.count / 2]), longest \(lines.last ?? 0)"
    )
    #expect(lines.allSatisfy { $0 <= 400 })
  }
}
