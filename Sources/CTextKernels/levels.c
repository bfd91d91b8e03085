// How often each text occurs.
#include <string.h>

#include "rows.h"
#include "siphash.h"

static inline uint64_t load8(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

static inline uint64_t load4(const uint8_t *bytes) {
  uint32_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

// The two halves of the 128-bit product, folded into each other.
static inline uint64_t fold(uint64_t a, uint64_t b) {
  unsigned __int128 product = (unsigned __int128)a * b;
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

static const uint64_t MIX1 = 0x9E3779B97F4A7C15;
static const uint64_t MIX2 = 0xD6E8FEB86659FD93;

// After wyhash (Wang Yi, public domain): short texts take two loads that may overlap. Fast, and no
// match for texts made to collide: one constant in the right place makes a product 0, whatever the
// seed. Tables that find that out go over to the hash below.
static inline uint64_t fast_hash(uint64_t seed, const uint8_t *level, size_t length) {
  uint64_t low, high;
  if (length <= 16) {
    if (length >= 8) {
      low = load8(level);
      high = load8(level + length - 8);
    } else if (length >= 4) {
      low = load4(level);
      high = load4(level + length - 4);
    } else if (length > 0) {
      low = (uint64_t)level[0] << 16 | (uint64_t)level[length >> 1] << 8 | level[length - 1];
      high = 0;
    } else {
      low = high = 0;
    }
  } else {
    size_t next = 0;
    while (length - next > 16) {
      seed = fold(load8(level + next) ^ MIX1, load8(level + next + 8) ^ seed);
      next += 16;
    }
    low = load8(level + length - 16);
    high = load8(level + length - 8);
  }
  return fold(fold(low ^ MIX1, high ^ seed) ^ MIX2, length ^ MIX2);
}

// Apart, so that the fast one stays small.
static __attribute__((noinline)) uint64_t strong_hash(uint64_t first, uint64_t second,
                                                      const uint8_t *level, size_t length) {
  return drift_sip(first, second, level, length, 1, 3);
}

static inline uint64_t hash(const drift_level_key *key, const uint8_t *level, size_t length) {
  if (__builtin_expect(key->is_strong, false)) {
    return strong_hash(key->first, key->second, level, length);
  }
  return fast_hash(key->first, level, length);
}

static inline bool equal(const uint8_t *a, const uint8_t *b, size_t length) {
  if (length >= 8 && length <= 16) {
    return ((load8(a) ^ load8(b)) | (load8(a + length - 8) ^ load8(b + length - 8))) == 0;
  }
  if (length >= 4 && length < 8) {
    return ((load4(a) ^ load4(b)) | (load4(a + length - 4) ^ load4(b + length - 4))) == 0;
  }
  return length == 0 || memcmp(a, b, length) == 0;
}

static inline size_t find(drift_level_table table, const uint8_t *level, size_t length,
                          uint64_t hash) {
  size_t slot = hash & table.mask;
  while (table.slots[slot] != 0) {
    const drift_level *known = table.levels + table.slots[slot] - 1;
    if (known->hash == hash && known->length == length &&
        equal(table.text + known->start, level, length)) {
      break;
    }
    slot = (slot + 1) & table.mask;
  }
  return slot;
}

uint64_t drift_hash_level(drift_level_key key, const uint8_t *level, size_t length) {
  return hash(&key, level, length);
}

uint64_t drift_siphash(uint64_t key0, uint64_t key1, const uint8_t *text, size_t length,
                       int32_t word_rounds, int32_t end_rounds) {
  return drift_sip(key0, key1, text, length, word_rounds, end_rounds);
}

size_t drift_find_level(drift_level_table table, const uint8_t *level, size_t length,
                        uint64_t hash) {
  return find(table, level, length, hash);
}

static inline bool is_blank(uint8_t byte) { return byte == ' ' || byte == '\t'; }

size_t drift_count_levels(drift_level_table table, drift_rows rows, size_t first, size_t end,
                          size_t column, int64_t *missing) {
  int64_t empty = 0;
  size_t row = first;
  for (; row < end; row++) {
    drift_bounds bounds = drift_cell_bounds(rows, row, column);
    const uint8_t *level = rows.text + bounds.begin;
    size_t length = bounds.end - bounds.begin;
    if (length == 0) {
      empty++;
      continue;
    }
    if (*level == '"') {
      if (length < 2) break;
      level++;
      length -= 2;
      if (length == 0 || memchr(level, '"', length)) break;
    } else if (is_blank(level[0]) || is_blank(level[length - 1])) {
      break;
    }
    size_t slot = find(table, level, length, hash(&table.key, level, length));
    if (table.slots[slot] == 0) break;
    table.levels[table.slots[slot] - 1].count++;
  }
  *missing += empty;
  return row;
}
