import Foundation

public protocol ShapeStyle: Sendable {
  associatedtype Resolved: ShapeStyle = Never
  func resolve(in environment: EnvironmentValues) -> Resolved
}

extension Never: ShapeStyle {
  public func resolve(in environment: EnvironmentValues) -> Never { unseen() }
}

public struct Color: Drawn, ShapeStyle {
  public struct Resolved: ShapeStyle {
    public init(red: Float, green: Float, blue: Float, opacity: Float = 1) {}
    public func resolve(in environment: EnvironmentValues) -> Never { unseen() }
  }

  nonisolated public init(_ color: Resolved) {}
  nonisolated public func resolve(in environment: EnvironmentValues) -> Resolved { unseen() }
}

public protocol Shape: View where Body == Never {}

extension Shape {
  public var body: Never { unseen() }
  public func stroke(_ style: some ShapeStyle, lineWidth: CGFloat = 1) -> some View { self }
  public func fill(_ style: some ShapeStyle) -> some View { self }
}

public struct Circle: Shape {
  nonisolated public init() {}
}

public struct Rectangle: Shape {
  nonisolated public init() {}
}

public struct RoundedRectangle: Shape {
  nonisolated public init(cornerRadius: CGFloat) {}
}

extension Shape where Self == Rectangle {
  public static var rect: Rectangle { Rectangle() }
}

extension Shape where Self == RoundedRectangle {
  public static func rect(cornerRadius: CGFloat) -> RoundedRectangle { RoundedRectangle(cornerRadius: cornerRadius) }
}

public struct Path {
  public init(_ rect: CGRect) {}
}

public struct GraphicsContext {
  public struct Shading {
    public static func style(_ style: some ShapeStyle) -> Shading { Shading() }
  }

  public func fill(_ path: Path, with shading: Shading) {}
}

public struct Canvas: Drawn {
  public init(renderer: @escaping (inout GraphicsContext, CGSize) -> Void) {}
}
