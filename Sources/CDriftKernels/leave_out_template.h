// Kernel values of pairs of rows, of all columns and without each of them, in double precision.
//
// Rows are scaled so that a kernel value is 2^-d, with d their squared distance. No product is
// contracted and no lane looks at another one: every width gives the same bytes.

enum {
  LANES = VECTOR_BYTES / 8,
  // Columns that are taken at a time: those of both sides stay in the caches.
  COLUMNS_AT_ONCE = 64,
  // Vectors that are computed side by side: one alone waits for each of its steps.
  CHAINS = 8
};
typedef double doubles __attribute__((vector_size(VECTOR_BYTES), aligned(8)));
typedef uint64_t words __attribute__((vector_size(VECTOR_BYTES), aligned(8)));

static inline doubles smaller(doubles a, doubles b) {
  words is_less = (words)(a < b);
  return (doubles)(((words)a & is_less) | ((words)b & ~is_less));
}

// The squared difference in one column.
static inline doubles squared_difference(double x, const double *y) {
  doubles difference = x - *(const doubles *)y;
  return difference * difference;
}

// The same where one column is to be taken out of the sum of all. A kernel with such a column in it
// is zero to any unit from 2^-DRIFT_FAR_COLUMN on; held there, the sum keeps the digits of each.
static inline doubles held_difference(double x, const double *y) {
  return smaller(squared_difference(x, y), (doubles){0} + (double)DRIFT_FAR_COLUMN);
}

// Squared distances of all pairs of rows; those with lanes that hold no row are far.
static inline __attribute__((always_inline)) void pair_distances(
    drift_columns a, drift_columns b, int32_t are_held, double *distances) {
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
            partial[v] += are_held ? held_difference(x, y + v * LANES)
                                   : squared_difference(x, y + v * LANES);
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

// p * x + term in every chain, and on: the terms of a polynomial from the highest.
#define HORNER(p, x, terms)                                                    \
  for (size_t term = 1; term < sizeof terms / sizeof *terms; term++) {         \
    for (int32_t k = 0; k < CHAINS; k++) p[k] = p[k] * x[k] + terms[term];     \
  }

// 2^-d for d >= 0; right to 3e-12.
static inline void kernel_values(const doubles distances[CHAINS], doubles values[CHAINS]) {
  const doubles round_to_integer = (doubles){0} + 0x1.8p52;
  // (2^f - 1) / f, interpolated at Chebyshev points; the relative error of 2^f is 2.2e-12, and 2^0
  // is 1.
  static const double terms[] = {
      0x1.63b2d7971923fp-20, 0x1.00c0e4e15189cp-16, 0x1.4308c7183d6a2p-13,
      0x1.5d877598350dep-10, 0x1.3b2ab70ad2565p-7,  0x1.c6b08da70cce3p-5,
      0x1.ebfbdff82a734p-3,  0x1.62e42fef9cc69p-1,  1.0};
  doubles shifted[CHAINS], f[CHAINS], p[CHAINS];
  for (int32_t k = 0; k < CHAINS; k++) {
    doubles d = smaller(distances[k], (doubles){0} + 64.0);
    shifted[k] = round_to_integer - d;
    f[k] = (round_to_integer - shifted[k]) - d;  // in [-1/2, 1/2]
    p[k] = (doubles){0} + terms[0];
  }
  HORNER(p, f, terms)
  for (int32_t k = 0; k < CHAINS; k++) {
    // The low bits of `shifted` hold the integer: into the exponent with it.
    values[k] = (doubles)((words)p[k] + ((words)shifted[k] << 52));
  }
}

// 2^d for d in [0, 1], to 5e-14; interpolated as above.
static inline void inverse_kernel_values(const doubles distances[CHAINS], doubles values[CHAINS]) {
  static const double terms[] = {
      0x1.2b766d1741fa8p-23, 0x1.4ec0fbe5994c1p-20, 0x1.0131f826b006bp-16,
      0x1.42f040ca32010p-13, 0x1.5d8913fc8af64p-10, 0x1.3b2ab0328a831p-7,
      0x1.c6b08d9abec3ap-5, 0x1.ebfbdff7c641ap-3, 0x1.62e42fefa3c75p-1,
      1.0};
  for (int32_t k = 0; k < CHAINS; k++) values[k] = (doubles){0} + terms[0];
  HORNER(values, distances, terms)
}

// Adds kernel values in units of 2^-PAIR_BITS, plus the bits of UNITS.
static inline void add_units(const doubles values[CHAINS], words sums[CHAINS]) {
  for (int32_t k = 0; k < CHAINS; k++) sums[k] += (words)(values[k] + UNITS);
}

// The sum of all lanes, less what UNITS added to each of `count` values: modulo 2^64, as sums are.
static inline int64_t without_units(const words sums[CHAINS], int64_t count) {
  uint64_t bits;
  memcpy(&bits, &UNITS, sizeof bits);
  uint64_t sum = 0;
  for (int32_t k = 0; k < CHAINS; k++) {
    for (int32_t lane = 0; lane < LANES; lane++) sum += sums[k][lane];
  }
  return (int64_t)(sum - (uint64_t)count * bits);
}

// Whether no value of `x` is further than 1 from one of `y`.
static int is_near(const double *x, const double *y) {
  doubles low = *(const doubles *)x, high = low, least = *(const doubles *)y, most = least;
  for (int32_t j = LANES; j < DRIFT_BLOCK; j += LANES) {
    const doubles a = *(const doubles *)(x + j), b = *(const doubles *)(y + j);
    low = smaller(a, low);
    high = -smaller(-a, -high);
    least = smaller(b, least);
    most = -smaller(-b, -most);
  }
  for (int32_t i = 0; i < LANES; i++) {
    for (int32_t j = 0; j < LANES; j++) {
      if (!(high[i] - least[j] <= 1.0) || !(most[j] - low[i] <= 1.0)) return 0;
    }
  }
  return 1;
}

// The kernel values at distances of `rows` rows of a block, and their sum in units.
static int64_t kernel_sum(const double *distances, int32_t rows, double *kernel) {
  words sums[CHAINS] = {{0}};
  for (int32_t place = 0; place < rows * DRIFT_BLOCK; place += CHAINS * LANES) {
    doubles d[CHAINS], values[CHAINS];
    memcpy(d, distances + place, sizeof d);
    kernel_values(d, values);
    memcpy(kernel + place, values, sizeof values);
    add_units(values, sums);
  }
  return without_units(sums, (int64_t)rows * DRIFT_BLOCK);
}

// The sum of the kernel without a column, whose values are near each other: by division.
static int64_t near_sum(const double *kernel, int32_t rows, const double *x, const double *y) {
  words sums[CHAINS] = {{0}};
  for (int32_t i = 0; i < rows; i++) {
    for (int32_t j = 0; j < DRIFT_BLOCK; j += CHAINS * LANES) {
      doubles d[CHAINS], values[CHAINS];
      for (int32_t k = 0; k < CHAINS; k++) {
        d[k] = squared_difference(x[i], y + j + k * LANES);
      }
      inverse_kernel_values(d, values);
      for (int32_t k = 0; k < CHAINS; k++) {
        values[k] *= *(const doubles *)(kernel + i * DRIFT_BLOCK + j + k * LANES);
      }
      add_units(values, sums);
    }
  }
  return without_units(sums, (int64_t)rows * DRIFT_BLOCK);
}

// The same for any values, by what is left of the distances.
static int64_t far_sum(const double *distances, int32_t rows, const double *x, const double *y) {
  words sums[CHAINS] = {{0}};
  for (int32_t i = 0; i < rows; i++) {
    for (int32_t j = 0; j < DRIFT_BLOCK; j += CHAINS * LANES) {
      doubles d[CHAINS], values[CHAINS];
      for (int32_t k = 0; k < CHAINS; k++) {
        const int32_t place = j + k * LANES;
        d[k] = *(const doubles *)(distances + i * DRIFT_BLOCK + place)
               - held_difference(x[i], y + place);
      }
      kernel_values(d, values);
      add_units(values, sums);
    }
  }
  return without_units(sums, (int64_t)rows * DRIFT_BLOCK);
}

static void pair_sums(drift_columns a, drift_columns b, double *scratch, int64_t *sums) {
  double *distances = scratch, *kernel = scratch + DRIFT_BLOCK * DRIFT_BLOCK;
  pair_distances(a, b, 1, distances);
  sums[a.width] += kernel_sum(distances, a.count, kernel);
  for (int32_t c = 0; c < a.width; c++) {
    const double *x = a.values + (int64_t)c * DRIFT_BLOCK;
    const double *y = b.values + (int64_t)c * DRIFT_BLOCK;
    // Without the only column nothing is left: exactly 1, which no division gives.
    sums[c] += a.width > 1 && is_near(x, y) ? near_sum(kernel, a.count, x, y)
                                            : far_sum(distances, a.count, x, y);
  }
}

static void row_kernel_sums(drift_columns a, drift_columns b, double *scratch, int64_t *sums) {
  double *distances = scratch, *kernel = scratch + DRIFT_BLOCK * DRIFT_BLOCK;
  pair_distances(a, b, 0, distances);
  for (int32_t i = 0; i < a.count; i++) {
    sums[i] += kernel_sum(distances + i * DRIFT_BLOCK, 1, kernel);
  }
}

#undef HORNER
