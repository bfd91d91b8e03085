import DriftCheckCore
import DriftTestSupport
import Foundation
import Testing

/// Files of weights as libraries for training write them, and files with mistakes.
@Suite struct ImportanceFileTests {
  private static func weights(_ text: String, name: String = "w.csv") throws -> [String: Double] {
    let folder = try ScratchFolder()
    try folder.write(text, to: name)
    do throws(ImportanceError) {
      return try ImportanceFile(reading: folder.path(name)).weights
    } catch {
      throw Refused(
        message: error.description.replacing(folder.path(""), with: ""), isNoInput: error.isNoInput)
    }
  }

  private struct Refused: Error, Equatable {
    let message: String
    let isNoInput: Bool
  }

  private static let expected = ["tempo": 0.125, "mood": 3, "a,b \"c\"": 1e-5]

  /// What the lines of the documentation write, and what people write by hand.
  @Test(
    "Every form is read",
    arguments: [
      // pd.Series(model.feature_importances_, X.columns).to_csv(file)
      ",0\ntempo,0.125\nmood,3.0\n\"a,b \"\"c\"\"\",1e-05\n",
      // The same with header=False, and named.
      "tempo,0.125\nmood,3.0\n\"a,b \"\"c\"\"\",1e-05\n",
      "feature,weight\r\ntempo,0.125\r\nmood,3.0\r\n\"a,b \"\"c\"\"\",1e-05",
      "\u{FEFF}Feature;Importance\n\ntempo;0.125\nmood; +3 \n\"a,b \"\"c\"\"\";.00001\n",
      "tempo\t0.125\nmood\t3\n\"a,b \"\"c\"\"\"\t1E-5\n",
      "tempo|0.125\rmood|3\r\"a,b \"\"c\"\"\"|1E-5\r",
      // json.dump(booster.get_score(importance_type="gain"), file)
      #"{"tempo": 0.125, "mood": 3.0, "a,b \"c\"": 1e-05}"#,
      // Series.to_json(), DataFrame.to_json(orient="records"), a list of pairs
      #"{"tempo":0.125,"mood":3,"a,b \"c\"":0.00001}"#,
      """
      [{"feature":"tempo","weight":0.125},{"feature":"mood","weight":3.0},
       {"weight":0.00001,"feature":"a,b \\"c\\""}]
      """,
      #" [["tempo", 0.125], ["mood", 3], ["a,b \"c\"", 1e-5]]"#,
    ])
  func forms(_ text: String) throws {
    #expect(try Self.weights(text) == Self.expected)
    #expect(try Self.weights(text, name: "any name") == Self.expected)
  }

  @Test("Weights below 0 and of 0 are read, and columns named by numbers")
  func odd() throws {
    #expect(try Self.weights("a,-0.5\nb,0\n7,1\n") == ["a": -0.5, "b": 0, "7": 1])
    #expect(try Self.weights("[[7, 1], [\"b\", 0]]") == ["7": 1, "b": 0])
  }

  @Test(
    "Mistakes are told with their place",
    arguments: [
      ("a,1\nb,x\n", "w.csv:2:3: the weight of 'b': found 'x', expected a finite number"),
      ("a,1\nb,nan\n", "w.csv:2:3: the weight of 'b': found 'nan', expected a finite number"),
      ("a,inf\nb,1\n", "w.csv:1:3: the weight of 'a': found 'inf', expected a finite number"),
      ("ä,1e999\n", "w.csv:1:3: the weight of 'ä': found '1e999', expected a finite number"),
      ("f;w\na;0,5\n", "w.csv:2:3: the weight of 'a': found '0,5', expected a finite number"),
      ("a,1\n,2\n", "w.csv:2:1: found no name, expected that of a feature"),
      ("a,\nb,1\n", "w.csv:1:3: the weight of 'a': found '', expected a finite number"),
      ("a,1\nb,2,3\n", "w.csv:2:1: found 3 cells, expected 2, a feature and its weight"),
      (
        ",feature,weight\n0,a,1\n",
        "w.csv:1:1: found 3 cells, expected 2, a feature and its weight; of pandas write with "
          + "'index=False'"
      ),
      ("a,1\nb\n", "w.csv:2:1: found 1 cell, expected 2, a feature and its weight"),
      (
        "a\nb\n",
        "w.csv:1:1: found neither JSON nor a comma, semicolon, tab or '|', expected a feature and its "
          + "weight, such as 'tempo,0.3'"
      ),
      ("a,1\n\"b\nc,2\n", "w.csv:2:1: found a quote that is not closed"),
      ("\"a\"b,1\n", "w.csv:1:4: found text behind a closing quote, expected its end"),
      (
        "a,1\n\"x\ny\",2\na,3\n",
        "w.csv:4:1: the feature 'a' is there twice, first in line 1; take one out"
      ),
      ("", "w.csv: found no weight, expected a feature and its weight in a row, or JSON"),
      ("\n \n", "w.csv: found no weight, expected a feature and its weight in a row, or JSON"),
      ("f,w\n", "w.csv: found no weight, expected a feature and its weight in a row, or JSON"),
      ("a,0\nb,-1\n", "w.csv: no weight is above 0, expected one at least; was the model trained?"),
      ("{}", "w.csv: found no weight, expected a feature and its weight in a row, or JSON"),
      (
        "{\"a\": 1,\n \"b\": \"2\"}",
        "w.csv:2:7: the weight of 'b': found the text '2', expected a finite number"
      ),
      ("{\"a\": NaN}", "w.csv:1:7: not JSON: found 'N', expected a value"),
      ("{\"a\": 1,}", "w.csv:1:9: not JSON: found '}', expected a key in double quotes"),
      (
        "{\"a\": 1, \"a\": 2}",
        "w.csv:1:10: the feature 'a' is there twice, first in line 1; take one out"
      ),
      ("{\"a\": [1]}", "w.csv:1:7: the weight of 'a': found a list, expected a finite number"),
      (
        "[[\"a\", 1],\n [\"b\"]]",
        "w.csv:2:2: found a list, expected a feature and its weight, such as '[\"tempo\", 0.3]' or "
          + "'{\"feature\": \"tempo\", \"weight\": 0.3}'"
      ),
      (
        "[{\"name\": \"a\", \"weight\": 1}]",
        "w.csv:1:2: found a mapping, expected a feature and its weight, such as '[\"tempo\", 0.3]' or "
          + "'{\"feature\": \"tempo\", \"weight\": 0.3}'"
      ),
      (
        "[0.5, 0.5]",
        "w.csv:1:2: found the number 0.5, expected a feature and its weight, such as "
          + "'[\"tempo\", 0.3]' or '{\"feature\": \"tempo\", \"weight\": 0.3}'"
      ),
    ])
  func mistakes(_ text: String, _ message: String) throws {
    #expect(throws: Refused(message: message, isNoInput: false)) { try Self.weights(text) }
  }

  @Test("A file that is not there, or no text, is told")
  func unreadable() throws {
    let error = #expect(throws: ImportanceError.self) {
      try ImportanceFile(reading: "/nonexistent/w.csv")
    }
    #expect(error?.isNoInput == true)
    let folder = try ScratchFolder()
    try folder.write(Data([0x61, 0x2C, 0xFF, 0x0A]), to: "w.csv")
    let text = #expect(throws: ImportanceError.self) {
      try ImportanceFile(reading: folder.path("w.csv"))
    }
    #expect(text?.description.contains("w.csv:1:3: found the byte 0xFF") == true)
  }
}
