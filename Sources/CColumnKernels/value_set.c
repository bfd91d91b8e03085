// Counts of a few different numbers.
//
// Source of the hash: Dietzfelbinger, Hagerup, Katajainen & Penttonen, "A reliable randomized algorithm
// for the closest-pair problem", Journal of Algorithms 25 (1997).
#include "CColumnKernels.h"

static uint64_t bits_of(double value) {
  uint64_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}

int32_t drift_count_different(drift_value_set *set, const double *values, int64_t count) {
  const uint64_t mask = (uint64_t)set->slots - 1;
  const int shift = __builtin_clzll(mask);
  for (int64_t i = 0; i < count; i++) {
    const double value = values[i];
    if (!(value - value == 0)) continue;
    // Adding 0 makes 0 of -0. The upper bits of a product with an odd random number are a universal
    // hash: no numbers can be chosen to collide.
    uint64_t slot = bits_of(value + 0.0) * set->multiplier >> shift;
    while (set->counts[slot] != 0 && set->values[slot] != value) slot = (slot + 1) & mask;
    if (set->counts[slot] == 0) {
      if (set->used == set->limit) return 1;
      set->values[slot] = value;
      set->used++;
    }
    set->counts[slot]++;
  }
  return 0;
}
