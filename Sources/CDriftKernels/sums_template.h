// The sums over a block, once for each width. Included with REAL, FIXED and SUFFIXED(...) defined.

void SUFFIXED_REAL(drift_product_block)(const FIXED *kernel, int32_t rows, int32_t columns,
                                        REAL *product, int64_t *row_sums, int64_t *column_sums) {
  for (int32_t i = 0; i < rows; i++) {
    int64_t row_sum = 0;
    for (int32_t j = 0; j < columns; j++) {
      // Half a unit up, then an arithmetic shift: rounds to the nearest, the same everywhere.
      FIXED rounded = (kernel[i * DRIFT_BLOCK + j] + ROUNDING) >> SHIFT;
      product[i * DRIFT_BLOCK + j] = (REAL)rounded;
      row_sum += rounded;
      column_sums[j] += rounded;
    }
    row_sums[i] += row_sum;
  }
}

void SUFFIXED_FIXED(drift_sample_totals)(const FIXED *kernel, int32_t rows, int32_t columns,
                                         int32_t row_split, int32_t column_split,
                                         int64_t totals[3]) {
  for (int32_t i = 0; i < rows; i++) {
    int64_t first = 0;
    int64_t second = 0;
    for (int32_t j = 0; j < column_split; j++) first += kernel[i * DRIFT_BLOCK + j];
    for (int32_t j = column_split; j < columns; j++) second += kernel[i * DRIFT_BLOCK + j];
    if (i < row_split) {
      totals[0] += first;
      totals[1] += second;
    } else {
      totals[2] += second;
    }
  }
}

void SUFFIXED_FIXED(drift_unit_sums)(const FIXED *kernel, int32_t rows, int32_t columns,
                                     const int32_t *row_units, const int32_t *column_units,
                                     int32_t column_unit_count, int64_t *sums) {
  for (int32_t i = 0; i < rows; i++) {
    int64_t *row = sums + (int64_t)row_units[i] * column_unit_count;
    for (int32_t j = 0; j < columns; j++) row[column_units[j]] += kernel[i * DRIFT_BLOCK + j];
  }
}

void SUFFIXED_REAL(drift_expand_members)(const uint64_t *bits, int32_t count, REAL *members) {
  for (int32_t i = 0; i < count; i++) {
    for (int32_t p = 0; p < DRIFT_BLOCK; p++) {
      members[i * DRIFT_BLOCK + p] = (REAL)(int32_t)((bits[i] >> p) & 1);
    }
  }
}

DRIFT_DISPATCHED
void SUFFIXED_REAL(drift_member_totals)(const REAL *partial, const REAL *members, int32_t rows,
                                        int64_t weight, int64_t totals[DRIFT_BLOCK]) {
  SUM sums[DRIFT_BLOCK] = {0};
  for (int32_t i = 0; i < rows; i++) {
    for (int32_t p = 0; p < DRIFT_BLOCK; p++) {
      sums[p] += (SUM)(partial[i * DRIFT_BLOCK + p] * members[i * DRIFT_BLOCK + p]);
    }
  }
  for (int32_t p = 0; p < DRIFT_BLOCK; p++) totals[p] += weight * (int64_t)sums[p];
}
