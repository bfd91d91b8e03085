// The kernel without each column, as its definition reads.
#include <math.h>

#include "CDriftKernels.h"

#pragma clang fp contract(off)

void drift_pair_sums_reference(drift_columns a, drift_columns b, double *sums, double *row_sums) {
  for (int32_t i = 0; i < a.count; i++) {
    for (int32_t j = 0; j < b.count; j++) {
      for (int32_t left_out = 0; left_out <= a.width; left_out++) {
        double distance = 0;
        for (int32_t c = 0; c < a.width; c++) {
          if (c == left_out) continue;
          double difference =
              a.values[(int64_t)c * DRIFT_BLOCK + i] - b.values[(int64_t)c * DRIFT_BLOCK + j];
          distance += difference * difference;
        }
        double kernel = exp2(-distance);
        sums[left_out] += kernel;
        if (row_sums && left_out == a.width) row_sums[i] += kernel;
      }
    }
  }
}
