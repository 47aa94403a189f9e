import CitizenCore
import Foundation

/// Words.
extension Shell {
  func text(_ key: Key, _ parts: Any...) -> String { strings.text(key, parts: parts) }
  func count(_ key: Plural, _ number: Int) -> String { strings.count(key, number) }
  var language: Language { strings.text(.language) == "zh" ? .zh : .en }
  func say(_ words: Text) -> String { language == .zh ? words.zh : words.en }
  func day(_ day: String) -> String { strings.day(day) }
  func time(_ at: Date) -> String { strings.time(at) }
  func amount(_ fen: Int64) -> String { wordsOfAmount(amount: fen) }

  /// What went wrong: what is wrong, and what to do.
  func say(_ error: CitizenError) -> (reason: String, action: String) {
    switch error {
    case .WrongUse(_, let reason, let action), .Waiting(_, let reason, let action),
      .Refused(_, let reason, let action), .Failed(_, let reason, let action):
      (say(reason), say(action))
    }
  }
}

extension CitizenError {
  /// The name of the error with which whatever is locked answers.
  static let locked = "locked"

  /// The stable name of what went wrong.
  var code: String {
    switch self {
    case .WrongUse(let code, _, _), .Waiting(let code, _, _), .Refused(let code, _, _), .Failed(let code, _, _): code
    }
  }
}
