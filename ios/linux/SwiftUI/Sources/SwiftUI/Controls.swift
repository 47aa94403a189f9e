import Foundation

public struct Text: Drawn, Sendable {
  nonisolated public init(verbatim: String) {}
}

public struct Image: Drawn, Sendable {
  nonisolated public init(systemName: String) {}
}

public struct Spacer: Drawn {
  nonisolated public init(minLength: CGFloat? = nil) {}
}

public struct Group<C: View>: Drawn {
  public init(@ViewBuilder content: () -> C) {}
}

public struct VStack<C: View>: Drawn {
  public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> C) {}
}

public struct HStack<C: View>: Drawn {
  public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> C) {}
}

public struct ZStack<C: View>: Drawn {
  public init(@ViewBuilder content: () -> C) {}
}

public struct ScrollView<C: View>: Drawn {
  public init(@ViewBuilder content: () -> C) {}
}

public struct GridItem: Sendable {
  public enum Size: Sendable { case flexible }
  public init(_ size: Size) {}
}

extension GridItem.Size {
  public static func flexible() -> GridItem.Size { .flexible }
}

public struct LazyVGrid<C: View>: Drawn {
  public init(columns: [GridItem], spacing: CGFloat? = nil, @ViewBuilder content: () -> C) {}
}

public protocol Layout {}
public struct VStackLayout: Layout {
  public init(alignment: HorizontalAlignment = .center) {}
}
public struct HStackLayout: Layout {
  public init(alignment: VerticalAlignment = .center) {}
}

@MainActor
public struct AnyLayout {
  public init(_ layout: some Layout) {}
  public func callAsFunction<C: View>(@ViewBuilder _ content: () -> C) -> some View { content() }
}

public struct ForEach<D: RandomAccessCollection, ID: Hashable, C: View>: Drawn {
  public init(_ data: D, id: KeyPath<D.Element, ID>, @ViewBuilder content: @escaping (D.Element) -> C) {}
}

public struct NavigationStack<C: View>: Drawn {
  public init(@ViewBuilder root: () -> C) {}
  public init<E: Hashable>(path: Binding<[E]>, @ViewBuilder root: () -> C) {}
}

public struct Button<L: View>: Drawn {
  public init(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> L) {}
  public init(role: ButtonRole?, action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> L) {}
}

public struct ButtonRole: Sendable {
  public static let destructive = ButtonRole()
  public static let cancel = ButtonRole()
}

public enum Axis: Sendable { case horizontal, vertical }

public struct TextField<L: View>: Drawn {
  public init(text: Binding<String>, @ViewBuilder label: () -> L) {}
  public init(text: Binding<String>, axis: Axis, @ViewBuilder label: () -> L) {}
}

public struct DatePickerComponents: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let date = DatePickerComponents(rawValue: 1)
}

public struct DatePicker<L: View>: Drawn {
  public init(selection: Binding<Date>, displayedComponents: DatePickerComponents, @ViewBuilder label: () -> L) {}
}

public struct ProgressView: Drawn {
  public init() {}
  public init(value: Double?, total: Double) {}
}

@MainActor @preconcurrency
public protocol ToolbarContent {}

public enum ToolbarItemPlacement: Sendable { case primaryAction }

public struct ToolbarItem<C: View>: ToolbarContent {
  public init(placement: ToolbarItemPlacement, @ViewBuilder content: () -> C) {}
}

@resultBuilder
public struct ToolbarContentBuilder {
  public static func buildBlock<C: ToolbarContent>(_ content: C) -> C { content }
}
