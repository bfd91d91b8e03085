// What a user of the library needs of the floors below it.
@_exported public import DriftColumns
@_exported public import DriftDetection
@_exported public import DriftStatistics
@_exported public import DriftSummaries
