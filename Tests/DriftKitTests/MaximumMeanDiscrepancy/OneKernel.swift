import DriftKit

extension MaximumMeanDiscrepancy.Options {
  /// One kernel by the median rule, over columns by their mean and standard deviation.
  static var oneKernel: Self { Self(kernels: .median, scale: .pooled) }
}
