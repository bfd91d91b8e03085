/// What a flag takes one word for.
///
/// The raw value is the word on the command line; the order of the cases is that of the help.
package typealias WordChoice = CaseIterable & RawRepresentable<String> & Sendable
