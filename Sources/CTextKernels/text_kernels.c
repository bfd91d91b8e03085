// The kernels of each instruction set, and the functions in front of them.
#include <string.h>

#include "decimal.h"
#include "rows.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef struct text_kernels {
  drift_separators (*find_separators)(const uint8_t *text, size_t count, uint8_t delimiter,
                                      bool has_quotes, uint32_t *positions);
  size_t (*convert_numbers)(drift_rows rows, size_t first, size_t end,
                            drift_number_column *columns, size_t column_count,
                            const double *sentinels, size_t sentinel_count, uint8_t point,
                            drift_odd_cell *odd);
  bool (*convert_number)(const uint8_t *text, size_t count, double *value);
} text_kernels;

// Whether a number is one of some, which ascend: a few are looked through, of many half is left out
// at each step.
static inline bool is_sentinel(double value, const double *sentinels, size_t count) {
  while (count > 8) {
    const size_t half = count / 2;
    if (sentinels[half] <= value) sentinels += half;
    count -= half;
  }
  for (size_t i = 0; i < count; i++) {
    if (value == sentinels[i]) return true;
  }
  return false;
}

#define LEVEL(name) name##_portable
#define HAS_VECTORS 0
#include "text_template.h"
#undef LEVEL
#undef HAS_VECTORS

#if defined(__x86_64__)

// 32 bytes loaded from NUMBER_MASKS + n: the last n are set.
static const uint8_t NUMBER_MASKS[64] = {
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
};

DRIFT_TARGET_BEGIN(DRIFT_AVX2_FEATURES)
#define LEVEL(name) name##_avx2
#define HAS_VECTORS 1
#include "text_template.h"
#undef LEVEL
#undef HAS_VECTORS
DRIFT_TARGET_END

DRIFT_TARGET_BEGIN(DRIFT_AVX512_FEATURES)
#define LEVEL(name) name##_avx512
#define HAS_VECTORS 1
#include "text_template.h"
#undef LEVEL
#undef HAS_VECTORS
DRIFT_TARGET_END

static const text_kernels *kernels(drift_instruction_set set) {
  switch (set) {
    case DRIFT_AVX512: return &kernels_avx512;
    case DRIFT_AVX2: return &kernels_avx2;
    case DRIFT_PORTABLE: break;
  }
  return &kernels_portable;
}

#else

static const text_kernels *kernels(drift_instruction_set set) {
  (void)set;
  return &kernels_portable;
}

#endif

drift_separators drift_find_separators(drift_instruction_set set, const uint8_t *text,
                                       size_t count, uint8_t delimiter, bool has_quotes,
                                       uint32_t *positions) {
  return kernels(set)->find_separators(text, count, delimiter, has_quotes, positions);
}

size_t drift_convert_numbers(drift_instruction_set set, drift_rows rows, size_t first, size_t end,
                             drift_number_column *columns, size_t column_count,
                             const double *sentinels, size_t sentinel_count, uint8_t point,
                             drift_odd_cell *odd) {
  return kernels(set)->convert_numbers(rows, first, end, columns, column_count, sentinels,
                                       sentinel_count, point, odd);
}

bool drift_convert_number(drift_instruction_set set, const uint8_t *text, size_t count,
                          double *value) {
  return kernels(set)->convert_number(text, count, value);
}
