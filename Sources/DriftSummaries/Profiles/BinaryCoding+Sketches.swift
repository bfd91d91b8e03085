package import DriftColumns

extension BinaryWriter {
  package mutating func write(_ sketch: QuantileSketch) { append { sketch.encode(into: &$0) } }
  package mutating func write(_ sketch: LevelSketch) { append { sketch.encode(into: &$0) } }
}

extension BinaryReader {
  package mutating func sketch(_ options: DatasetProfile.Options) throws(DriftError)
    -> QuantileSketch
  {
    try decode { reader throws(SketchError) in
      try QuantileSketch(
        from: &reader, exactLimit: options.exactValues, seed: options.seed, stream: 0)
    }
  }

  /// However many levels there are: whoever merges them may keep less.
  package mutating func levels() throws(DriftError) -> LevelSketch {
    try decode { reader throws(SketchError) in
      try LevelSketch(from: &reader, levelLimit: .max, byteLimit: .max)
    }
  }
}
