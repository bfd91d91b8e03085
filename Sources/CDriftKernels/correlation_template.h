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

// Turns a block round: 64 x 64 numbers, some at a time that stay in the cache.
static void turn_block(const double *values, int32_t rows, double *turned) {
  for (int32_t first = 0; first < rows; first += 8) {
    for (int32_t other = 0; other < DRIFT_BLOCK; other += 8) {
      for (int32_t i = first; i < first + 8; i++) {
        for (int32_t j = other; j < other + 8; j++) {
          turned[j * DRIFT_BLOCK + i] = values[i * DRIFT_BLOCK + j];
        }
      }
    }
  }
}

// As many doubles as a register holds.
typedef double doubles __attribute__((vector_size(VECTOR_BYTES), aligned(8)));

static void member_rows(const double *values, int32_t rows, const uint64_t *members,
                        int64_t permutations, double *scratch, double *sums) {
  enum {
    UNITS = 4,                     // that share a table
    ENTRIES = 1 << UNITS,          // sums of subsets
    GROUPS = DRIFT_BLOCK / 2 / UNITS,  // of half a block: their tables stay in the cache
    LANES = VECTOR_BYTES / 8,
    PART = 16,              // rows that are taken at a time
    TABLE = ENTRIES * PART  // numbers
  };
  double *turned = scratch;
  double *tables = scratch + DRIFT_BLOCK * DRIFT_BLOCK;
  turn_block(values, rows, turned);
  for (int32_t part = 0; part < rows; part += PART) {
    for (int32_t first = 0; first < DRIFT_BLOCK; first += DRIFT_BLOCK / 2) {
      for (int32_t group = 0; group < GROUPS; group++) {
        double *table = tables + group * TABLE;
        memset(table, 0, PART * sizeof *table);
        for (int32_t unit = 0; unit < UNITS; unit++) {
          const double *line = turned + (first + group * UNITS + unit) * DRIFT_BLOCK + part;
          for (int32_t entry = 0; entry < 1 << unit; entry++) {
            for (int32_t lane = 0; lane < PART; lane += LANES) {
              *(doubles *)(table + (entry + (1 << unit)) * PART + lane) =
                  *(const doubles *)(table + entry * PART + lane) + *(const doubles *)(line + lane);
            }
          }
        }
      }
      for (int64_t p = 0; p < permutations; p++) {
        const uint64_t bits = members[p] >> first;
        double *place = sums + p * DRIFT_BLOCK + part;
        doubles totals[PART / LANES];
        for (int32_t k = 0; k < PART / LANES; k++) totals[k] = *(doubles *)(place + k * LANES);
#pragma clang loop unroll(full)
        for (int32_t group = 0; group < GROUPS; group++) {
          const double *entry = tables + group * TABLE + (bits >> (UNITS * group)) % ENTRIES * PART;
          for (int32_t k = 0; k < PART / LANES; k++) {
            totals[k] += *(const doubles *)(entry + k * LANES);
          }
        }
        for (int32_t k = 0; k < PART / LANES; k++) *(doubles *)(place + k * LANES) = totals[k];
      }
    }
  }
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
