// When a squared distance may be taken from norms and inner products, and when it must not.
#ifndef DRIFT_DISTANCE_H
#define DRIFT_DISTANCE_H

#include <stdint.h>

static inline double drift_direct_distance(const double *x, const double *y, int32_t columns) {
  double sum = 0;
  for (int32_t j = 0; j < columns; j++) {
    double difference = x[j] - y[j];
    sum += difference * difference;
  }
  return sum;
}

#endif
