/// What a screen shows: made by a screen from what the core says, drawn by the app. Holds words, no types of the core.
@MainActor
public struct Page {
  public let title: String
  public let blocks: [Block]
  /// Whether there is a way back in the app bar.
  public let back: Bool
  /// The one main action, fixed at the bottom.
  public let main: Action?
  public let second: Action?
  /// Whether it shows something personal: then it is covered where other apps can be seen.
  public let personal: Bool
  /// Whether the screen shall be as bright as it can be, to be scanned.
  public let bright: Bool
  /// What the bar under the title says, where there is no network.
  public internal(set) var offline: String?
  /// For whom is acted, and how that is ended.
  public internal(set) var acting: Acting?
  /// What the button for reading aloud is called.
  public internal(set) var readAloud: String?

  init(
    title: String, back: Bool = true, personal: Bool = true, bright: Bool = false, blocks: [Block] = [],
    main: Action? = nil, second: Action? = nil
  ) {
    self.title = title
    self.back = back
    self.personal = personal
    self.bright = bright
    self.blocks = blocks
    self.main = main
    self.second = second
  }
}

@MainActor
public struct Action {
  public let label: String
  public let icon: Icon?
  public let does: @MainActor () -> Void

  init(_ label: String, _ icon: Icon? = nil, _ does: @escaping @MainActor () -> Void) {
    self.label = label
    self.icon = icon
    self.does = does
  }
}

/// Says on every screen whose matters they are, where they are somebody else's.
@MainActor
public struct Acting {
  public let words: String
  public let stop: Action
}

/// A state in a word, with its icon and colour.
public struct Chip: Equatable, Sendable {
  public let words: String
  public let tone: Tone
  public let icon: Icon

  init(_ words: String, _ tone: Tone, _ icon: Icon? = nil) {
    self.words = words
    self.tone = tone
    self.icon = icon ?? tone.icon
  }
}

/// A part of a page.
@MainActor
public indirect enum Block {
  case tag(Chip)
  case heading(String)
  case words(String, muted: Bool = false, lead: Bool = false)
  case banner(Tone, title: String, words: String = "", action: Action? = nil)
  case card([Block], tap: (@MainActor () -> Void)? = nil)
  case line(Line)
  case tiles([Action])
  case figure(label: String, value: String, below: String = "")
  case pairs([Pair], strongLast: Bool = false)
  case timeline([Moment])
  case push(Action, bad: Bool = false)
  case dots(filled: Int, of: Int, label: String)
  case keypad(Keypad)
  case code(Code)
  case cardFront(CardFront)
  case steps(label: String, done: Int, of: Int)
  case search(hint: String, text: String, type: @MainActor (String) -> Void)
  case paper(Paper)
  case empty(Icon, words: String, action: Action? = nil)
  case ask(Ask)
}

/// A row that leads somewhere, or only says something.
@MainActor
public struct Line {
  public let title: String
  public let below: String
  public let chip: Chip?
  public let icon: Icon?
  public let tap: (@MainActor () -> Void)?

  init(
    _ title: String, _ below: String = "", chip: Chip? = nil, icon: Icon? = nil, tap: (@MainActor () -> Void)? = nil
  ) {
    self.title = title
    self.below = below
    self.chip = chip
    self.icon = icon
    self.tap = tap
  }
}

public struct Pair: Equatable, Sendable {
  public let name: String
  public let value: String

  init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

public struct Moment: Equatable, Sendable {
  public let title: String
  public let below: String
  public let tone: Tone
  public let icon: Icon

  init(_ title: String, _ below: String, _ tone: Tone, _ icon: Icon) {
    self.title = title
    self.below = below
    self.tone = tone
    self.icon = icon
  }
}

/// The keys that a PIN is entered with; there is no keyboard that could learn it.
@MainActor
public struct Keypad {
  public let erase: String
  public let type: @MainActor (Character) -> Void
  public let back: @MainActor () -> Void
}

/// A code to be scanned, row by row: 1 is dark.
public struct Code: Equatable, Sendable {
  public let side: Int
  public let points: [UInt8]
  public let label: String
}

public struct CardFront: Equatable, Sendable {
  public let title: String
  public let name: String
  public let lines: [Pair]
  public let chip: Chip
}

@MainActor
public struct Paper {
  public let title: String
  public let below: String
  public let thumbnail: [UInt8]?
  public let actions: [Action]
}
