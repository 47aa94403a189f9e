/// The tokens of the design: every size and colour that a screen is drawn with, by the names that all shells share.

/// A colour by day and by night, as 0xRRGGBB.
public enum Paint: String, CaseIterable, Sendable {
  case bg, surface, ink, ink2, line, primary, onPrimary, ok, okBg, warn, warnBg, bad, badBg
  /// What a card is printed on, and the paper that a code is printed on: alike by day and night.
  case cardFront, onCardFront, paper, print

  public var day: UInt32 {
    switch self {
    case .bg: 0xF6F7F9
    case .surface: 0xFFFFFF
    case .ink: 0x15202B
    case .ink2: 0x4A5662
    case .line: 0xD5DBE1
    case .primary: 0x0A5FAE
    case .onPrimary: 0xFFFFFF
    case .ok: 0x0B6B3A
    case .okBg: 0xE3F4EA
    case .warn: 0x8A4B00
    case .warnBg: 0xFFF1DC
    case .bad: 0xB3261E
    case .badBg: 0xFCE8E6
    case .cardFront: 0x0A4F8F
    case .onCardFront: 0xFFFFFF
    case .paper: 0xFFFFFF
    case .print: 0x000000
    }
  }

  public var night: UInt32 {
    switch self {
    case .bg: 0x0F1419
    case .surface: 0x192129
    case .ink: 0xEAF0F5
    case .ink2: 0xB3BEC9
    case .line: 0x33404C
    case .primary: 0x7DB8F2
    case .onPrimary: 0x06233F
    case .ok: 0x7FD6A3
    case .okBg: 0x12301F
    case .warn: 0xF5BE7A
    case .warnBg: 0x3A2608
    case .bad: 0xF5A39C
    case .badBg: 0x3D1613
    case .cardFront, .onCardFront, .paper, .print: day
    }
  }
}

/// Sizes of type, in points at the usual setting of the system: body, emphasis, heading, figure.
public enum TypeSize: CaseIterable, Sendable {
  case body, lead, head, figure

  public var usual: Double {
    switch self {
    case .body: 16
    case .lead: 18
    case .head: 22
    case .figure: 28
    }
  }

  public var elder: Double {
    switch self {
    case .body: 20
    case .lead: 24
    case .head: 28
    case .figure: 34
    }
  }
}

/// A colour that means something, always beside an icon and a word.
public enum Tone: String, CaseIterable, Sendable {
  case plain, ok, warn, bad

  public var ink: Paint {
    switch self {
    case .plain: .ink2
    case .ok: .ok
    case .warn: .warn
    case .bad: .bad
    }
  }

  public var ground: Paint {
    switch self {
    case .plain: .bg
    case .ok: .okBg
    case .warn: .warnBg
    case .bad: .badBg
    }
  }

  public var icon: Icon {
    switch self {
    case .plain: .clock
    case .ok: .ok
    case .warn: .warn
    case .bad: .bad
    }
  }
}

/// Sizes that are not type.
public enum Look {
  /// The least height of what can be tapped.
  public static func target(elder: Bool) -> Double { elder ? 60 : 48 }
  public static let corner = 12.0
  /// Content is at most as wide, so that lines stay short enough to read.
  public static let column = 640.0
}

/// A picture that stands beside a word, by the name that all shells share; the value is the system's symbol.
public enum Icon: String, CaseIterable, Sendable {
  case back = "chevron.backward"
  case bad = "xmark.octagon"
  case box = "checkmark.square.fill"
  case calendar = "calendar"
  case camera = "camera"
  case card = "person.text.rectangle"
  case `case` = "folder"
  case check = "checkmark"
  case chevron = "chevron.forward"
  case clock = "clock"
  case device = "iphone"
  case erase = "delete.left"
  case export = "square.and.arrow.up"
  case eye = "eye"
  case file = "doc"
  case image = "photo"
  case insurance = "cross.case"
  case lock = "lock"
  case mandate = "person.badge.key"
  case money = "yensign.circle"
  case offline = "wifi.slash"
  case ok = "checkmark.circle"
  case outbox = "paperplane"
  case people = "person.2"
  case person = "person"
  case plus = "plus"
  case qr = "qrcode"
  case question = "questionmark.circle"
  case search = "magnifyingglass"
  case services = "square.grid.2x2"
  case settings = "gearshape"
  case speak = "speaker.wave.2"
  case speech = "bubble.left"
  case truck = "truck.box"
  case warn = "exclamationmark.triangle"
}
