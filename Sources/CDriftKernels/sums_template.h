// Exact sums over blocks, in both widths.

// Half a unit up, then an arithmetic shift: rounds to the nearest, the same everywhere.
static inline int32_t product_unit(int32_t fine) {
  enum { SHIFT = DRIFT_FINE_BITS_F32 - DRIFT_PRODUCT_BITS_F32 };
  return (fine + (1 << (SHIFT - 1))) >> SHIFT;
}

// 64 values below 2^22 fit an int32_t.
static void lookup_block(const int32_t *kernel, int32_t rows, int32_t columns, int32_t *product,
                         int64_t *row_sums, int64_t *column_sums) {
  int32_t column_totals[DRIFT_BLOCK] = {0};
  for (int32_t i = 0; i < rows; i++) {
    int32_t row_sum = 0;
    for (int32_t j = 0; j < columns; j++) {
      int32_t rounded = product_unit(kernel[i * DRIFT_BLOCK + j]);
      product[i * DRIFT_BLOCK + j] = rounded;
      row_sum += rounded;
      column_totals[j] += rounded;
    }
    row_sums[i] += row_sum;
  }
  for (int32_t j = 0; j < columns; j++) column_sums[j] += column_totals[j];
}

static void product_block_f32(const int32_t *kernel, int32_t rows, int32_t columns, float *product,
                              int64_t *row_sums, int64_t *column_sums) {
  for (int32_t i = 0; i < rows; i++) {
    for (int32_t j = 0; j < columns; j++) {
      int32_t rounded = product_unit(kernel[i * DRIFT_BLOCK + j]);
      product[i * DRIFT_BLOCK + j] = (float)rounded;
      row_sums[i] += rounded;
      column_sums[j] += rounded;
    }
  }
}

static void product_block_f64(const int64_t *kernel, int32_t rows, int32_t columns, double *product,
                              int64_t *row_sums, int64_t *column_sums) {
  for (int32_t i = 0; i < rows; i++) {
    for (int32_t j = 0; j < columns; j++) {
      int64_t value = kernel[i * DRIFT_BLOCK + j];
      product[i * DRIFT_BLOCK + j] = (double)value;
      row_sums[i] += value;
      column_sums[j] += value;
    }
  }
}

static void sample_totals_i32(const int32_t *kernel, int32_t rows, int32_t columns,
                              int32_t row_split, int32_t column_split, int64_t totals[3]) {
  int32_t first[DRIFT_BLOCK] = {0};
  int32_t second[DRIFT_BLOCK] = {0};
  for (int32_t i = 0; i < rows; i++) {
    int32_t *sums = i < row_split ? first : second;
    for (int32_t j = 0; j < columns; j++) sums[j] += kernel[i * DRIFT_BLOCK + j];
  }
  for (int32_t j = 0; j < columns; j++) {
    totals[j < column_split ? 0 : 1] += first[j];
    // The mirror image of (second, first) pairs is counted where the block is mirrored.
    if (j >= column_split) totals[2] += second[j];
  }
}

static void sample_totals_i64(const int64_t *kernel, int32_t rows, int32_t columns,
                              int32_t row_split, int32_t column_split, int64_t totals[3]) {
  for (int32_t i = 0; i < rows; i++) {
    for (int32_t j = 0; j < columns; j++) {
      int64_t value = kernel[i * DRIFT_BLOCK + j];
      if (i < row_split) {
        totals[j < column_split ? 0 : 1] += value;
      } else if (j >= column_split) {
        totals[2] += value;
      }
    }
  }
}

// 64 values below 2^22 fit an int32_t, and 64 below 2^41 an int64_t.
#define SIDE_SUMS(NAME, FIXED)                                                                  \
  static void NAME(const FIXED *kernel, int32_t rows, int32_t columns, int32_t row_split,        \
                   int32_t column_split, int64_t *row_sums, int64_t *column_sums) {              \
    FIXED totals[2][DRIFT_BLOCK] = {{0}};                                                        \
    for (int32_t i = 0; i < rows; i++) {                                                         \
      const FIXED *row = kernel + i * DRIFT_BLOCK;                                               \
      FIXED *columns_of_side = totals[i < row_split ? 0 : 1];                                    \
      FIXED first = 0, second = 0;                                                               \
      for (int32_t j = 0; j < column_split; j++) first += row[j];                                \
      for (int32_t j = column_split; j < columns; j++) second += row[j];                         \
      for (int32_t j = 0; j < columns; j++) columns_of_side[j] += row[j];                        \
      row_sums[2 * i] += first;                                                                  \
      row_sums[2 * i + 1] += second;                                                             \
    }                                                                                            \
    for (int32_t j = 0; j < columns; j++) {                                                      \
      column_sums[2 * j] += totals[0][j];                                                        \
      column_sums[2 * j + 1] += totals[1][j];                                                    \
    }                                                                                            \
  }
SIDE_SUMS(side_sums_i32, int32_t)
SIDE_SUMS(side_sums_i64, int64_t)
#undef SIDE_SUMS

// Rows of one unit are added column by column first: as integers in registers.
#define UNIT_SUMS(NAME, FIXED)                                                                   \
  static void NAME(const FIXED *kernel, int32_t rows, int32_t columns, const int32_t *row_units, \
                   const int32_t *column_units, int32_t first_unit, int64_t stride,              \
                   int32_t mirrored, int64_t *sums) {                                            \
    for (int32_t first = 0, end; first < rows; first = end) {                                    \
      FIXED totals[DRIFT_BLOCK] = {0};                                                           \
      const int32_t unit = row_units[first];                                                     \
      for (end = first; end < rows && row_units[end] == unit; end++) {                           \
        for (int32_t j = 0; j < DRIFT_BLOCK; j++) totals[j] += kernel[end * DRIFT_BLOCK + j];    \
      }                                                                                          \
      int64_t *row = sums + (unit - first_unit) * stride;                                        \
      for (int32_t j = 0; j < columns; j++) {                                                    \
        int64_t total = totals[j];                                                               \
        row[column_units[j] - first_unit] +=                                                     \
            mirrored && column_units[j] == unit ? 2 * total : total;                             \
      }                                                                                          \
    }                                                                                            \
  }
UNIT_SUMS(unit_sums_i32, int32_t)
UNIT_SUMS(unit_sums_i64, int64_t)
#undef UNIT_SUMS

#define MEMBERS(EXPAND, TOTALS, REAL, SUM)                                                        \
  static void EXPAND(const uint64_t *bits, int32_t count, REAL *members) {                        \
    for (int32_t i = 0; i < count; i++) {                                                         \
      for (int32_t p = 0; p < DRIFT_BLOCK; p++) {                                                 \
        members[i * DRIFT_BLOCK + p] = (REAL)(int32_t)((bits[i] >> p) & 1);                       \
      }                                                                                           \
    }                                                                                             \
  }                                                                                               \
  static void TOTALS(const REAL *partial, const REAL *members, int32_t rows, int64_t weight,      \
                     int64_t totals[DRIFT_BLOCK]) {                                               \
    SUM sums[DRIFT_BLOCK] = {0};                                                                  \
    for (int32_t i = 0; i < rows; i++) {                                                          \
      for (int32_t p = 0; p < DRIFT_BLOCK; p++) {                                                 \
        sums[p] += (SUM)(partial[i * DRIFT_BLOCK + p] * members[i * DRIFT_BLOCK + p]);            \
      }                                                                                           \
    }                                                                                             \
    for (int32_t p = 0; p < DRIFT_BLOCK; p++) totals[p] += weight * (int64_t)sums[p];             \
  }
// Single precision: 64 values below 2^18 give a float without an error, and 64 such sums an int32.
MEMBERS(expand_members_f32, member_totals_f32, float, int32_t)
// Double precision: 64 x 64 values below 2^41 give a double without an error.
MEMBERS(expand_members_f64, member_totals_f64, double, double)
#undef MEMBERS
