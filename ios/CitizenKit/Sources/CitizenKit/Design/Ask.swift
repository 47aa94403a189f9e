/// Something that is asked. The key is where its answer goes; it finds the very field again.
@MainActor
public struct Ask {
  public let key: String
  public let about: About
  public let input: Input

  init(_ key: String, _ about: About, _ input: Input) {
    self.key = key
    self.about = about
    self.input = input
  }

  @MainActor
  public enum Input {
    case text(String, Keys, type: @MainActor (String) -> Void)
    case choice([Option], several: Bool, choose: @MainActor (String) -> Void)
    /// `day` is `YYYY-MM-DD`, or nothing.
    case day(words: String, day: String, hint: String, choose: @MainActor (String) -> Void)
    case agree(Agreement, agree: @MainActor (Bool) -> Void)
    case fixed(String)
  }
}

/// What stands around a question: its words, where its answer comes from, what is wrong with it.
@MainActor
public struct About {
  public let label: String
  public let help: String
  public let from: String
  public let wrong: String
  public let action: Action?

  init(_ label: String, help: String = "", from: String = "", wrong: String = "", action: Action? = nil) {
    self.label = label
    self.help = help
    self.from = from
    self.wrong = wrong
    self.action = action
  }
}

/// Which keyboard a question is answered with.
public enum Keys: Sendable { case text, long, digits, amount, phone, id }

public struct Option: Equatable, Sendable {
  public let value: String
  public let words: String
  public let chosen: Bool

  init(_ value: String, _ words: String, _ chosen: Bool) {
    self.value = value
    self.words = words
    self.chosen = chosen
  }
}

/// A declaration, with what follows if it is not true.
public struct Agreement: Equatable, Sendable {
  public let statement: String
  public let consequences: String
  public let words: String
  public let agreed: Bool
}
