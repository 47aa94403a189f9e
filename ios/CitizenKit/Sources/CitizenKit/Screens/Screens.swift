/// The screen of a name, such as `case/0199…`.
@MainActor
func screenOf(_ route: String, _ at: Shell) -> any Screen {
  let parts = route.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
  let id = parts.count > 1 ? parts[1] : ""
  let more = parts.count > 2 ? parts[2] : ""
  return switch parts[0] {
  case "welcome": WelcomeScreen(at)
  case "sign-in": SignInScreen(at)
  case "pin": PinScreen(at)
  case "biometrics": BiometricsScreen(at)
  case "locked": LockedScreen(at)
  case "home": HomeScreen(at)
  case "services": ServicesScreen(at)
  case "life-event": LifeEventScreen(at, id)
  case "service": ServiceScreen(at, id)
  case "form": FormScreen(at, id, Int(more) ?? 0)
  case "paper": PaperScreen(at, id, more)
  case "review": ReviewScreen(at, id)
  case "answer": AnswerScreen(at, id)
  case "outbox": OutboxScreen(at)
  case "cases": CasesScreen(at)
  case "case": CaseScreen(at, id)
  case "settlement": SettlementScreen(at, id)
  case "insurance": InsuranceScreen(at)
  case "cards": CardsScreen(at)
  case "card": CardScreen(at, id)
  case "code": CodeScreen(at, id)
  case "verify": VerifyScreen(at)
  case "settings": SettingsScreen(at)
  default: StartScreen(at)
  }
}
