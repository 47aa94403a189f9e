import CitizenCore
import Foundation
import Observation

/// A paper in a line: how it is met, and whether anything is left to do.
@MainActor
func paperLine(_ at: Shell, _ paper: RequirementView, tap: @escaping @MainActor () -> Void) -> Line {
  let (files, provided) = filesOf(paper.resolution)
  let chip =
    if !files.isEmpty && paper.met {
      Chip(at.count(.photographed, files.count), .ok)
    } else if paper.met {
      Chip(at.text(.nothingToDo), .ok)
    } else {
      Chip(at.text(.photographPlease), .warn, .camera)
    }
  let icon: Icon = provided == nil ? .check : .camera
  return Line(at.say(paper.title), how(at, paper), chip: chip, icon: icon, tap: provided == nil ? nil : tap)
}

/// How a paper is met for this person, in words.
@MainActor
func how(_ at: Shell, _ paper: RequirementView) -> String {
  switch paper.resolution {
  case .cancelled(let ground): at.say(ground)
  case .shared(let source): at.text(.fromRegister, at.say(source.title), at.day(source.asOf))
  case .declared: at.text(.declaredInstead)
  case .checked(let department): at.text(.checkedBetween, at.say(department))
  case .pending: at.text(.registerPending)
  case .deferred: at.text(.registerDeferred)
  case .provided: paper.help.map(at.say) ?? ""
  case .noRoute: at.text(.counterHelps)
  }
}

func filesOf(_ route: ResolutionView) -> (files: [AttachmentView], provided: Provided?) {
  switch route {
  case .provided(let provided, let files): (files, provided)
  case .pending(_, let fallback, let files), .deferred(_, let fallback, let files): (files, fallback)
  default: ([], nil)
  }
}

/// A declaration that stands for a paper, with what follows if it is not true.
@MainActor
func agreement(_ at: Shell, _ draft: DraftId, _ view: DeclarationView) -> Block {
  let agreement = Agreement(
    statement: at.say(view.declaration.statement),
    consequences: at.say(view.declaration.consequences),
    words: at.text(.agree),
    agreed: view.agreed
  )
  let id = view.declaration.declarationId
  return .ask(
    Ask(
      id, About(at.say(view.declaration.title)),
      .agree(agreement) { agreed in at.act { try await at.client.agree(id, agreed, in: draft) } }))
}

/// One paper: photographed or chosen, taken again, taken out.
@MainActor @Observable
final class PaperScreen: Screen {
  struct State: Sendable {
    let paper: RequirementView
    let pictures: [AttachmentId: Data]
  }

  unowned let at: Shell
  var state: State?
  private let draft: String
  private let requirement: String

  init(_ at: Shell, _ draft: String, _ requirement: String) {
    self.at = at
    self.draft = draft
    self.requirement = requirement
  }

  func load() async throws -> State {
    let papers = try await at.client.showDraft(draft).requirements
    guard let paper = papers.first(where: { $0.requirementId == requirement }) else { throw PaperNotAsked() }
    var pictures: [AttachmentId: Data] = [:]
    for file in filesOf(paper.resolution).files where file.mediaType.hasPrefix("image/") {
      pictures[file.attachmentId] = try await at.client.readFile(file.attachmentId)
    }
    return State(paper: paper, pictures: pictures)
  }

  func view(_ state: State) -> Page {
    let (files, provided) = filesOf(state.paper.resolution)
    let more = provided.map { files.count < Int($0.maxFiles) } ?? false
    let help = state.paper.help.map { Block.words(at.say($0)) }
    let many = provided.map {
      Block.words(at.text(.howManyFiles, $0.minFiles, $0.maxFiles), muted: true)
    }
    let tips = Block.banner(.plain, title: at.text(.howToPhotograph), words: at.text(.howToPhotographWords))
    return Page(
      title: at.say(state.paper.title),
      blocks: [help, many].compactMap { $0 } + pictures(files, state) + (files.isEmpty ? [tips] : []),
      main: more
        ? Action(at.text(.photograph), .camera) { self.add(.camera) }
        : Action(at.text(.done)) { [at] in at.back() },
      second: more ? Action(at.text(.chooseFile), .image) { self.add(.files) } : nil
    )
  }

  private func pictures(_ files: [AttachmentView], _ state: State) -> [Block] {
    files.enumerated().map { index, file in
      let size = ByteCountFormatter.string(fromByteCount: Int64(file.size), countStyle: .file)
      let again = Action(at.text(.takeAgain), .camera) { self.add(.camera, instead: file.attachmentId) }
      let takeOut = Action(at.text(.takeOut)) { [at] in
        at.act { try await at.client.detach(file.attachmentId) }
      }
      return .paper(
        Paper(
          title: at.text(.photoNumber, index + 1), below: size,
          thumbnail: state.pictures[file.attachmentId].map(Array.init), actions: [again, takeOut]))
    }
  }

  private func add(_ source: Source, instead: AttachmentId? = nil) {
    at.pick(source) { path in try await self.keep(path, instead) }
  }

  /// The new one first, so that the old one is still there if the new one cannot be taken; but not where there is no room
  /// for both.
  private func keep(_ path: String, _ instead: AttachmentId?) async throws {
    let (files, provided) = filesOf(try await load().paper.resolution)
    let room = provided.map { files.count < Int($0.maxFiles) } ?? false
    if let instead, !room { try await at.client.detach(instead) }
    try await at.client.attach(path, to: requirement, in: draft)
    if let instead, room { try await at.client.detach(instead) }
  }
}

/// A draft that no longer asks for a paper: its form has moved on.
struct PaperNotAsked: Error {}

/// Everything as it was asked, before it is sent: what will happen, and by when.
@MainActor @Observable
final class ReviewScreen: Screen {
  unowned let at: Shell
  var state: DraftView?
  private let id: String

  init(_ at: Shell, _ id: String) {
    self.at = at
    self.id = id
  }

  func load() async throws -> DraftView { try await at.client.showDraft(id) }

  func view(_ state: DraftView) -> Page {
    let ready = state.needed.isEmpty
    let form: @MainActor () -> Void = { [at, id] in at.replace("form/\(id)/0") }
    let throwing = Block.push(Action(at.text(.throwAway)) { self.throwAway() }, bad: true)
    return Page(
      title: at.text(.review),
      blocks: needed(at, state) + concern(at, state) + answers(at, state) + papers(state) + delivery(state) + [
        throwing
      ],
      main: ready ? Action(at.text(.file), .outbox) { self.file() } : Action(at.text(.goOnFilling), nil, form),
      second: ready ? Action(at.text(.changeAnswers), nil, form) : nil
    )
  }

  private func file() {
    at.act { [at, id] in
      try await at.client.submit(id)
      at.duties.later.schedule()
      at.replace("outbox")
    }
  }

  private func papers(_ state: DraftView) -> [Block] {
    let lines = state.requirements.map { paper in
      Block.line(paperLine(at, paper) { [at, id] in at.go("paper/\(id)/\(paper.requirementId)") })
    }
    let words = state.declarations.map { agreement(at, id, $0) }
    return (lines.isEmpty ? [] : [.heading(at.text(.papers))]) + lines + words
  }

  private func delivery(_ state: DraftView) -> [Block] {
    if state.deliveryChoices.isEmpty { return [] }
    let options = state.deliveryChoices.enumerated().map { place, choice in
      Option("\(place)", at.text(deliveryName(choice)), choice == state.delivery)
    }
    let choose = Ask(
      "delivery", About(at.text(.delivery)),
      .choice(options, several: false) { [at, id] place in
        guard let place = Int(place) else { return }
        at.act { try await at.client.chooseDelivery(state.deliveryChoices[place], in: id) }
      })
    return [.ask(choose)]
  }

  private func throwAway() {
    at.confirm(at.text(.throwAway), at.text(.throwAwayWords), at.text(.throwAway)) { [at, id] in
      at.act {
        try await at.client.discard(id)
        at.reset("home")
      }
    }
  }
}
