// Gaussian kernel values of a block in single precision.
#include <math.h>
#include <string.h>

#include "CDriftKernels.h"
#include "dispatch.h"
#include "distance.h"

// |x|^2 + |y|^2 - 2xy loses about 2^-22 (|x|^2 + |y|^2). Up to this many bandwidths (2 sigma^2)
// that moves a kernel value by less than 2^-20; beyond, near pairs are computed from differences.
static const float SAFE_NORMS = 2.0f;
// exp(-20) is below half a unit of 2^-24: pairs further apart need no second look.
static const float FAR = 20.0f;

// 2^x for x <= 0, 0 below 2^-125. Relative error below 2e-7 (tested against exp).
static inline float exp2_nonpositive(float x) {
  const float round_to_integer = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer
  float clamped = x < -125.0f ? -125.0f : x;
  float shifted = clamped + round_to_integer;
  float fraction = clamped - (shifted - round_to_integer);  // in [-1/2, 1/2]
  // Taylor polynomial of 2^f = e^(f ln 2); the remainder is below 2^-25 on [-1/2, 1/2].
  float p = 1.5252733804059841e-5f;
  p = p * fraction + 1.5403530393381610e-4f;
  p = p * fraction + 1.3333558146428443e-3f;
  p = p * fraction + 9.6181291076284772e-3f;
  p = p * fraction + 5.5504108664821580e-2f;
  p = p * fraction + 2.4022650695910071e-1f;
  p = p * fraction + 6.9314718055994531e-1f;
  p = p * fraction + 1.0f;
  int32_t bits;
  int32_t exponent;
  memcpy(&bits, &p, sizeof bits);
  memcpy(&exponent, &shifted, sizeof exponent);
  bits += (int32_t)((uint32_t)exponent << 23);  // the low bits of `shifted` hold the integer
  float result;
  memcpy(&result, &bits, sizeof result);
  return x < -125.0f ? 0.0f : result;
}

static inline int32_t fixed_f32(float kernel) {
  float scaled = (kernel - (float)DRIFT_KERNEL_CENTRE) * 16777216.0f;  // 2^24, exact
  return (int32_t)(scaled + (scaled < 0 ? -0.5f : 0.5f));
}

DRIFT_DISPATCHED
static void row_f32(const float *products, float norm, const float *norms, int32_t count,
                    float exponent, int32_t *kernel) {
  for (int32_t j = 0; j < count; j++) {
    float distance = norm + norms[j] - 2.0f * products[j];
    distance = distance >= 0.0f ? distance : 0.0f;  // NaN too
    kernel[j] = fixed_f32(exp2_nonpositive(distance * exponent));
  }
}

// Replaces the values whose digits cancel.
static void correct_row_f32(const float *products, drift_side a, drift_side b, int32_t i,
                            int32_t columns, double gamma, int32_t *kernel) {
  const float bandwidth = (float)(1.0 / gamma);
  for (int32_t j = 0; j < b.count; j++) {
    float norms = a.norms32[i] + b.norms32[j];
    if (norms <= SAFE_NORMS * bandwidth) continue;
    float distance = norms - 2.0f * products[j];
    if (distance > FAR * bandwidth + norms * 0x1p-18f) continue;
    double exact =
        drift_direct_distance(a.rows + (int64_t)i * columns, b.rows + (int64_t)j * columns, columns);
    kernel[j] = (int32_t)lrint((exp(-gamma * exact) - DRIFT_KERNEL_CENTRE) * 16777216.0);
  }
}

void drift_kernel_block_f32(const float *products, drift_side a, drift_side b, int32_t columns,
                            double gamma, int32_t diagonal, int32_t *kernel) {
  const float exponent = (float)(-gamma * 1.4426950408889634);
  float largest = 0.0f;
  for (int32_t j = 0; j < b.count; j++) largest = b.norms32[j] > largest ? b.norms32[j] : largest;
  for (int32_t i = 0; i < a.count; i++) {
    const float *row = products + i * DRIFT_BLOCK;
    int32_t *out = kernel + i * DRIFT_BLOCK;
    row_f32(row, a.norms32[i], b.norms32, b.count, exponent, out);
    if ((double)(a.norms32[i] + largest) * gamma > SAFE_NORMS) {
      correct_row_f32(row, a, b, i, columns, gamma, out);
    }
    if (diagonal) out[i] = 0;
  }
}
