internal import CDecompress

/// A compressed format that is read as it is.
enum Compression: Sendable {
  case gzip
  case zstandard

  /// What messages call it.
  var name: String {
    switch self {
    case .gzip: "gzip"
    case .zstandard: "Zstandard"
    }
  }

  var format: drift_compression {
    switch self {
    case .gzip: DRIFT_GZIP
    case .zstandard: DRIFT_ZSTD
    }
  }
}
