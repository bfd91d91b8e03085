// Buckets of a column's values, once for each instruction set. Included with NAME(...) defined.

// The buckets of eight values, the outer ones for those beyond them; plan->buckets for those that are
// not finite.
static inline __attribute__((always_inline)) void NAME(buckets)(const drift_buckets *plan,
                                                                const double *values,
                                                                int32_t bucket[LANES]) {
  doubles x;
  memcpy(&x, values, sizeof x);
  if (plan->scale > 0) {
    const double most = plan->buckets - 0.5;
    const doubles origin = ALL_LANES(plan->minimum), scale = ALL_LANES(plan->scale);
    const doubles limit = ALL_LANES(most), outside = ALL_LANES((double)plan->buckets);
    const integers is_finite = (x - x) == (doubles)ALL_LANES(0.0);
    doubles t = (x - origin) * scale;
    t = (doubles)((integers)t & (t >= (doubles)ALL_LANES(0.0)));
    t = SELECT(t <= limit, t, limit);
    t = SELECT(is_finite, t, outside);
    const indices result = __builtin_convertvector(t, indices);
    memcpy(bucket, &result, sizeof result);
  } else {
    const integers is_finite = (x - x) == (doubles)ALL_LANES(0.0);
    uint64_t key[LANES];
    int64_t finite[LANES];
    // Adding 0 makes 0 of -0.
    const doubles sum = x + (doubles)ALL_LANES(0.0);
    memcpy(key, &sum, sizeof sum);
    memcpy(finite, &is_finite, sizeof is_finite);
    const uint64_t origin = order_of(plan->minimum);
    for (int lane = 0; lane < LANES; lane++) {
      const uint64_t distance = order_of_bits(key[lane]) - origin;
      bucket[lane] = finite[lane] ? (int32_t)(distance >> plan->shift) : plan->buckets;
    }
  }
}

static void NAME(bucket_histogram)(const drift_buckets *plan, const double *values, int64_t count,
                                   uint32_t *histogram) {
  int32_t bucket[LANES];
  const int64_t whole = count / LANES * LANES;
  for (int64_t i = 0; i < whole; i += LANES) {
    NAME(buckets)(plan, values + i, bucket);
    for (int lane = 0; lane < LANES; lane++) histogram[bucket[lane]]++;
  }
  double last[LANES] = ALL_LANES(0);
  memcpy(last, values + whole, (size_t)(count - whole) * sizeof(double));
  NAME(buckets)(plan, last, bucket);
  for (int64_t lane = 0; lane < count - whole; lane++) histogram[bucket[lane]]++;
}

static void NAME(bucket_gather)(const drift_buckets *plan, const double *values, int64_t count,
                                const uint16_t *slots, int64_t *next, double *out) {
  int32_t bucket[LANES];
  const int64_t whole = count / LANES * LANES;
  for (int64_t i = 0; i < whole; i += LANES) {
    NAME(buckets)(plan, values + i, bucket);
    uint32_t hits = 0;
    for (int lane = 0; lane < LANES; lane++) hits |= slots[bucket[lane]];
    if (hits == 0) continue;
    for (int lane = 0; lane < LANES; lane++) {
      const uint16_t slot = slots[bucket[lane]];
      if (slot != 0) out[next[slot]++] = values[i + lane];
    }
  }
  double last[LANES] = ALL_LANES(0);
  memcpy(last, values + whole, (size_t)(count - whole) * sizeof(double));
  NAME(buckets)(plan, last, bucket);
  for (int64_t lane = 0; lane < count - whole; lane++) {
    const uint16_t slot = slots[bucket[lane]];
    if (slot != 0) out[next[slot]++] = last[lane];
  }
}

static void NAME(bucket_last)(const drift_buckets *plan, const double *values, int64_t count,
                              uint32_t *histogram, double *last) {
  int32_t bucket[LANES];
  const int64_t whole = count / LANES * LANES;
  for (int64_t i = 0; i < whole; i += LANES) {
    NAME(buckets)(plan, values + i, bucket);
    for (int lane = 0; lane < LANES; lane++) {
      histogram[bucket[lane]]++;
      last[bucket[lane]] = values[i + lane];
    }
  }
  double rest[LANES] = ALL_LANES(0);
  memcpy(rest, values + whole, (size_t)(count - whole) * sizeof(double));
  NAME(buckets)(plan, rest, bucket);
  for (int64_t lane = 0; lane < count - whole; lane++) {
    histogram[bucket[lane]]++;
    last[bucket[lane]] = rest[lane];
  }
}

static int64_t NAME(bucket_others)(const drift_buckets *plan, const double *values, int64_t count,
                                   const uint8_t *is_wanted, const double *known, double *out) {
  int32_t bucket[LANES];
  int64_t found = 0;
  const int64_t whole = count / LANES * LANES;
  for (int64_t i = 0; i < whole; i += LANES) {
    NAME(buckets)(plan, values + i, bucket);
    uint32_t wanted = 0;
    for (int lane = 0; lane < LANES; lane++) wanted |= is_wanted[bucket[lane]];
    if (wanted == 0) continue;
    for (int lane = 0; lane < LANES; lane++) {
      // Written in any case: what is not wanted is overwritten.
      const double value = values[i + lane];
      out[found] = value;
      found += is_wanted[bucket[lane]] & (value != known[bucket[lane]]);
    }
  }
  double rest[LANES] = ALL_LANES(0);
  memcpy(rest, values + whole, (size_t)(count - whole) * sizeof(double));
  NAME(buckets)(plan, rest, bucket);
  for (int64_t lane = 0; lane < count - whole; lane++) {
    out[found] = rest[lane];
    found += is_wanted[bucket[lane]] & (rest[lane] != known[bucket[lane]]);
  }
  return found;
}

static int64_t NAME(count_negative_zeros)(const double *values, int64_t count) {
  int64_t found = 0;
  for (int64_t i = 0; i < count; i++) {
    uint64_t bits;
    memcpy(&bits, values + i, sizeof bits);
    found += bits == 0x8000000000000000u;
  }
  return found;
}

static drift_number_kinds NAME(count_kinds)(const double *values, int64_t count) {
  drift_number_kinds kinds = {0, 0, 0};
  for (int64_t i = 0; i < count; i++) {
    const double value = values[i];
    kinds.finite += value - value == 0;
    kinds.nans += value != value;
    kinds.positive_infinities += value == __builtin_inf();
  }
  return kinds;
}
