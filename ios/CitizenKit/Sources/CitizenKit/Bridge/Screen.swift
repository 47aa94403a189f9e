import Observation

/// A screen: what it knows comes from the core (`load`), what it shows is made of that (`view`). It keeps no data of its
/// own, so that it is the same after the process died.
@MainActor
public protocol Screen: AnyObject, Observable {
  associatedtype State: Sendable

  var at: Shell { get }

  /// Whether somebody must be unlocked.
  var needsPerson: Bool { get }

  /// Whether the person is in the middle of writing, so that nothing may be drawn from under their hands.
  var writing: Bool { get }

  /// What was read last.
  var state: State? { get set }

  /// Reads what the screen shows.
  func load() async throws -> State

  /// The page for a state.
  func view(_ state: State) -> Page
}

extension Screen {
  public var needsPerson: Bool { true }
  public var writing: Bool { false }
  public var page: Page? { state.map(view) }
  func refresh() async throws { state = try await load() }
}
