import CitizenKit
import SwiftUI

/// A token of colour is a style: it knows day and night by itself.
extension Paint: @retroactive ShapeStyle {
  public func resolve(in environment: EnvironmentValues) -> Color.Resolved {
    let rgb = environment.colorScheme == .dark ? night : day
    let part = { (shift: UInt32) in Float((rgb >> shift) & 0xFF) / 255 }
    return Color.Resolved(red: part(16), green: part(8), blue: part(0))
  }
}

private struct ElderKey: EnvironmentKey {
  static let defaultValue = false
}

extension EnvironmentValues {
  /// Whether everything comes in the larger size.
  var elder: Bool {
    get { self[ElderKey.self] }
    set { self[ElderKey.self] = newValue }
  }
}

/// Text as the tokens have it, growing with the size that the person chose for the whole system.
private struct Dress: ViewModifier {
  let size: TypeSize
  let paint: Paint
  let bold: Bool
  @Environment(\.elder) private var elder
  @ScaledMetric(relativeTo: .body) private var scale = 1.0

  func body(content: Content) -> some View {
    let points = (elder ? size.elder : size.usual) * scale
    content
      .font(.system(size: points, weight: bold ? .bold : .regular))
      .lineSpacing(points * (elder ? 0.3 : 0.2))
      .foregroundStyle(paint)
      .fixedSize(horizontal: false, vertical: true)
  }
}

/// Something to tap is never lower than a finger is wide.
private struct Tappable: ViewModifier {
  @Environment(\.elder) private var elder

  func body(content: Content) -> some View {
    content.frame(minHeight: Look.target(elder: elder)).contentShape(.rect)
  }
}

/// A rounded ground with an edge.
private struct Ground: ViewModifier {
  let fill: Paint
  let edge: Paint?

  func body(content: Content) -> some View {
    content
      .background(fill, in: .rect(cornerRadius: Look.corner))
      .overlay {
        if let edge { RoundedRectangle(cornerRadius: Look.corner).stroke(edge, lineWidth: 1) }
      }
  }
}

extension View {
  func dress(_ size: TypeSize = .body, _ paint: Paint = .ink, bold: Bool = false) -> some View {
    modifier(Dress(size: size, paint: paint, bold: bold))
  }

  func tappable() -> some View { modifier(Tappable()) }

  func ground(_ fill: Paint = .surface, edge: Paint? = .line) -> some View {
    modifier(Ground(fill: fill, edge: edge))
  }
}

/// A picture beside words says nothing by itself: a screen reader passes it over.
struct IconView: View {
  let icon: Icon
  let paint: Paint
  var size = TypeSize.lead

  init(_ icon: Icon, _ paint: Paint, _ size: TypeSize = .lead) {
    self.icon = icon
    self.paint = paint
    self.size = size
  }

  var body: some View {
    Image(systemName: icon.rawValue).dress(size, paint).accessibilityHidden(true)
  }
}
