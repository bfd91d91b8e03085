internal import CPush
internal import DriftReport
internal import Glibc

/// Brings metrics to a Pushgateway: PUT, so that features that are gone are gone there too.
struct Push {
  /// A push that was given up, in one line.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let target: PushTarget
  /// What is taken out of all that others say.
  let secrets: Secrets
  /// How long one attempt may take.
  var timeout = 5.0
  /// Seconds to wait before each further attempt.
  var pauses = [0.5, 1.0]

  /// Pushes; tries again where it may help.
  ///
  /// - Returns: How many attempts it took.
  /// - Throws: `Failure` when the gateway did not take the metrics.
  func send(_ metrics: [UInt8]) throws(Failure) -> Int {
    for (attempt, pause) in ([0] + pauses).enumerated() {
      Self.sleep(pause)
      let answer = put(metrics)
      if answer.isSuccess { return attempt + 1 }
      guard answer.mayPass, attempt < pauses.count else {
        throw Failure(description: message(answer, attempts: attempt + 1))
      }
    }
    return 0
  }

  private struct Answer {
    let result: Int32
    let status: Int
    /// The first line of what the other side said, without secrets.
    let text: String

    var isSuccess: Bool { result == DRIFT_PUSH_ANSWERED && (200..<300).contains(status) }

    /// Whether the same attempt may go well soon.
    var mayPass: Bool {
      result == DRIFT_PUSH_ANSWERED
        ? status >= 500 || status == 429 || status == 408 : drift_push_may_pass(result) != 0
    }
  }

  private func put(_ metrics: [UInt8]) -> Answer {
    var (basic, bearer): (String?, String?) = (nil, nil)
    switch target.credentials {
    case .basic(let text): basic = text
    case .bearer(let text): bearer = text
    case nil: break
    }
    var answer = drift_push_answer()
    withOptionalCString(basic) { basic in
      withOptionalCString(bearer) { bearer in
        withOptionalCString(target.authorities) { authorities in
          target.url.withCString { url in
            "text/plain; version=0.0.4; charset=utf-8".withCString { type in
              metrics.withUnsafeBufferPointer { body in
                var request = drift_push_request(
                  url: url, content_type: type, body: body.baseAddress, body_length: body.count,
                  basic: basic, bearer: bearer, ca_file: authorities,
                  timeout_milliseconds: Int(timeout * 1000))
                drift_push_put(&request, &answer)
              }
            }
          }
        }
      }
    }
    let bytes = withUnsafeBytes(of: answer.text) { Array($0.prefix { $0 != 0 }) }
    let text = firstLine(secrets.redacted(bytes, isCut: answer.is_cut != 0))
    return Answer(result: answer.result, status: answer.status, text: text)
  }

  /// The first line of a text, as much of it as is of use.
  private func firstLine(_ text: [UInt8]) -> String {
    let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard let line = lines.first else { return "" }
    return PlainText.neutralised(PlainText.cut(String(line), to: 500))
  }

  private func withOptionalCString(
    _ text: String?, _ body: (UnsafePointer<CChar>?) -> Void
  ) {
    if let text { text.withCString { body($0) } } else { body(nil) }
  }

  private func message(_ answer: Answer, attempts: Int) -> String {
    let detail = answer.text
    let what =
      switch answer.result {
      case Int32(DRIFT_PUSH_NO_LIBRARY): "libcurl cannot be loaded (\(detail)); install libcurl4"
      case Int32(DRIFT_PUSH_ANSWERED):
        "HTTP status \(answer.status)\(detail.isEmpty ? "" : ": \(detail)")\(hint(answer.status))"
      default: detail
      }
    let tries = attempts == 1 ? "" : " after \(attempts) attempts"
    return "the Pushgateway did not take the metrics\(tries): PUT \(target.url): \(what)"
  }

  private func hint(_ status: Int) -> String {
    switch status {
    case 300..<400: "; a redirect is not followed, give the final address"
    case 401, 403: "; check the credentials' file"
    case 404, 405: "; check the address: the part before /metrics is given with --pushgateway"
    default: ""
    }
  }

  private static func sleep(_ seconds: Double) {
    var rest = timespec(
      tv_sec: Int(seconds), tv_nsec: Int(seconds.truncatingRemainder(dividingBy: 1) * 1e9))
    var left = timespec()
    while nanosleep(&rest, &left) != 0, errno == EINTR { rest = left }
  }
}
