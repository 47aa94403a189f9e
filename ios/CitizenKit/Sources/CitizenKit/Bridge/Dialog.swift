/// What stands in front of everything.
public enum Dialog {
  /// Something that cannot be taken back, or that went wrong: then there is no button but the one that closes it.
  case confirm(title: String, words: String, button: String, does: @MainActor () -> Void)
  /// Some words are asked for.
  case words(title: String, hint: String, button: String, done: @MainActor (String) -> Void)
}

/// Where a paper comes from.
public enum Source: Sendable { case camera, files }
