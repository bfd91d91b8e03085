// Gaussian kernel values of a block in double precision, and their slow reference.
#include <math.h>

#include "CDriftKernels.h"

#pragma clang fp contract(off)

#include "distance.h"

// As in single precision: below 100 bandwidths the expanded form errs by less than 2^-44.
static const double SAFE_NORMS = 100.0;
// exp(-32) is below a unit of 2^-41.
static const double FAR = 32.0;
static const double SCALE = 2199023255552.0;  // 2^41

void drift_kernel_block_f64(const double *products, drift_side a, drift_side b, int32_t columns,
                            double gamma, int32_t diagonal, int64_t *kernel) {
  for (int32_t i = 0; i < a.count; i++) {
    const double *row = products + i * DRIFT_BLOCK;
    int64_t *out = kernel + i * DRIFT_BLOCK;
    for (int32_t j = 0; j < b.count; j++) {
      double norms = a.norms[i] + b.norms[j];
      double distance = norms - 2.0 * row[j];
      if (norms * gamma > SAFE_NORMS && distance * gamma <= FAR + norms * gamma * 0x1p-47) {
        distance = drift_direct_distance(a.rows + (int64_t)i * columns,
                                         b.rows + (int64_t)j * columns, columns);
      }
      distance = distance >= 0 ? distance : 0;  // NaN too
      out[j] = llrint((exp(-gamma * distance) - DRIFT_KERNEL_CENTRE) * SCALE);
    }
    if (diagonal) out[i] = 0;
  }
}

void drift_kernel_block_reference(drift_side a, drift_side b, int32_t columns, double gamma,
                                  int32_t diagonal, double *kernel) {
  for (int32_t i = 0; i < a.count; i++) {
    for (int32_t j = 0; j < b.count; j++) {
      double distance = 0;
      for (int32_t k = 0; k < columns; k++) {
        double difference = a.rows[(int64_t)i * columns + k] - b.rows[(int64_t)j * columns + k];
        distance += difference * difference;
      }
      kernel[i * DRIFT_BLOCK + j] =
          diagonal && i == j ? 0 : exp(-gamma * distance) - DRIFT_KERNEL_CENTRE;
    }
  }
}
