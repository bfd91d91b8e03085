// Exact sums over blocks, in both widths.
#include "CDriftKernels.h"
#include "dispatch.h"

// Single precision: 64 values below 2^18 give a float without an error, and 64 such sums an int32.
#define REAL float
#define FIXED int32_t
#define SUM int32_t
#define SHIFT (DRIFT_FINE_BITS_F32 - DRIFT_PRODUCT_BITS_F32)
#define ROUNDING (1 << (SHIFT - 1))
#define SUFFIXED_REAL(name) name##_f32
#define SUFFIXED_FIXED(name) name##_i32
#include "sums_template.h"
#undef REAL
#undef FIXED
#undef SUM
#undef SHIFT
#undef ROUNDING
#undef SUFFIXED_REAL
#undef SUFFIXED_FIXED

// Double precision: 64 x 64 values below 2^41 give a double without an error.
#define REAL double
#define FIXED int64_t
#define SUM double
#define SHIFT 0
#define ROUNDING 0
#define SUFFIXED_REAL(name) name##_f64
#define SUFFIXED_FIXED(name) name##_i64
#include "sums_template.h"

void drift_masked_totals(const int64_t *values, const uint64_t *bits, int64_t count,
                         int64_t totals[DRIFT_BLOCK]) {
  for (int64_t i = 0; i < count; i++) {
    for (int32_t p = 0; p < DRIFT_BLOCK; p++) {
      totals[p] += values[i] & -(int64_t)((bits[i] >> p) & 1);
    }
  }
}

void drift_distance_histogram(const double *distances, int32_t rows, int32_t columns,
                              int32_t upper, uint64_t prefix, int32_t shift, int64_t *histogram) {
  for (int32_t i = 0; i < rows; i++) {
    const double *row = distances + i * DRIFT_BLOCK;
    for (int32_t j = upper ? i + 1 : 0; j < columns; j++) {
      uint64_t bits;
      __builtin_memcpy(&bits, &row[j], sizeof bits);
      if (shift == 48 || bits >> (shift + 16) == prefix) histogram[(bits >> shift) & 0xFFFF]++;
    }
  }
}
