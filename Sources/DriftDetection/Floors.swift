// What those who hold a detector need of the floors below it.
@_exported public import DriftColumns
@_exported public import DriftStatistics
@_exported public import DriftSummaries
