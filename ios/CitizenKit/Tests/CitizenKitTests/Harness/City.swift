import Foundation

/// A city process on a loopback port, known to the phone through a network that can be taken away; and its officers.
@MainActor
final class City {
  let network: Relay
  private let folder: URL
  private let process = Process()

  /// A city with its own catalogue, or with other `services` beside it.
  init(_ services: [URL] = []) throws {
    // Linux would end this process for what the core writes to a connection that was cut; a phone does not.
    signal(SIGPIPE, SIG_IGN)
    folder = try Surroundings.folder()
    network = try Relay()
    let said = Pipe()
    process.executableURL = URL(filePath: Surroundings.city)
    process.arguments = [
      "serve", "--listen", "127.0.0.1:0", "--seed", "demo", "--public-url", network.url, "--data", data,
    ]
    if !services.isEmpty { process.arguments? += ["--catalogue", try catalogue(with: services).path] }
    process.standardOutput = said
    process.standardError = FileHandle.nullDevice
    try process.run()
    guard !said.fileHandleForReading.availableData.isEmpty else {
      throw Surprise("the city ended before it was ready")
    }
    let noted = try String(contentsOf: URL(filePath: data).appending(path: "city.json"), encoding: .utf8)
    guard let port = try /http:\/\/127\.0\.0\.1:(\d+)/.firstMatch(in: noted).flatMap({ UInt16($0.1) }) else {
      throw Surprise("the city does not say where it is: \(noted)")
    }
    network.lead(to: port)
  }

  private func catalogue(with services: [URL]) throws -> URL {
    let documents = folder.appending(path: "catalogue")
    let own = Surroundings.root.appending(path: "city/catalogue")
    try FileManager.default.copyItem(at: own, to: documents)
    for service in services {
      try FileManager.default.copyItem(at: service, to: documents.appending(path: service.lastPathComponent))
    }
    return documents
  }

  private var data: String { folder.appending(path: "data").path }

  /// Runs an officer's command and gives what it says.
  @discardableResult
  func officer(_ arguments: String...) throws -> String {
    let run = Process()
    let said = Pipe()
    run.executableURL = URL(filePath: Surroundings.city)
    run.arguments = arguments + ["--json", "--data", data]
    run.standardOutput = said
    run.standardError = said
    try run.run()
    let words = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    run.waitUntilExit()
    guard run.terminationStatus == 0 else { throw Surprise("city \(arguments): \(words)") }
    return words
  }

  /// The text message that a person who signs in would get.
  func code(_ idNumber: String) throws -> String { try first(#""code":\s*"(\d+)""#, in: officer("code", idNumber)) }

  /// What the city did for a person.
  func ledger(_ idNumber: String) throws -> Ledger {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Ledger.self, from: Data(officer("ledger", idNumber).utf8))
  }

  func close() {
    network.close()
    // Not asked to end: the mask of signals that a process gets from Foundation may hide the question.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }
}

/// What the city did for a person, as far as the tests look at it.
struct Ledger: Decodable {
  struct Submission: Decodable {
    let transactionId: String
    let caseId: String
  }

  let submissions: [Submission]
}

/// The first group of a pattern in a text.
func first(_ pattern: String, in text: String) throws -> String {
  guard let found = try Regex(pattern).firstMatch(in: text)?.output[1].substring else {
    throw Surprise("\(pattern) is not in \(text)")
  }
  return String(found)
}
