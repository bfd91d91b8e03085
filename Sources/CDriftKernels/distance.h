// The squared distance of two rows from their differences.
#ifndef DRIFT_DISTANCE_H
#define DRIFT_DISTANCE_H

#include <stdint.h>

// Always four sums, whatever the width of the registers: the bytes must not depend on it.
static inline double drift_direct_distance(const double *x, const double *y, int32_t columns) {
  typedef double four __attribute__((vector_size(32), aligned(8)));
  four sums = {0, 0, 0, 0};
  int32_t j = 0;
  for (; j + 4 <= columns; j += 4) {
    four difference = *(const four *)(x + j) - *(const four *)(y + j);
    sums += difference * difference;
  }
  for (; j < columns; j++) {
    double difference = x[j] - y[j];
    sums[0] += difference * difference;
  }
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

#endif
