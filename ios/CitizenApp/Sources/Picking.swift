import CitizenKit
import SwiftUI

extension View {
  /// Lets the person photograph a paper or choose a file, where a screen asks for one.
  func picking(_ shell: Shell) -> some View { modifier(Picking(shell: shell)) }
}

private struct Picking: ViewModifier {
  let shell: Shell

  func body(content: Content) -> some View {
    content
      .fileImporter(isPresented: asks(for: .files), allowedContentTypes: [.image, .pdf]) { result in
        shell.picked((try? result.get()).flatMap(bringIn))
      }
      .fullScreenCover(isPresented: asks(for: .camera)) { camera }
  }

  private func asks(for source: Source) -> Binding<Bool> {
    Binding(get: { shell.picking == source }, set: { if !$0 && shell.picking == source { shell.picked(nil) } })
  }

  @ViewBuilder private var camera: some View {
    #if canImport(UIKit)
      CameraView { shell.picked($0) }.ignoresSafeArea()
    #else
      EmptyView()
    #endif
  }

  /// Copies what was chosen to a file of the app's own; the shell removes it once the core has it.
  private func bringIn(_ chosen: URL) -> URL? {
    let reached = chosen.startAccessingSecurityScopedResource()
    defer { if reached { chosen.stopAccessingSecurityScopedResource() } }
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let copy = folder.appending(path: chosen.lastPathComponent)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: chosen, to: copy)
      return copy
    } catch {
      return nil
    }
  }
}
