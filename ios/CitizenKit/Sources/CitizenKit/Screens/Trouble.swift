import CitizenCore

/// In place of a screen that cannot be read: what is wrong, what to do, and the way there.
@MainActor
func troublePage(_ at: Shell, _ error: CitizenError, back: Bool) -> Page {
  Page(
    title: at.text(.appName),
    back: back,
    personal: false,
    blocks: [troubleBanner(at, error)],
    main: Action(at.text(.tryOnceMore)) { at.redraw() }
  )
}

@MainActor
func troubleBanner(_ at: Shell, _ error: CitizenError, _ tone: Tone = .warn) -> Block {
  let (reason, action) = at.say(error)
  return .banner(tone, title: reason, words: action, action: wayOut(at, error))
}

/// Where what an error asks for is done; none where trying once more is all.
@MainActor
private func wayOut(_ at: Shell, _ error: CitizenError) -> Action? {
  switch error.code {
  case "sign-in-required", "not-signed-in", "sign-in-again": Action(at.text(.signInGo)) { at.go("sign-in") }
  case "consent-needed": Action(at.text(.consents)) { at.go("consents") }
  case "register-log-altered": Action(at.text(.grievance)) { at.go("grievances") }
  default: nil
  }
}
