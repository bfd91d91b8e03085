// Kernel values of pairs of rows, of all columns and without each of them, in double precision.
//
// Rows are scaled so that a kernel value is 2^-d, with d their squared distance. No product is
// contracted and no lane looks at another one: every width gives the same bytes.

enum {
  LANES = VECTOR_BYTES / 8,
  // Columns that are taken at a time: those of both sides stay in the caches.
  COLUMNS_AT_ONCE = 64
};
typedef double doubles __attribute__((vector_size(VECTOR_BYTES), aligned(8)));
typedef uint64_t words __attribute__((vector_size(VECTOR_BYTES), aligned(8)));

static inline doubles smaller(doubles a, doubles b) {
  words is_less = (words)(a < b);
  return (doubles)(((words)a & is_less) | ((words)b & ~is_less));
}

// The squared difference in one column. A kernel with such a column in it is zero to any unit from
// 2^-DRIFT_FAR_COLUMN on; held there, the sum of all columns keeps the digits of each.
static inline doubles squared_difference(double x, const double *y) {
  doubles difference = x - *(const doubles *)y;
  return smaller(difference * difference, (doubles){0} + (double)DRIFT_FAR_COLUMN);
}

// Squared distances of all pairs of rows; those with lanes that hold no row are far.
static void pair_distances(drift_columns a, drift_columns b, double *distances) {
  for (int32_t i = 0; i < a.count; i++) {
    for (int32_t j = 0; j < DRIFT_BLOCK; j++) {
      distances[i * DRIFT_BLOCK + j] = j < b.count ? 0.0 : 2.0 * DRIFT_FAR_COLUMN;
    }
  }
  enum { PIECE = DRIFT_BLOCK / 4, VECTORS = PIECE / LANES };
  for (int32_t first = 0; first < a.width; first += COLUMNS_AT_ONCE) {
    int32_t end = first + COLUMNS_AT_ONCE < a.width ? first + COLUMNS_AT_ONCE : a.width;
    for (int32_t j = 0; j < DRIFT_BLOCK; j += PIECE) {
      for (int32_t i = 0; i < a.count; i++) {
        doubles *sums = (doubles *)(distances + i * DRIFT_BLOCK + j);
        doubles partial[VECTORS];
        for (int32_t v = 0; v < VECTORS; v++) partial[v] = sums[v];
        for (int32_t c = first; c < end; c++) {
          double x = a.values[(int64_t)c * DRIFT_BLOCK + i];
          const double *y = b.values + (int64_t)c * DRIFT_BLOCK + j;
          for (int32_t v = 0; v < VECTORS; v++) {
            partial[v] += squared_difference(x, y + v * LANES);
          }
        }
        for (int32_t v = 0; v < VECTORS; v++) sums[v] = partial[v];
      }
    }
  }
}

// The bits of 1.5 * 2^52 * 2^-PAIR_BITS: added to a kernel value, which is in [0, 1], its rounding
// leaves the value in units of 2^-PAIR_BITS in the low bits.
static const double UNITS = 0x1.8p52 / (double)(1ll << DRIFT_PAIR_BITS);

// 2^-d in units of 2^-PAIR_BITS, plus the bits of UNITS, for d >= 0; right to 3e-12.
static inline words kernel_units(doubles distance) {
  const doubles round_to_integer = (doubles){0} + 0x1.8p52;
  doubles x = -smaller(distance, (doubles){0} + 64.0);
  doubles shifted = x + round_to_integer;
  doubles f = x - (shifted - round_to_integer);  // in [-1/2, 1/2]
  // (2^f - 1) / f, interpolated at Chebyshev points; the relative error of 2^f is 2.2e-12, and 2^0
  // is 1.
  doubles p = f * 0x1.63b2d7971923fp-20 + 0x1.00c0e4e15189cp-16;
  p = p * f + 0x1.4308c7183d6a2p-13;
  p = p * f + 0x1.5d877598350dep-10;
  p = p * f + 0x1.3b2ab70ad2565p-7;
  p = p * f + 0x1.c6b08da70cce3p-5;
  p = p * f + 0x1.ebfbdff82a734p-3;
  p = p * f + 0x1.62e42fef9cc69p-1;
  p = p * f + 1.0;
  // The low bits of `shifted` hold the integer: into the exponent with it.
  doubles value = (doubles)((words)p + ((words)shifted << 52));
  return (words)(value + UNITS);
}

// The sum of all lanes, less what UNITS added to each of `count` values: modulo 2^64, as sums are.
static inline int64_t without_units(words sums, int64_t count) {
  uint64_t bits;
  memcpy(&bits, &UNITS, sizeof bits);
  uint64_t sum = 0;
  for (int32_t k = 0; k < LANES; k++) sum += sums[k];
  return (int64_t)(sum - (uint64_t)count * bits);
}

static void pair_sums(drift_columns a, drift_columns b, double *distances, int64_t *sums) {
  pair_distances(a, b, distances);
  const int64_t count = (int64_t)a.count * DRIFT_BLOCK;
  words all = {0};
  for (int64_t place = 0; place < count; place += LANES) {
    all += kernel_units(*(const doubles *)(distances + place));
  }
  for (int32_t c = 0; c < a.width; c++) {
    const double *x = a.values + (int64_t)c * DRIFT_BLOCK;
    const double *y = b.values + (int64_t)c * DRIFT_BLOCK;
    words without = {0};
    for (int32_t i = 0; i < a.count; i++) {
      for (int32_t j = 0; j < DRIFT_BLOCK; j += LANES) {
        doubles distance = *(const doubles *)(distances + i * DRIFT_BLOCK + j);
        without += kernel_units(distance - squared_difference(x[i], y + j));
      }
    }
    sums[c] += without_units(without, count);
  }
  sums[a.width] += without_units(all, count);
}

static void row_kernel_sums(drift_columns a, drift_columns b, double *distances, int64_t *sums) {
  pair_distances(a, b, distances);
  for (int32_t i = 0; i < a.count; i++) {
    words row = {0};
    for (int32_t j = 0; j < DRIFT_BLOCK; j += LANES) {
      row += kernel_units(*(const doubles *)(distances + i * DRIFT_BLOCK + j));
    }
    sums[i] += without_units(row, DRIFT_BLOCK);
  }
}
