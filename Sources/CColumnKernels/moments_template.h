// Moments of a block and counts by cell, once for each instruction set. Included with NAME(...)
// defined.

// The same sum whatever the width of a register.
static double NAME(sum)(const double *lane) {
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

static int64_t NAME(total)(const int64_t *lane) {
  int64_t total = 0;
  for (int i = 0; i < LANES; i++) total += lane[i];
  return total;
}

static void NAME(moments_of_block)(const double *values, int64_t count,
                                   drift_block_moments *result) {
  *result = (drift_block_moments){0};
  int64_t first = 0;
  while (first < count && !(values[first] - values[first] == 0)) first++;
  const double origin = first < count ? values[first] : 0;
  const doubles shift = ALL_LANES(origin);

  // The last values, filled up with NaN, which changes nothing but the number of NaN.
  const int64_t whole = count / LANES * LANES;
  const int64_t filled = whole < count ? LANES - (count - whole) : 0;
  doubles last = ALL_LANES(__builtin_nan(""));
  memcpy(&last, values + whole, (size_t)(count - whole) * sizeof(double));

  doubles smallest = shift, largest = shift, sum = ALL_LANES(0.0);
  integers finite = ALL_LANES(0), numbers = ALL_LANES(0);
  for (int64_t i = 0; i < whole + (filled > 0); i += LANES) {
    doubles x;
    memcpy(&x, i < whole ? (const void *)(values + i) : (const void *)&last, sizeof x);
    // Infinities and NaN are not equal to themselves less themselves.
    const integers is_finite = (x - x) == (doubles)ALL_LANES(0.0);
    numbers -= x == x;
    finite -= is_finite;
    x = SELECT(is_finite, x, shift);
    smallest = SELECT(x < smallest, x, smallest);
    largest = SELECT(x > largest, x, largest);
    sum += x - shift;
  }
  result->finite = NAME(total)((const int64_t *)&finite);
  result->nans = count - NAME(total)((const int64_t *)&numbers);
  if (result->finite == 0) return;

  result->minimum = result->maximum = origin;
  for (int i = 0; i < LANES; i++) {
    if (smallest[i] < result->minimum) result->minimum = smallest[i];
    if (largest[i] > result->maximum) result->maximum = largest[i];
  }
  const double low = __builtin_fabs(result->minimum);
  const double high = __builtin_fabs(result->maximum);
  const double magnitude = low > high ? low : high;
  if (magnitude != 0 && !(magnitude >= 0x1p-280 && magnitude <= 0x1p280)) return;

  result->is_in_range = 1;
  result->shift = origin;
  result->mean = NAME(sum)((const double *)&sum) / (double)result->finite;
  const doubles mean = ALL_LANES(result->mean);
  doubles rest = ALL_LANES(0.0), squares = ALL_LANES(0.0), cubes = ALL_LANES(0.0);
  for (int64_t i = 0; i < whole + (filled > 0); i += LANES) {
    doubles x;
    memcpy(&x, i < whole ? (const void *)(values + i) : (const void *)&last, sizeof x);
    const integers is_finite = (x - x) == (doubles)ALL_LANES(0.0);
    const doubles deviation = (doubles)((integers)((x - shift) - mean) & is_finite);
    const doubles square = deviation * deviation;
    rest += deviation;
    squares += square;
    cubes += square * deviation;
  }
  result->rest = NAME(sum)((const double *)&rest);
  result->squares = NAME(sum)((const double *)&squares);
  result->cubes = NAME(sum)((const double *)&cubes);
}

// atLeast[j] += how many values are >= cuts[j], for four cuts.
static void NAME(at_least)(const double *values, int64_t count, const double *cuts,
                           int64_t *at_least) {
  const doubles a = ALL_LANES(cuts[0]), b = ALL_LANES(cuts[1]);
  const doubles c = ALL_LANES(cuts[2]), d = ALL_LANES(cuts[3]);
  integers in_a = ALL_LANES(0), in_b = in_a, in_c = in_a, in_d = in_a;
  const int64_t whole = count / LANES * LANES;
  for (int64_t i = 0; i < whole; i += LANES) {
    doubles x;
    memcpy(&x, values + i, sizeof x);
    in_a -= x >= a;
    in_b -= x >= b;
    in_c -= x >= c;
    in_d -= x >= d;
  }
  at_least[0] += NAME(total)((const int64_t *)&in_a);
  at_least[1] += NAME(total)((const int64_t *)&in_b);
  at_least[2] += NAME(total)((const int64_t *)&in_c);
  at_least[3] += NAME(total)((const int64_t *)&in_d);
  for (int64_t i = whole; i < count; i++) {
    for (int j = 0; j < 4; j++) at_least[j] += values[i] >= cuts[j];
  }
}

// The cuts are few: every value is compared with all of them.
static void NAME(count_few_cells)(const double *values, int64_t count, const double *cuts,
                                  int64_t cut_count, int64_t *cells) {
  // Every number is at least -infinity; a NaN as a cut is below none.
  double padded[DRIFT_COMPARED_CUTS + 4];
  int64_t at_least[DRIFT_COMPARED_CUTS + 4] = {0};
  padded[0] = -__builtin_inf();
  for (int64_t j = 1; j < DRIFT_COMPARED_CUTS + 4; j++) {
    padded[j] = j <= cut_count ? cuts[j - 1] : __builtin_nan("");
  }
  for (int64_t start = 0; start < count; start += BLOCK) {
    const int64_t size = count - start < BLOCK ? count - start : BLOCK;
    for (int64_t j = 0; j <= cut_count; j += 4) {
      NAME(at_least)(values + start, size, padded + j, at_least + j);
    }
  }
  for (int64_t j = 0; j <= cut_count; j++) {
    cells[j] += at_least[j] - (j < cut_count ? at_least[j + 1] : 0);
  }
}

// The cells of eight values. A search in steps of powers of two, compared as vectors: a branch would
// be guessed wrong every other time.
static inline __attribute__((always_inline)) void NAME(find_cells)(const doubles *x,
                                                                   const double *cuts, int64_t half,
                                                                   int64_t cell[LANES]) {
  integers found = ALL_LANES(0);
  for (int64_t step = half; step > 0; step /= 2) {
    doubles cut;
    for (int lane = 0; lane < LANES; lane++) cut[lane] = cuts[found[lane] + step - 1];
    found += (cut <= *x) & (integers)ALL_LANES(step);
  }
  memcpy(cell, &found, sizeof found);
}

// The cuts are many: each value is searched for among them.
static void NAME(count_many_cells)(const double *values, int64_t count, const double *cuts,
                                   int64_t cut_count, int64_t *cells) {
  int64_t half = 1;
  while (half * 2 <= cut_count) half *= 2;
  integers numbers = ALL_LANES(0);
  for (int64_t i = 0; i < count; i += LANES) {
    doubles x = ALL_LANES(__builtin_nan(""));
    const int64_t used = count - i < LANES ? count - i : LANES;
    memcpy(&x, values + i, (size_t)used * sizeof(double));
    int64_t cell[LANES];
    NAME(find_cells)(&x, cuts, half, cell);
    for (int lane = 0; lane < LANES; lane++) cells[cell[lane]]++;
    numbers -= x == x;
  }
  // No cut is at most NaN: it was taken for a value of the first cell.
  const int64_t lanes = (count + LANES - 1) / LANES * LANES;
  cells[0] -= lanes - NAME(total)((const int64_t *)&numbers);
}

static void NAME(count_cells)(const double *values, int64_t count, const double *cuts,
                              int64_t cut_count, int64_t *cells) {
  if (cut_count <= DRIFT_COMPARED_CUTS) {
    NAME(count_few_cells)(values, count, cuts, cut_count, cells);
  } else {
    NAME(count_many_cells)(values, count, cuts, cut_count, cells);
  }
}

// The same with an index: each value is compared with the cuts of its bucket only.
static void NAME(count_indexed_cells)(const drift_cell_index *index, const double *values,
                                      int64_t count, int64_t *cells) {
  const double most = index->buckets.buckets - 0.5;
  const doubles origin = ALL_LANES(index->buckets.minimum);
  const doubles scale = ALL_LANES(index->buckets.scale), limit = ALL_LANES(most);
  const double *const cuts = index->cuts;
  const uint16_t *const first = index->first;
  integers numbers = ALL_LANES(0);
  for (int64_t i = 0; i < count; i += LANES) {
    doubles x = ALL_LANES(__builtin_nan(""));
    const int64_t used = count - i < LANES ? count - i : LANES;
    if (used == LANES) {
      memcpy(&x, values + i, sizeof x);
    } else {
      memcpy(&x, values + i, (size_t)used * sizeof(double));
    }
    doubles t = (x - origin) * scale;
    t = (doubles)((integers)t & (t >= (doubles)ALL_LANES(0.0)));
    t = SELECT(t <= limit, t, limit);
    const indices bucket = __builtin_convertvector(t, indices);
    integers base;
    for (int lane = 0; lane < LANES; lane++) base[lane] = first[bucket[lane]];
    integers found = base;
    for (int32_t step = 0; step < index->steps; step++) {
      doubles cut;
      for (int lane = 0; lane < LANES; lane++) cut[lane] = cuts[base[lane] + step];
      found -= cut <= x;
    }
    for (int lane = 0; lane < LANES; lane++) cells[found[lane]]++;
    numbers -= x == x;
  }
  // NaN was taken for a value of the first cell.
  const int64_t lanes = (count + LANES - 1) / LANES * LANES;
  cells[0] -= lanes - NAME(total)((const int64_t *)&numbers);
}
