@_exported import Foundation
@_exported import Observation

@MainActor @preconcurrency
public protocol View {
  associatedtype Body: View
  @ViewBuilder var body: Body { get }
}

extension Never: View {
  public var body: Never { unseen() }
}

/// Whatever would be seen: nothing here is.
func unseen() -> Never { fatalError("this is a stand-in for the type checker") }

/// A view that the system draws itself.
public protocol Drawn: View where Body == Never {}

extension Drawn {
  public var body: Never { unseen() }
}

public struct EmptyView: Drawn {
  nonisolated public init() {}
}

public struct AnyView: Drawn {
  public init(_ view: some View) {}
}

public struct TupleView<T>: Drawn {}

public struct ConditionalContent<A: View, B: View>: Drawn {}

extension Optional: View where Wrapped: View {
  public var body: Never { unseen() }
}

@resultBuilder
public struct ViewBuilder {
  public static func buildExpression<C: View>(_ content: C) -> C { content }
  public static func buildBlock() -> EmptyView { EmptyView() }
  public static func buildBlock<C: View>(_ content: C) -> C { content }
  @MainActor
  public static func buildBlock<each C: View>(_ content: repeat each C) -> TupleView<(repeat each C)> { TupleView() }
  public static func buildIf<C: View>(_ content: C?) -> C? { content }
  @MainActor
  public static func buildEither<A: View, B: View>(first: A) -> ConditionalContent<A, B> { ConditionalContent() }
  @MainActor
  public static func buildEither<A: View, B: View>(second: B) -> ConditionalContent<A, B> { ConditionalContent() }
}

@MainActor @preconcurrency
public protocol App {
  associatedtype Body: Scene
  @SceneBuilder var body: Body { get }
  init()
}

extension App {
  public static func main() { unseen() }
}

@MainActor @preconcurrency
public protocol Scene {
  associatedtype Body: Scene
  @SceneBuilder var body: Body { get }
}

extension Never: Scene {}

@resultBuilder
public struct SceneBuilder {
  public static func buildBlock<C: Scene>(_ content: C) -> C { content }
}

public struct WindowGroup<Content: View>: Scene {
  public init(@ViewBuilder content: () -> Content) {}
  public var body: Never { unseen() }
}

extension Scene {
  public func onChange<V: Equatable>(of value: V, _ action: @escaping () -> Void) -> some Scene { self }
}

@MainActor @preconcurrency
public protocol ViewModifier {
  associatedtype Body: View
  typealias Content = ModifiedContent<Self>
  @ViewBuilder func body(content: Content) -> Body
}

public struct ModifiedContent<M>: Drawn {}
