extension OptionsBuilder {
  /// Checks that no character means two things in a table.
  package func checkDialect() throws(UsageError) {
    let dialect = options.dialect
    let point = dialect.decimal == .comma ? "," : "."
    if dialect.thousands.contains(point) {
      let both =
        given.contains("decimal")
        ? "\(quoted("thousands")) and \(quoted("decimal")) are the same sign"
        : "\(quoted("thousands")) is also what stands before fractions unless --decimal says comma"
      throw .contradiction("--thousands", "\(both); choose two.")
    }
    if let comment = dialect.comment, comment == options.delimiter {
      throw .contradiction(
        "--comment",
        "\(quoted("comment")) and \(quoted("delimiter")) are the same byte; choose two.")
    }
  }
}
