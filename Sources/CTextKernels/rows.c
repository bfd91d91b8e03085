// Rows and cells by the positions of separators.
#include <string.h>

#include "rows.h"

int64_t drift_find_rows(drift_rows rows, drift_separators separators, uint32_t *first) {
  const uint8_t *text = rows.text;
  const uint32_t *positions = rows.positions;
  const size_t count = separators.count;
  const size_t columns = rows.columns;
  size_t row_count = 0;
  size_t empty = 0;
  size_t next = 0;
  while (next < count) {
    uint32_t begin = positions[(ptrdiff_t)next - 1] + 1;
    uint8_t byte = text[begin];
    if (byte == '\n' || byte == '\r') {  // a CR stands before an LF
      empty++;
      next++;
      continue;
    }
    // With more columns a line of blanks has too few cells.
    if (columns == 1 && (byte == ' ' || byte == '\t')) return -1;
    if (columns > count - next || text[positions[next + columns - 1]] != '\n') return -1;
    first[row_count++] = (uint32_t)next;
    next += columns;
  }
  // Every line feed was the last separator of a row or an empty line, so none is within a row.
  return row_count + empty == separators.breaks ? (int64_t)row_count : -1;
}

drift_cell drift_cell_at(drift_rows rows, size_t row, size_t column, uint8_t delimiter) {
  drift_bounds bounds = drift_cell_bounds(rows, row, column);
  const uint8_t *begin = rows.text + bounds.begin;
  const uint8_t *end = rows.text + bounds.end;
  if (end - begin >= 2 && *begin == '"') {  // the last byte is the closing one
    begin++;
    end--;
    bool doubled = memchr(begin, '"', (size_t)(end - begin)) != NULL;
    return (drift_cell){begin, (size_t)(end - begin), doubled};
  }
  while (begin < end && (*begin == ' ' || *begin == '\t') && *begin != delimiter) begin++;
  while (begin < end && (end[-1] == ' ' || end[-1] == '\t') && end[-1] != delimiter) end--;
  return (drift_cell){begin, (size_t)(end - begin), false};
}
