import CitizenCore
import Foundation
import Observation

/// The parcel on its way to the door.
@MainActor
func parcelCard(_ at: Shell, _ parcel: Delivery) -> Block {
  let moments = parcel.events.reversed().map { event in
    Moment(
      at.text(parcelName(event.status)), at.time(event.at), event.status == .delivered ? .ok : .plain, .truck)
  }
  return .card([
    .heading(at.text(.parcel)),
    .words(at.say(parcel.content) + "  " + at.text(.tracking, parcel.trackingNumber), muted: true),
    .timeline(moments),
  ])
}

private func parcelName(_ status: DeliveryStatus) -> Key {
  switch status {
  case .prepared: .parcelPrepared
  case .held: .parcelHeld
  case .handedOver: .parcelHandedOver
  case .onTheWay: .parcelOnTheWay
  case .failed: .parcelFailed
  case .returning: .parcelReturning
  case .atCounter: .parcelAtCounter
  case .cancelled: .parcelCancelled
  case .delivered: .parcelDelivered
  case .unknown: .statusUnknown
  }
}

@MainActor
private func validity(_ at: Shell, _ valid: Bool) -> Chip {
  valid ? Chip(at.text(.valid), .ok) : Chip(at.text(.notValid), .bad)
}

/// The person's cards; all of them open without a network.
@MainActor @Observable
final class CardsScreen: Screen {
  unowned let at: Shell
  var state: [CardSummary]?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> [CardSummary] { try await at.client.cards(100) }

  func view(_ state: [CardSummary]) -> Page {
    Page(
      title: at.text(.cards),
      blocks: state.isEmpty ? [.empty(.card, words: at.text(.noCards))] : state.map { .line(line($0)) },
      second: Action(at.text(.verifyCard), .qr) { [at] in at.go("verify") }
    )
  }

  private func line(_ card: CardSummary) -> Line {
    let chip =
      card.ready ? validity(at, card.offer.valid) : Chip(at.text(.cardComing), .warn, .clock)
    let open: @MainActor () -> Void = { [at] in at.go("card/\(card.credentialId)") }
    let issued = at.text(.issuedOn, at.day(card.offer.issuedOn))
    return Line(at.say(card.title), issued, chip: chip, icon: .card, tap: card.ready ? open : nil)
  }
}

/// A card: its front, why the person has it, and where the printed one is.
@MainActor @Observable
final class CardScreen: Screen {
  unowned let at: Shell
  var state: CardView?
  private let id: String

  init(_ at: Shell, _ id: String) {
    self.at = at
    self.id = id
  }

  func load() async throws -> CardView { try await at.client.card(id) }

  func view(_ state: CardView) -> Page {
    Page(
      title: at.say(state.offer.title),
      blocks: front(state) + (state.delivery.map { [parcelCard(at, $0)] } ?? []),
      main: Action(at.text(.showCode), .qr) { [at, id] in at.go("code/\(id)") }
    )
  }

  private func front(_ card: CardView) -> [Block] {
    let lines = [
      Pair(at.text(.birthDate), at.day(card.birthDate)), Pair(at.text(.cardNumber), card.cardNumber),
    ]
    let front = CardFront(
      title: at.say(card.offer.title), name: card.name, lines: lines, chip: validity(at, card.offer.valid))
    return [.cardFront(front), .heading(at.text(.whyThisCard)), .card([.words(at.say(card.offer.reason))])]
  }
}

/// The code that shows a card for a minute. Each look at it is signed anew.
@MainActor @Observable
final class CodeScreen: Screen {
  struct State: Sendable {
    let card: CardView
    let code: CitizenCore.Code
  }

  unowned let at: Shell
  var state: State?
  private let id: String

  init(_ at: Shell, _ id: String) {
    self.at = at
    self.id = id
  }

  func load() async throws -> State {
    State(card: try await at.client.card(id), code: try codeOf(text: try await at.client.present(id)))
  }

  func view(_ state: State) -> Page {
    let code = Code(
      side: Int(state.code.side), points: Array(state.code.points), label: at.text(.codeLabel, state.card.name))
    return Page(
      title: at.say(state.card.offer.title),
      bright: true,
      blocks: [
        .words(at.text(.codeWords), lead: true),
        .code(code),
        .words(state.card.name + "  " + state.card.cardNumber, lead: true),
      ],
      main: Action(at.text(.newCode), .qr) { [at] in at.redraw() }
    )
  }
}

/// Somebody else's card, checked with what was fetched before: no network, no login.
@MainActor @Observable
final class VerifyScreen: Screen {
  struct State: Sendable {
    let card: VerifiedCard?
    let wrong: CitizenError?
  }

  unowned let at: Shell
  let needsPerson = false
  var state: State?
  private var text = ""

  init(_ at: Shell) { self.at = at }

  func load() async throws -> State {
    if text.isEmpty { return State(card: nil, wrong: nil) }
    do {
      return State(card: try await at.client.verifyCard(text), wrong: nil)
    } catch let error as CitizenError {
      return State(card: nil, wrong: error)
    }
  }

  func view(_ state: State) -> Page {
    let ask = Ask(
      "code", About(at.text(.codeText)),
      .text(text, .long) { self.text = $0.trimmingCharacters(in: .whitespacesAndNewlines) })
    return Page(
      title: at.text(.verifyCard),
      blocks: [.words(at.text(.verifyWords)), .ask(ask)] + result(state),
      main: Action(at.text(.check)) { [at] in at.redraw() }
    )
  }

  private func result(_ state: State) -> [Block] {
    if let wrong = state.wrong.map(at.say) {
      return [.banner(.bad, title: wrong.reason, words: wrong.action)]
    }
    guard let card = state.card else { return [] }
    let lines = [
      Pair(at.text(.birthDate), at.day(card.birthDate)), Pair(at.text(.cardNumber), card.cardNumber),
    ]
    let front = CardFront(
      title: at.text(.cardShown), name: card.name, lines: lines, chip: validity(at, true))
    return [
      .banner(.ok, title: at.text(.cardHolds), words: at.text(.checkedAsOf, at.time(card.statusAsOf))),
      .cardFront(front),
    ]
  }
}
