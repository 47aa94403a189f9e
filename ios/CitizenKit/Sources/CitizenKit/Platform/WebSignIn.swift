#if os(iOS)
  import AuthenticationServices
  import UIKit

  /// The person's own browser in a session of its own: the app sees no page of it, and nothing of it stays.
  @MainActor
  public final class WebSignIn: NSObject, SignInBrowser, ASWebAuthenticationPresentationContextProviding {
    public func walk(_ address: URL, scheme: String) async -> String? {
      await withCheckedContinuation { done in
        let session = ASWebAuthenticationSession(url: address, callbackURLScheme: scheme) { back, _ in
          done.resume(returning: back?.absoluteString)
        }
        session.presentationContextProvider = self
        session.prefersEphemeralWebBrowserSession = true
        session.start()
      }
    }

    public func presentationAnchor(for session: ASWebAuthenticationSession) -> ASPresentationAnchor {
      let scenes = UIApplication.shared.connectedScenes.compactMap { $0 as? UIWindowScene }
      return scenes.compactMap(\.keyWindow).first ?? ASPresentationAnchor()
    }
  }
#endif
