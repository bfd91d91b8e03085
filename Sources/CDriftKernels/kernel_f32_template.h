// Gaussian kernel values of a block in single precision.

// |x|^2 + |y|^2 - 2xy loses about 2^-22 (|x|^2 + |y|^2). Up to this many bandwidths (2 sigma^2)
// that moves a kernel value by less than 2^-20; beyond, near pairs are computed from differences.
static const float SAFE_NORMS = 2.0f;
// exp(-20) is below half a unit of 2^-24: pairs further apart need no second look.
static const float FAR = 20.0f;

// The larger of both; the bound where x is not a number.
static inline floats at_least(floats bound, floats x) {
  ints is_larger = x > bound;
  return (floats)(((ints)x & is_larger) | ((ints)bound & ~is_larger));
}

// 2^x for x <= 0, in units of 2^-24. Relative error below 2e-7 (tested against exp); below 2^-100
// it stays there, which is zero to any unit.
static inline floats scaled_exp2(floats x) {
  const floats round_to_integer = (floats){0} + 12582912.0f;  // 1.5 * 2^23: adding it rounds
  x = at_least((floats){0} - 100.0f, x);
  floats shifted = x + round_to_integer;
  floats fraction = x - (shifted - round_to_integer);  // in [-1/2, 1/2]
  // Minimax polynomial of 2^f, times 2^24; its relative error is 2e-9.
  floats p = (floats){0} + 0x1p24f * 1.5345811e-4f;
  p = p * fraction + 0x1p24f * 1.3399931e-3f;
  p = p * fraction + 0x1p24f * 9.6184891e-3f;
  p = p * fraction + 0x1p24f * 5.5503286e-2f;
  p = p * fraction + 0x1p24f * 2.4022646e-1f;
  p = p * fraction + 0x1p24f * 6.9314718e-1f;
  p = p * fraction + 0x1p24f;
  // The low bits of `shifted` hold the integer: into the exponent with it.
  return (floats)((ints)p + ((ints)shifted << 23));
}

// A kernel value in units of 2^-24, less the centre, as an integer.
static inline ints fixed_point(floats kernel) {
  floats centred = kernel - (float)(DRIFT_KERNEL_CENTRE * 0x1p24);
  // The largest float below 1/2, with the sign of the number: rounds to nearest, and leaves numbers
  // that are integers already as they are.
  ints half = ((ints)centred & INT32_MIN) | (ints)((floats){0} + 0x1.fffffep-2f);
  return __builtin_convertvector(centred + (floats)half, ints);
}

// Replaces the values whose digits cancel.
static void correct_row(const float *products, drift_side a, drift_side b, int32_t i,
                        int32_t columns, double gamma, int32_t *kernel) {
  const float bandwidth = (float)(1.0 / gamma);
  for (int32_t j = 0; j < b.count; j++) {
    float norms = a.norms32[i] + b.norms32[j];
    if (norms <= SAFE_NORMS * bandwidth) continue;
    float distance = norms - 2.0f * products[j];
    if (distance > FAR * bandwidth + norms * 0x1p-18f) continue;
    double exact =
        drift_direct_distance(a.rows + (int64_t)i * columns, b.rows + (int64_t)j * columns, columns);
    kernel[j] = (int32_t)lrint((exp(-gamma * exact) - DRIFT_KERNEL_CENTRE) * 0x1p24);
  }
}

static void kernel_block_f32(const float *products, drift_side a, drift_side b, int32_t columns,
                             double gamma, int32_t diagonal, int32_t *kernel) {
  const float exponent = (float)(-gamma * 1.4426950408889634);
  float largest = 0.0f;
  for (int32_t j = 0; j < b.count; j++) largest = b.norms32[j] > largest ? b.norms32[j] : largest;
  for (int32_t i = 0; i < a.count; i++) {
    const float *row = products + i * DRIFT_BLOCK;
    int32_t *out = kernel + i * DRIFT_BLOCK;
    for (int32_t j = 0; j < DRIFT_BLOCK; j += WIDTH) {
      floats distance =
          (a.norms32[i] + *(const floats *)(b.norms32 + j)) - 2.0f * *(const floats *)(row + j);
      distance = at_least((floats){0}, distance);
      *(ints *)(out + j) = fixed_point(scaled_exp2(distance * exponent));
    }
    if ((double)(a.norms32[i] + largest) * gamma > SAFE_NORMS) {
      correct_row(row, a, b, i, columns, gamma, out);
    }
    if (diagonal) out[i] = 0;
  }
}
