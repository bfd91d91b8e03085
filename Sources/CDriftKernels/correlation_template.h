// Correlations of two sides under permutations.

// Always four sums, whatever the width of the registers: the bytes must not depend on it.
typedef double four __attribute__((vector_size(32), aligned(8)));

static inline double sum_of(const four *parts) {
  return ((*parts)[0] + (*parts)[1]) + ((*parts)[2] + (*parts)[3]);
}

static double unit_products(const double *x, const double *y, const int32_t *starts, int32_t units,
                            double *sums) {
  const int32_t begin = starts[0];
  int32_t unit = 0;
  if (starts[units] - begin == units) {
    for (; unit + 4 <= units; unit += 4) {
      *(four *)(sums + unit) =
          *(const four *)(x + begin + unit) * *(const four *)(y + begin + unit);
    }
  }
  for (; unit < units; unit++) {
    four parts = {0, 0, 0, 0};
    int32_t i = starts[unit];
    const int32_t end = starts[unit + 1];
    for (; i + 4 <= end; i += 4) parts += *(const four *)(x + i) * *(const four *)(y + i);
    for (; i < end; i++) parts[0] += x[i] * y[i];
    sums[unit] = sum_of(&parts);
  }
  four totals = {0, 0, 0, 0};
  for (unit = 0; unit + 4 <= units; unit += 4) totals += *(const four *)(sums + unit);
  for (; unit < units; unit++) totals[0] += sums[unit];
  return sum_of(&totals);
}

static inline double held(double r) {
  r = r < DRIFT_MOST_CORRELATION ? r : DRIFT_MOST_CORRELATION;
  return r > -DRIFT_MOST_CORRELATION ? r : -DRIFT_MOST_CORRELATION;
}

static void correlation_change(const double *products, double total,
                               const double *const inverse_rows[2], const drift_side_moments x[2],
                               const drift_side_moments y[2], int64_t permutations,
                               double *largest) {
  for (int64_t p = 0; p < permutations; p++) {
    double first = products[p];
    double second = total - first;
    double r = (first * inverse_rows[0][p] - x[0].mean[p] * y[0].mean[p]) *
               (x[0].inverse[p] * y[0].inverse[p]);
    double s = (second * inverse_rows[1][p] - x[1].mean[p] * y[1].mean[p]) *
               (x[1].inverse[p] * y[1].inverse[p]);
    r = held(r);
    s = held(s);
    double up = (1.0 + r) * (1.0 - s);
    double down = (1.0 - r) * (1.0 + s);
    double change = up > down ? up / down : down / up;
    largest[p] = change > largest[p] ? change : largest[p];
  }
}
