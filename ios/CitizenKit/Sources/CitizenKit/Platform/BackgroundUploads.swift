import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A request that the core has prepared for the system to carry: everything but the socket. The core gives none yet: it
/// sends by itself while the app may run, and this seam is where a prepared request goes once it hands them out.
public struct PreparedUpload: Sendable {
  public let transaction: String
  public let request: URLRequest
  /// What is sent, in a file that stays where it is until the system has sent it.
  public let file: URL

  public init(transaction: String, request: URLRequest, file: URL) {
    self.transaction = transaction
    self.request = request
    self.file = file
  }
}

/// Carries uploads while the app is suspended or gone.
public protocol BackgroundUploads: Sendable {
  func carry(_ upload: PreparedUpload)
}

#if os(iOS)
  /// Uploads by the system's own process. Nobody hands it any work yet.
  public final class SystemUploads: BackgroundUploads {
    private let session: URLSession

    /// `done` hears, on any thread, which upload ended and with which status; none where there was no answer.
    public init(done: @escaping @Sendable (String, Int?) -> Void) {
      let configuration = URLSessionConfiguration.background(withIdentifier: BackgroundNames.uploads)
      configuration.isDiscretionary = false
      configuration.sessionSendsLaunchEvents = true
      session = URLSession(configuration: configuration, delegate: Ended(done), delegateQueue: nil)
    }

    public func carry(_ upload: PreparedUpload) {
      let task = session.uploadTask(with: upload.request, fromFile: upload.file)
      task.taskDescription = upload.transaction
      task.resume()
    }
  }

  private final class Ended: NSObject, URLSessionTaskDelegate {
    private let done: @Sendable (String, Int?) -> Void

    init(_ done: @escaping @Sendable (String, Int?) -> Void) { self.done = done }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
      done(task.taskDescription ?? "", (task.response as? HTTPURLResponse)?.statusCode)
    }
  }
#endif
