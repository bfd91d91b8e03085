// Gaussian kernel values of a block in single precision.

// |x|^2 + |y|^2 - 2xy loses about 2^-22 (|x|^2 + |y|^2), and the kernel value k that much times k,
// with lengths in bandwidths (2 sigma^2). Up to this many of them, times k, that is less than 2^-20;
// beyond, pairs are computed from differences.
static const float SAFE_NORMS = 2.0f;
// exp(-20) is below half a unit of 2^-22: pairs further apart need no second look.
static const float FAR = 20.0f;

// 2^x for x <= 0, in units of 2^-22, to about what single precision holds; below 2^-100 it stays
// there, which is zero to any unit. Tests hold the kernel values to 1e-6.
static inline floats scaled_exp2(floats x) {
  const floats round_to_integer = (floats){0} + 12582912.0f;  // 1.5 * 2^23: adding it rounds
  const floats least = (floats){0} - 100.0f;
  ints is_larger = x > least;
  x = (floats)(((ints)x & is_larger) | ((ints)least & ~is_larger));
  floats shifted = x + round_to_integer;
  floats fraction = x - (shifted - round_to_integer);  // in [-1/2, 1/2]
  // Minimax polynomial of 2^f, times 2^22; its relative error is 2e-9. In pairs (Estrin), so that
  // fewer steps wait for each other.
  floats square = fraction * fraction;
  floats p = 0x1p22f + fraction * (0x1p22f * 6.9314718e-1f);
  floats q = 0x1p22f * 2.4022646e-1f + fraction * (0x1p22f * 5.5503286e-2f);
  floats r = 0x1p22f * 9.6184891e-3f + fraction * (0x1p22f * 1.3399931e-3f);
  r += square * (0x1p22f * 1.5345811e-4f);
  p += square * q;
  p += (square * square) * r;
  // The low bits of `shifted` hold the integer: into the exponent with it.
  return (floats)((ints)p + ((ints)shifted << 23));
}

// A kernel value in units of 2^-22, less the centre, rounded to an integer: the sum below is in
// [2^23, 2^24), where floats are the integers and their bits count them.
static inline ints fixed_point(floats kernel) {
  const float centre = (float)(DRIFT_KERNEL_CENTRE * 0x1p22);
  floats sum = kernel + (12582912.0f - centre);
  return (ints)sum - 0x4B400000;  // the bits of 1.5 * 2^23
}

// Replaces the values whose digits cancel.
static void correct_row(const float *products, drift_side a, drift_side b, int32_t i,
                        int32_t columns, double gamma, int32_t *kernel) {
  const float scale = (float)gamma;
  for (int32_t first = 0; first < b.count; first += WIDTH) {
    floats norms = (a.norms32[i] + *(const floats *)(b.norms32 + first)) * scale;
    floats distance = norms - *(const floats *)(products + first) * (2.0f * scale);
    // 1 / k is at least 1 + x + x^2 / 2.
    floats safe = SAFE_NORMS + distance * (SAFE_NORMS + distance * (SAFE_NORMS / 2));
    ints is_open = (norms > safe) & (distance <= FAR + norms * 0x1p-18f);
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

static void kernel_block_f32(const float *products, drift_side a, drift_side b, int32_t columns,
                             double gamma, int32_t diagonal, int32_t *kernel) {
  const float exponent = (float)(-gamma * 1.4426950408889634);
  float scaled_norms[DRIFT_BLOCK];
  float largest = 0.0f;
  for (int32_t j = 0; j < DRIFT_BLOCK; j++) scaled_norms[j] = b.norms32[j] * exponent;
  for (int32_t j = 0; j < b.count; j++) largest = b.norms32[j] > largest ? b.norms32[j] : largest;
  for (int32_t i = 0; i < a.count; i++) {
    const float *row = products + i * DRIFT_BLOCK;
    int32_t *out = kernel + i * DRIFT_BLOCK;
    const floats norm = (floats){0} + a.norms32[i] * exponent;
    for (int32_t j = 0; j < DRIFT_BLOCK; j += WIDTH) {
      floats norms = norm + *(const floats *)(scaled_norms + j);
      floats power = norms - *(const floats *)(row + j) * (2.0f * exponent);
      power = (floats)((ints)power & (power < 0.0f));  // rounding may leave it above 0
      *(ints *)(out + j) = fixed_point(scaled_exp2(power));
    }
    if ((double)(a.norms32[i] + largest) * gamma > SAFE_NORMS) {
      correct_row(row, a, b, i, columns, gamma, out);
    }
    if (diagonal) out[i] = 0;
  }
}
