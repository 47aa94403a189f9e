import CitizenKit
import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// The person's browser: walks the city's sign-in pages and says which address they end at.
@MainActor
final class Browser: SignInBrowser {
  private let city: City
  /// Who signs in.
  var idNumber: String
  private let session = URLSession(configuration: .ephemeral, delegate: Stay(), delegateQueue: nil)

  init(_ city: City, _ idNumber: String) {
    self.city = city
    self.idNumber = idNumber
  }

  func walk(_ address: URL, scheme: String) async -> String? {
    do {
      return try await follow(address, scheme)
    } catch {
      fatalError("the sign-in pages: \(error)")
    }
  }

  private func follow(_ start: URL, _ scheme: String) async throws -> String {
    var request = URLRequest(url: start)
    for _ in 0..<10 {
      let (body, response) = try await session.data(for: request)
      guard let response = response as? HTTPURLResponse else { throw Surprise("no answer") }
      let here = request.url ?? start
      if let location = response.value(forHTTPHeaderField: "location") {
        guard let next = URL(string: location, relativeTo: here) else { throw Surprise("no address: \(location)") }
        if next.scheme == scheme { return location }
        request = URLRequest(url: next.absoluteURL)
      } else {
        let page = String(decoding: body, as: UTF8.self)
        guard let form = page.firstMatch(of: /(?is)<form[^>]*method="?post.*?<\/form>/)?.output else {
          throw Surprise("no form on \(page)")
        }
        let action = attribute("action", of: String(form.prefix { $0 != ">" })) ?? ""
        request = URLRequest(url: URL(string: action, relativeTo: here)?.absoluteURL ?? here)
        request.httpMethod = "POST"
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "content-type")
        request.httpBody = Data(try fill(String(form)).utf8)
      }
    }
    throw Surprise("the sign-in pages go round in circles")
  }

  private func fill(_ form: String) throws -> String {
    let inputs = form.matches(of: /<(?:input|button)[^>]*>/).map { String($0.output) }
    let hidden = inputs.filter { attribute("type", of: $0) == "hidden" }
      .map { (attribute("name", of: $0) ?? "", attribute("value", of: $0) ?? "") }
    let names = inputs.compactMap { attribute("name", of: $0) }
    let typed =
      if names.contains("id_number") {
        ("id_number", idNumber)
      } else if names.contains("code") {
        ("code", try city.code(idNumber))
      } else {
        ("consent", "allow")
      }
    return (hidden + [typed]).map { "\($0)=\(escaped($1))" }.joined(separator: "&")
  }

  private func attribute(_ name: String, of tag: String) -> String? {
    guard let pattern = try? Regex(#"\b"# + name + #"=(?:"([^"]*)"|'([^']*)'|([^\s>]+))"#),
      let found = tag.firstMatch(of: pattern)
    else { return nil }
    let value = (1...3).compactMap { found.output[$0].substring }.first ?? ""
    return value.replacingOccurrences(of: "&amp;", with: "&")
  }

  private func escaped(_ value: String) -> String {
    value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}

/// Follows no redirection by itself: the last of them leads into the app.
private final class Stay: NSObject, URLSessionTaskDelegate {
  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }
}
