#ifndef ROWS_H
#define ROWS_H

#include "CTextKernels.h"

typedef struct drift_bounds {
  uint32_t begin, end;
} drift_bounds;

// Where a cell begins and ends, blanks and quotes included, the CR of a line break left out.
static inline drift_bounds drift_cell_bounds(drift_rows rows, size_t row, size_t column) {
  const uint32_t *position = rows.positions + rows.first[row] + column;
  drift_bounds bounds = {position[-1] + 1, position[0]};
  if (column + 1 == rows.columns && bounds.end > bounds.begin &&
      rows.text[bounds.end - 1] == '\r') {
    bounds.end--;
  }
  return bounds;
}

#endif
