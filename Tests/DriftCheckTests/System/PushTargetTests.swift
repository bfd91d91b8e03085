import DriftCheckCore
import Testing

@Suite struct PushTargetTests {
  private func url(_ gateway: String, _ namespace: String? = nil, _ model: String? = nil) -> String
  {
    PushTarget(gateway: gateway, namespace: namespace, model: model).url
  }

  @Test func theGroupIsInThePath() {
    #expect(url("http://g:9091") == "http://g:9091/metrics/job/drift-check")
    #expect(url("http://g:9091//") == "http://g:9091/metrics/job/drift-check")
    #expect(
      url("https://g/push/", "ml", "churn-v2.1")
        == "https://g/push/metrics/job/drift-check/namespace/ml/model/churn-v2.1")
    #expect(url("http://g", "", nil) == "http://g/metrics/job/drift-check")
  }

  /// Values by Python's base64.urlsafe_b64encode, without padding.
  @Test(
    arguments: [
      ("a/b", "YS9i"), ("a b", "YSBi"), ("größe", "Z3LDtsOfZQ"), ("..", "Li4"), ("a:b", "YTpi"),
      ("?>~", "Pz5-"), ("a\nb?", "YQpiPw"),
    ])
  func otherValuesAreInBase64(_ model: String, _ encoded: String) {
    #expect(
      url("http://g", nil, model)
        == "http://g/metrics/job/drift-check/model@base64/\(encoded)")
  }
}
