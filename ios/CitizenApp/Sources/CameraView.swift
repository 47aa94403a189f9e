#if canImport(UIKit)
  import SwiftUI
  import UIKit

  /// The system's camera; the photograph is written to a file of the app's own and gone with it.
  struct CameraView: UIViewControllerRepresentable {
    let taken: @MainActor (URL?) -> Void

    func makeUIViewController(context: Context) -> UIImagePickerController {
      let camera = UIImagePickerController()
      camera.sourceType = UIImagePickerController.isSourceTypeAvailable(.camera) ? .camera : .photoLibrary
      camera.delegate = context.coordinator
      return camera
    }

    func updateUIViewController(_ camera: UIImagePickerController, context: Context) {}

    func makeCoordinator() -> Coordinator { Coordinator(taken) }

    @MainActor
    final class Coordinator: NSObject, UIImagePickerControllerDelegate, UINavigationControllerDelegate {
      private let taken: @MainActor (URL?) -> Void

      init(_ taken: @escaping @MainActor (URL?) -> Void) { self.taken = taken }

      func imagePickerController(
        _ picker: UIImagePickerController, didFinishPickingMediaWithInfo info: [UIImagePickerController.InfoKey: Any]
      ) {
        let photograph = (info[.originalImage] as? UIImage)?.jpegData(compressionQuality: 0.85)
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).jpg")
        let kept = photograph.flatMap { try? $0.write(to: file, options: .completeFileProtection) } != nil
        taken(kept ? file : nil)
      }

      func imagePickerControllerDidCancel(_ picker: UIImagePickerController) { taken(nil) }
    }
  }
#endif
