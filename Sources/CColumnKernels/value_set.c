// Counts of a few different numbers.
#include "CColumnKernels.h"

static uint64_t bits_of(double value) {
  uint64_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}

int32_t drift_count_different(drift_value_set *set, const double *values, int64_t count) {
  const uint64_t mask = (uint64_t)set->slots - 1;
  for (int64_t i = 0; i < count; i++) {
    const double value = values[i];
    if (!(value - value == 0)) continue;
    // Adding 0 makes 0 of -0; the product mixes all bits into the upper ones.
    const uint64_t hash = bits_of(value + 0.0) * 0x9E3779B97F4A7C15u;
    uint64_t slot = (hash >> 32 ^ hash >> 48) & mask;
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
