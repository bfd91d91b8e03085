// Gaussian kernel values of a block in single precision.
//
// Rows are scaled so that a kernel value is 2^e, with e minus half their squared distance:
// e = xy - |x|^2 / 2 - |y|^2 / 2.

// e loses about 2^-22 (|x|^2 + |y|^2) / 2, and the kernel value k that much times k (and ln 2). Up
// to this many halved norms, times k, that is less than 2^-20; beyond, pairs are computed from
// differences.
static const float SAFE_NORMS = 2.9f;
// Up to so many e is off by less than 2^-12, so that kernel values themselves tell which pairs those
// are; beyond, only e does.
static const float KNOWN_NORMS = 1024.0f;
// 2^-29 is below half a unit of 2^-22: pairs further apart need no second look.
static const float FAR = -29.0f;

// The larger of two numbers, the second one where the first is none.
static inline floats larger(floats x, floats y) { return __builtin_elementwise_max(x, y); }

// a * b + c with one rounding. Without an instruction for it, the exact product and a sum that is
// rounded to odd leave what the second rounding needs (Boldo & Melquiond, 2008).
static inline floats fused(floats a, floats b, floats c) {
#if defined(HAS_FUSED) || defined(__aarch64__)
  return __builtin_elementwise_fma(a, b, c);
#else
  floats result;
  for (int32_t k = 0; k < WIDTH; k++) {
    double product = (double)a[k] * (double)b[k];
    double addend = (double)c[k];
    double sum = product + addend;
    double back = sum - product;
    double error = (product - (sum - back)) + (addend - back);
    int64_t bits;
    memcpy(&bits, &sum, sizeof bits);
    if (error != 0.0 && (bits & 1) == 0) bits += (error > 0.0) == (sum > 0.0) ? 1 : -1;
    memcpy(&sum, &bits, sizeof bits);
    result[k] = (float)sum;
  }
  return result;
#endif
}

// Vectors that are computed side by side: one alone waits for each of its steps.
enum { SIDE_BY_SIDE = DRIFT_BLOCK / WIDTH < 8 ? DRIFT_BLOCK / WIDTH : 8 };

// Powers of two of numbers in [-100, 0] or a little above, to about what single precision holds.
static inline __attribute__((always_inline)) void powers_of_two(const floats x[SIDE_BY_SIDE],
                                                                 floats value[SIDE_BY_SIDE]) {
  const floats round_to_integer = (floats){0} + 12582912.0f;  // 1.5 * 2^23: adding it rounds
  // Minimax polynomial of 2^f, times 2^22; its relative error is 2e-9.
  static const float terms[] = {0x1p22f * 1.5345811e-4f, 0x1p22f * 1.3399931e-3f,
                                0x1p22f * 9.6184891e-3f, 0x1p22f * 5.5503286e-2f,
                                0x1p22f * 2.4022646e-1f, 0x1p22f * 6.9314718e-1f, 0x1p22f};
  floats shifted[SIDE_BY_SIDE], fraction[SIDE_BY_SIDE], p[SIDE_BY_SIDE];
  for (int32_t k = 0; k < SIDE_BY_SIDE; k++) {
    shifted[k] = x[k] + round_to_integer;
    fraction[k] = x[k] - (shifted[k] - round_to_integer);  // in [-1/2, 1/2]
    p[k] = (floats){0} + terms[0];
  }
  for (size_t term = 1; term < sizeof terms / sizeof *terms; term++) {
    for (int32_t k = 0; k < SIDE_BY_SIDE; k++) {
      p[k] = fused(p[k], fraction[k], (floats){0} + terms[term]);
    }
  }
  for (int32_t k = 0; k < SIDE_BY_SIDE; k++) {
    // The low bits of `shifted` hold the integer: into the exponent with it.
    value[k] = (floats)((ints)p[k] + ((ints)shifted[k] << 23));
  }
}

// Added to a value in units of 2^-22 it takes the centre off and rounds: the sum is in [2^23, 2^24),
// where floats are the integers and their bits, less those of 1.5 * 2^23, count them.
static const float LESS_CENTRE = 12582912.0f - (float)(DRIFT_KERNEL_CENTRE * 0x1p22);
static const uint32_t ROUNDING_BITS = 0x4B400000;

// 2^(ratio x) in units of 2^-22, to about what single precision holds, less the centre and rounded to an
// integer; for x <= 0, where rounding may have left it above. Below 2^-100 it stays there, which is
// zero to any unit. Tests hold the kernel values to 1e-6.
// With `norms` there are bits where a kernel value times the sum of `norm` and these, halved, is beyond
// SAFE_NORMS.
static inline __attribute__((always_inline)) ints fixed_point_exp2(
    const float *exponents, float ratio, int32_t *kernel, float norm, const float *norms) {
  const floats least = (floats){0} - 100.0f;
  floats x[SIDE_BY_SIDE], value[SIDE_BY_SIDE];
  for (int32_t k = 0; k < SIDE_BY_SIDE; k++) {
    x[k] = *(const floats *)(exponents + k * WIDTH) * ratio;
    x[k] = (floats)((ints)x[k] & (x[k] < 0.0f));
    x[k] = larger(x[k], least);
  }
  powers_of_two(x, value);
  ints are_open = {0};
  for (int32_t k = 0; k < SIDE_BY_SIDE; k++) {
    *(ints *)(kernel + k * WIDTH) = (ints)((unsigneds)(value[k] + LESS_CENTRE) - ROUNDING_BITS);
    if (norms) {
      are_open |= value[k] * ((norm + *(const floats *)(norms + k * WIDTH)) * ratio) >
                  0x1p23f * SAFE_NORMS;
    }
  }
  return are_open;
}

static void exponents_f32(drift_side a, drift_side b, float *exponents) {
  for (int32_t i = 0; i < a.count; i++) {
    const floats norm = (floats){0} - 0.5f * a.norms32[i];
    for (int32_t j = 0; j < DRIFT_BLOCK; j += WIDTH) {
      *(floats *)(exponents + i * DRIFT_BLOCK + j) =
          norm - 0.5f * *(const floats *)(b.norms32 + j);
    }
  }
}

// Replaces the values of a row whose digits cancel.
static void correct_row(const float *exponents, drift_side a, drift_side b, int32_t i,
                        int32_t columns, double gamma, float ratio, int32_t *kernel) {
  const float half = 0.5f * ratio;
  const floats norm = (floats){0} + half * a.norms32[i];
  for (int32_t first = 0; first < b.count; first += WIDTH) {
    floats norms = norm + half * *(const floats *)(b.norms32 + first);
    floats exponent = *(const floats *)(exponents + first) * ratio;
    // 1 / k is at least 1 + x + x^2 / 2 for x = -e ln 2.
    floats safe = SAFE_NORMS + exponent * (exponent * (SAFE_NORMS * 0.24f) - SAFE_NORMS * 0.69f);
    ints is_open = (norms > safe) & (exponent >= FAR - norms * 0x1p-18f);
    if (!__builtin_reduce_or(is_open)) continue;
    for (int32_t k = 0; k < WIDTH && first + k < b.count; k++) {
      if (!is_open[k]) continue;
      double exact = drift_direct_distance(a.rows + (int64_t)i * columns,
                                           b.rows + (int64_t)(first + k) * columns, columns);
      kernel[first + k] =
          (int32_t)lrint((exp(-gamma * exact) - DRIFT_KERNEL_CENTRE) * 0x1p22);
    }
  }
}

// The kernel values of a row; `largest` is the largest norm of the columns.
static inline void kernel_row(const float *exponents, drift_side a, drift_side b, int32_t i,
                              float largest, int32_t columns, double gamma, float ratio,
                              int32_t *kernel) {
  const float norms = 0.5f * ratio * (a.norms32[i] + largest);
  ints are_open = {0};
  for (int32_t j = 0; j < DRIFT_BLOCK; j += SIDE_BY_SIDE * WIDTH) {
    if (norms <= SAFE_NORMS || norms > KNOWN_NORMS) {
      fixed_point_exp2(exponents + j, ratio, kernel + j, 0, NULL);
    } else {
      are_open |= fixed_point_exp2(exponents + j, ratio, kernel + j, a.norms32[i], b.norms32 + j);
    }
  }
  if (norms > KNOWN_NORMS || __builtin_reduce_or(are_open)) {
    correct_row(exponents, a, b, i, columns, gamma, ratio, kernel);
  }
}

static inline float largest_norm(drift_side side) {
  float largest = 0.0f;
  for (int32_t j = 0; j < side.count; j++) {
    largest = side.norms32[j] > largest ? side.norms32[j] : largest;
  }
  return largest;
}

static void kernel_block_f32(const float *exponents, drift_side a, drift_side b, int32_t columns,
                             double gamma, float ratio, int32_t diagonal, int32_t *kernel) {
  const float largest = largest_norm(b);
  for (int32_t i = 0; i < a.count; i++) {
    int32_t *out = kernel + i * DRIFT_BLOCK;
    kernel_row(exponents + i * DRIFT_BLOCK, a, b, i, largest, columns, gamma, ratio, out);
    if (diagonal) out[i] = 0;
  }
}
