#if os(iOS)
  import AVFoundation
  import UserNotifications

  /// Reads a screen aloud with the phone's own voice.
  @MainActor
  public final class SystemVoice: Voice {
    private let synthesizer = AVSpeechSynthesizer()

    public init() {}

    public func read(_ words: String, language: String) {
      let utterance = AVSpeechUtterance(string: words)
      utterance.voice = AVSpeechSynthesisVoice(language: language == "zh" ? "zh-CN" : "en-US")
      synthesizer.stopSpeaking(at: .immediate)
      synthesizer.speak(utterance)
    }

    public func stop() { synthesizer.stopSpeaking(at: .immediate) }
  }

  /// Notifications that name nobody and no matter.
  @MainActor
  public final class SystemNotices: Notices {
    public init() {}

    public func somethingNew(_ title: String, _ words: String) {
      let content = UNMutableNotificationContent()
      content.title = title
      content.body = words
      let request = UNNotificationRequest(identifier: "cases", content: content, trigger: nil)
      UNUserNotificationCenter.current().add(request)
    }

    public func clear() { UNUserNotificationCenter.current().removeAllDeliveredNotifications() }
  }
#endif
