// Sorting by digits, and merging.
//
// Source of the sort by digits from the lowest: Knuth, "The Art of Computer Programming" 3, 5.2.5.
#include <string.h>

#include "CColumnKernels.h"

enum { DIGIT_BITS = 11, BUCKETS = 1 << DIGIT_BITS, DIGITS = 3, SORTED_BITS = DIGITS * DIGIT_BITS };

// Doubles are sorted as integers, in the memory of the doubles.
typedef uint64_t __attribute__((may_alias)) word;

static const uint64_t sign_bit = 0x8000000000000000u;

// An unsigned integer in the order of the doubles, and back.
static inline uint64_t key_of(uint64_t bits) {
  return bits ^ ((uint64_t)((int64_t)bits >> 63) | sign_bit);
}

static inline uint64_t bits_of(uint64_t key) {
  return key ^ (((key >> 63) - 1) | sign_bit);
}

// Sorts by the SORTED_BITS bits from `shift` on, stably. Returns where the keys are then: in `keys`
// or in `other`.
static word *sort_by_digits(word *keys, word *other, int64_t count, int32_t shift) {
  uint32_t next[DIGITS][BUCKETS];
  memset(next, 0, sizeof next);
  for (int64_t i = 0; i < count; i++) {
    const uint64_t key = keys[i] >> shift;
    next[0][key & (BUCKETS - 1)]++;
    next[1][key >> DIGIT_BITS & (BUCKETS - 1)]++;
    next[2][key >> 2 * DIGIT_BITS & (BUCKETS - 1)]++;
  }
  for (int32_t digit = 0; digit < DIGITS; digit++) {
    uint32_t *const place = next[digit];
    const int32_t low = shift + digit * DIGIT_BITS;
    if (place[keys[0] >> low & (BUCKETS - 1)] == count) continue;
    uint32_t sum = 0;
    for (int32_t bucket = 0; bucket < BUCKETS; bucket++) {
      const uint32_t size = place[bucket];
      place[bucket] = sum;
      sum += size;
    }
    for (int64_t i = 0; i < count; i++) {
      const uint64_t key = keys[i];
      other[place[key >> low & (BUCKETS - 1)]++] = key;
    }
    word *const sorted = other;
    other = keys;
    keys = sorted;
  }
  return keys;
}

// Sorts keys that are nearly in order. Returns 0, with the keys in some order, if that takes more
// moves than `most`.
static int32_t sort_nearly_sorted(word *keys, int64_t count, int64_t most) {
  for (int64_t i = 1; i < count; i++) {
    const uint64_t key = keys[i];
    int64_t place = i;
    for (; place > 0 && keys[place - 1] > key; place--) keys[place] = keys[place - 1];
    keys[place] = key;
    most -= i - place;
    if (most < 0) return 0;
  }
  return 1;
}

void drift_sort(double *values, double *scratch, int64_t count) {
  if (count < 2) return;
  word *keys = (word *)values;
  const uint64_t first = key_of(keys[0]);
  uint64_t last = first;
  uint64_t different = 0;
  int64_t descents = 0;
  for (int64_t i = 0; i < count; i++) {
    const uint64_t key = key_of(keys[i]);
    keys[i] = key;
    different |= key ^ first;
    descents += key < last;
    last = key;
  }
  if (descents > 0) {
    // The bits above are the same in all keys. Of those that differ the upper ones tell most keys
    // apart; where they do not, all bits are sorted by.
    const int32_t bits = 64 - __builtin_clzll(different);
    const int32_t shift = bits > SORTED_BITS ? bits - SORTED_BITS : 0;
    word *const other = (word *)scratch;
    keys = sort_by_digits(keys, other, count, shift);
    if (shift > 0 && !sort_nearly_sorted(keys, count, 4 * count)) {
      word *spare = keys == other ? (word *)values : other;
      word *const half = sort_by_digits(keys, spare, count, 0);
      if (half != keys) spare = keys;
      keys = sort_by_digits(half, spare, count, shift);
    }
  }
  word *const target = (word *)values;
  for (int64_t i = 0; i < count; i++) target[i] = bits_of(keys[i]);
}

void drift_merge_sorted(const double *left, int64_t left_count, const double *right,
                        int64_t right_count, double *out) {
  int64_t l = 0;
  int64_t r = 0;
  int64_t left_end = left_count;
  int64_t right_end = right_count;
  // From both ends, so that the processor has two comparisons to wait for at a time.
  while (l < left_end && r < right_end) {
    const int64_t is_right = right[r] < left[l];
    out[l + r] = is_right ? right[r] : left[l];
    r += is_right;
    l += 1 - is_right;
    if (l == left_end || r == right_end) break;
    const int64_t is_left = right[right_end - 1] < left[left_end - 1];
    out[left_end + right_end - 1] = is_left ? left[left_end - 1] : right[right_end - 1];
    left_end -= is_left;
    right_end -= 1 - is_left;
  }
  for (; l < left_end; l++) out[l + r] = left[l];
  for (; r < right_end; r++) out[l + r] = right[r];
}

enum { LANES = 4 };

// What drift_gather_finite does, one value at a time.
static int64_t gather_finite(const double *values, int64_t count, double *out, double *minimum,
                             double *maximum) {
  int64_t next = 0;
  for (int64_t i = 0; i < count; i++) {
    const double value = values[i] + 0.0;  // makes 0 of -0
    if (!(value - value == 0)) continue;
    out[next++] = value;
    if (value < *minimum) *minimum = value;
    if (value > *maximum) *maximum = value;
  }
  return next;
}

int64_t drift_gather_finite(const double *values, int64_t count, double *out, double *minimum,
                            double *maximum) {
  enum { BLOCK = 16 * LANES };
  int64_t next = 0;
  int64_t start = 0;
  for (; start + BLOCK <= count; start += BLOCK) {
    const double *const block = values + start;
    double lows[LANES], highs[LANES], zeros[LANES];
    for (int32_t lane = 0; lane < LANES; lane++) {
      lows[lane] = highs[lane] = block[lane] + 0.0;
      zeros[lane] = 0;
    }
    for (int32_t i = 0; i < BLOCK; i += LANES) {
      for (int32_t lane = 0; lane < LANES; lane++) {
        const double value = block[i + lane] + 0.0;
        out[next + i + lane] = value;
        zeros[lane] += value - value;  // NaN unless finite
        lows[lane] = value < lows[lane] ? value : lows[lane];
        highs[lane] = value > highs[lane] ? value : highs[lane];
      }
    }
    if (zeros[0] + zeros[1] + zeros[2] + zeros[3] == 0) {
      for (int32_t lane = 0; lane < LANES; lane++) {
        if (lows[lane] < *minimum) *minimum = lows[lane];
        if (highs[lane] > *maximum) *maximum = highs[lane];
      }
      next += BLOCK;
    } else {
      next += gather_finite(block, BLOCK, out + next, minimum, maximum);
    }
  }
  return next + gather_finite(values + start, count - start, out + next, minimum, maximum);
}
