// Kernels of several widths, summed over units of rows as they are computed.

// The nearest and the farthest pair of some rows, by the bits of their exponents without the sign: these
// are in the order of the numbers. A number above 0 is nearer than all, and has negative bits.
typedef struct {
  int32_t nearest;
  int32_t farthest;
} pair_range;

static inline pair_range range_of(const float *exponents, int32_t rows) {
  const ints sign = (ints){0} + INT32_MIN;
  ints nearest = (ints){0} + INT32_MAX;
  ints farthest = (ints){0} + INT32_MIN;
  for (int32_t j = 0; j < rows * DRIFT_BLOCK; j += WIDTH) {
    const ints bits = *(const ints *)(exponents + j) ^ sign;
    nearest = __builtin_elementwise_min(nearest, bits);
    farthest = __builtin_elementwise_max(farthest, bits);
  }
  return (pair_range){__builtin_reduce_min(nearest), __builtin_reduce_max(farthest)};
}

// Whether the exponents of rows may have lost the digits of a pair for some kernel with a ratio of 1 at
// most; their halved norms add up to `norms` at most. With the norms h and the exponent -x of a pair at
// ratio 1 the kernel of ratio r needs a second look where r h > SAFE_NORMS (1 + 0.69 r x +
// 0.24 r^2 x^2) (see `correct_row`), and the right side over r is at least SAFE_NORMS times both of 1.67 x
// and 1 + 0.69 x. The pair that is nearest stands for all.
static inline int32_t may_be_open(int32_t nearest, float norms) {
  float x;
  memcpy(&x, &nearest, sizeof x);
  return nearest < 0 ||
         (norms > SAFE_NORMS * (1.0f + 0.68f * x) && norms > SAFE_NORMS * 1.66f * x);
}

// The rows of a block that may be open, a bit each.
static inline uint64_t open_rows(const float *exponents, drift_side a, float largest) {
  uint64_t open = 0;
  for (int32_t i = 0; i < a.count; i++) {
    const float norms = 0.5f * (a.norms32[i] + largest);
    open |= (uint64_t)may_be_open(range_of(exponents + i * DRIFT_BLOCK, 1).nearest, norms) << i;
  }
  return open;
}

// Adds the kernel values of some rows, `first` to `end`, by column, but for those of `open` rows. Without
// `far` no exponent is below -100.
static inline __attribute__((always_inline)) void add_rows(const float *exponents, uint64_t open,
                                                           float ratio, int32_t far, int32_t first,
                                                           int32_t end, int32_t *totals) {
  const floats least = (floats){0} - 100.0f;
  for (int32_t j = 0; j < DRIFT_BLOCK; j += SIDE_BY_SIDE * WIDTH) {
    unsigneds sums[SIDE_BY_SIDE];
    for (int32_t k = 0; k < SIDE_BY_SIDE; k++) sums[k] = (unsigneds){0};
    uint32_t count = 0;
    for (int32_t i = first; i < end; i++) {
      if (open >> i & 1) continue;
      floats x[SIDE_BY_SIDE], value[SIDE_BY_SIDE];
      for (int32_t k = 0; k < SIDE_BY_SIDE; k++) {
        x[k] = *(const floats *)(exponents + i * DRIFT_BLOCK + j + k * WIDTH) * ratio;
        if (far) x[k] = larger(x[k], least);
      }
      powers_of_two(x, value);
      for (int32_t k = 0; k < SIDE_BY_SIDE; k++) sums[k] += (unsigneds)(value[k] + LESS_CENTRE);
      count++;
    }
    for (int32_t k = 0; k < SIDE_BY_SIDE; k++) {
      *(unsigneds *)(totals + j + k * WIDTH) = sums[k] - count * ROUNDING_BITS;
    }
  }
}

static void unit_kernels_f32(const float *exponents, drift_side a, drift_side b, int32_t columns,
                             int32_t diagonal, const drift_kernel *kernels, int32_t count,
                             const int32_t *row_units, const int32_t *column_units,
                             int32_t first_unit, int64_t stride) {
  const float largest = largest_norm(b);
  const pair_range range = range_of(exponents, a.count);
  const float least = -100.0f;
  int32_t far_bits;
  memcpy(&far_bits, &least, sizeof far_bits);
  const int32_t far = range.farthest >= (far_bits ^ INT32_MIN);
  uint64_t open = 0;
  if (diagonal) {
    open = UINT64_MAX;
  } else if (may_be_open(range.nearest, 0.5f * (largest_norm(a) + largest))) {
    open = open_rows(exponents, a, largest);
  }
  for (int32_t first = 0, end; first < a.count; first = end) {
    const int32_t unit = row_units[first];
    for (end = first; end < a.count && row_units[end] == unit;) end++;
    for (int32_t kernel = 0; kernel < count; kernel++) {
      int32_t totals[DRIFT_BLOCK];
      const drift_kernel of = kernels[kernel];
      if (far) {
        add_rows(exponents, open, of.ratio, 1, first, end, totals);
      } else {
        add_rows(exponents, open, of.ratio, 0, first, end, totals);
      }
      for (int32_t i = first; open != 0 && i < end; i++) {
        if (!(open >> i & 1)) continue;
        int32_t row[DRIFT_BLOCK];
        kernel_row(exponents + i * DRIFT_BLOCK, a, b, i, largest, columns, of.gamma, of.ratio, row);
        if (diagonal) row[i] = 0;
        for (int32_t j = 0; j < DRIFT_BLOCK; j++) totals[j] += row[j];
      }
      int64_t *sums = of.sums + (unit - first_unit) * stride;
      for (int32_t j = 0, next; j < b.count; j = next) {
        int64_t total = 0;
        for (next = j; next < b.count && column_units[next] == column_units[j];) {
          total += totals[next++];
        }
        sums[column_units[j] - first_unit] +=
            !diagonal && column_units[j] == unit ? 2 * total : total;
      }
    }
  }
}
