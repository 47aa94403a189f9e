import Foundation

public enum HorizontalAlignment: Sendable { case leading, center, trailing }
public enum VerticalAlignment: Sendable { case top, center, bottom, firstTextBaseline }
public enum Alignment: Sendable { case leading, center, trailing }
public enum TextAlignment: Sendable { case leading, center, trailing }
public enum ContentMode: Sendable { case fit, fill }
public enum TitleDisplayMode: Sendable { case inline, large }
public enum ScrollDismissesKeyboardMode: Sendable { case interactively }
public enum AccessibilityChildBehavior: Sendable { case combine, contain, ignore }
public enum TextInputAutocapitalization: Sendable { case never, characters }
public enum PlainStyle: Sendable { case plain }
public enum PickerStyle: Sendable { case graphical }
public enum FileType: Sendable { case image, pdf }

public struct AccessibilityTraits: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let isHeader = AccessibilityTraits(rawValue: 1)
  public static let isSelected = AccessibilityTraits(rawValue: 2)
}

public struct Edge {
  public struct Set: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let top = Set(rawValue: 1)
    public static let horizontal = Set(rawValue: 10)
    public static let vertical = Set(rawValue: 5)
    public static let all = Set(rawValue: 15)
  }
}

public struct Font: Sendable {
  public enum TextStyle: Sendable { case body }
  public enum Weight: Sendable { case regular, bold }
  public static func system(size: CGFloat, weight: Weight) -> Font { Font() }
}

public protocol Gesture {}

public struct TapGesture: Gesture {
  public init() {}
  public func onEnded(_ action: @escaping @MainActor () -> Void) -> some Gesture { self }
}

/// Of UIKit, which SwiftUI brings along on a phone.
public enum UIKeyboardType: Sendable { case `default`, numberPad, phonePad }

@MainActor
public final class UIScreen {
  public static let main = UIScreen()
  public var brightness: CGFloat = 0
}

extension URL {
  public func startAccessingSecurityScopedResource() -> Bool { true }
  public func stopAccessingSecurityScopedResource() {}
}

extension View {
  public func font(_ font: Font?) -> some View { self }
  public func lineSpacing(_ space: CGFloat) -> some View { self }
  public func lineLimit(_ range: ClosedRange<Int>) -> some View { self }
  public func foregroundStyle(_ style: some ShapeStyle) -> some View { self }
  public func multilineTextAlignment(_ alignment: TextAlignment) -> some View { self }
  public func monospacedDigit() -> some View { self }
  public func tint(_ style: (some ShapeStyle)?) -> some View { self }
  public func fixedSize(horizontal: Bool, vertical: Bool) -> some View { self }
  public func padding(_ length: CGFloat) -> some View { self }
  public func padding(_ edges: Edge.Set, _ length: CGFloat? = nil) -> some View { self }
  public func frame(width: CGFloat? = nil, height: CGFloat? = nil) -> some View { self }
  public func frame(
    minWidth: CGFloat? = nil, maxWidth: CGFloat? = nil, minHeight: CGFloat? = nil, maxHeight: CGFloat? = nil,
    alignment: Alignment = .center
  ) -> some View { self }
  public func aspectRatio(_ ratio: CGFloat?, contentMode: ContentMode) -> some View { self }
  public func background(_ style: some ShapeStyle) -> some View { self }
  public func background(_ style: some ShapeStyle, in shape: some Shape) -> some View { self }
  public func overlay<V: View>(@ViewBuilder content: () -> V) -> some View { self }
  public func clipShape(_ shape: some Shape) -> some View { self }
  public func contentShape(_ shape: some Shape) -> some View { self }
  public func ignoresSafeArea() -> some View { self }
  public func modifier(_ modifier: some ViewModifier) -> some View { self }
  public func id(_ id: some Hashable) -> some View { self }
  public func environment<V>(_ key: WritableKeyPath<EnvironmentValues, V>, _ value: V) -> some View { self }
}

extension View {
  public func buttonStyle(_ style: PlainStyle) -> some View { self }
  public func datePickerStyle(_ style: PickerStyle) -> some View { self }
  public func keyboardType(_ type: UIKeyboardType) -> some View { self }
  public func autocorrectionDisabled(_ off: Bool = true) -> some View { self }
  public func textInputAutocapitalization(_ kind: TextInputAutocapitalization?) -> some View { self }
  public func focused(_ state: FocusState<Bool>.Binding) -> some View { self }
  public func scrollDismissesKeyboard(_ mode: ScrollDismissesKeyboardMode) -> some View { self }
  public func simultaneousGesture(_ gesture: some Gesture) -> some View { self }
  public func onAppear(perform action: (() -> Void)? = nil) -> some View { self }
  public func onDisappear(perform action: (() -> Void)? = nil) -> some View { self }
  public func onChange<V: Equatable>(of value: V, _ action: @escaping () -> Void) -> some View { self }
}

extension View {
  public func navigationTitle(_ title: Text) -> some View { self }
  public func navigationBarTitleDisplayMode(_ mode: TitleDisplayMode) -> some View { self }
  public func navigationBarBackButtonHidden(_ hidden: Bool = true) -> some View { self }
  public func navigationDestination<D: Hashable, C: View>(
    for data: D.Type, @ViewBuilder destination: @escaping (D) -> C
  ) -> some View { self }
  public func toolbar<C: ToolbarContent>(@ToolbarContentBuilder content: () -> C) -> some View { self }
  public func alert<A: View, M: View>(
    _ title: Text, isPresented: Binding<Bool>, @ViewBuilder actions: () -> A, @ViewBuilder message: () -> M
  ) -> some View { self }
  public func fullScreenCover<C: View>(
    isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping () -> C
  ) -> some View { self }
  public func fileMover(
    isPresented: Binding<Bool>, file: URL?, onCompletion: @escaping (Result<URL, any Error>) -> Void,
    onCancellation: @escaping () -> Void
  ) -> some View { self }
  public func fileImporter(
    isPresented: Binding<Bool>, allowedContentTypes: [FileType],
    onCompletion: @escaping (Result<URL, any Error>) -> Void
  ) -> some View { self }
}

extension View {
  public func accessibilityHidden(_ hidden: Bool) -> some View { self }
  public func accessibilityLabel(_ label: Text) -> some View { self }
  public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View { self }
  public func accessibilityElement(children: AccessibilityChildBehavior = .ignore) -> some View { self }
}
