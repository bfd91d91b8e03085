// Who belongs to the first sample: drawing, turning and adding up packed bits.
#include <string.h>

#include "CDriftKernels.h"

// Philox 4x64-10 of Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3",
// 2011. The same as `Philox` in Swift, which a test compares it with.
static inline void philox(uint64_t counter, uint64_t purpose, uint64_t key0, uint64_t key1,
                          uint64_t out[4]) {
  uint64_t c0 = counter, c1 = 0, c2 = 0, c3 = purpose;
  for (int32_t round = 0; round < 10; round++) {
    unsigned __int128 product0 = (unsigned __int128)c0 * 0xD2E7470EE14C6C93u;
    unsigned __int128 product1 = (unsigned __int128)c2 * 0xCA5A826395121157u;
    c0 = (uint64_t)(product1 >> 64) ^ c1 ^ key0;
    c1 = (uint64_t)product1;
    c2 = (uint64_t)(product0 >> 64) ^ c3 ^ key1;
    c3 = (uint64_t)product0;
    key0 += 0x9E3779B97F4A7C15u;
    key1 += 0xBB67AE8584CAA73Bu;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

void drift_draw_members(uint64_t seed, uint64_t stream, uint64_t purpose, int64_t units,
                        int64_t chosen, int64_t stride, uint64_t *words) {
  uint64_t needed = (uint64_t)chosen;
  uint64_t left = (uint64_t)units;
  uint64_t counter = 0;
  for (int64_t first = 0; first < units; first += DRIFT_BLOCK) {
    const int64_t count = units - first < DRIFT_BLOCK ? units - first : DRIFT_BLOCK;
    uint64_t word = 0;
    for (int64_t i = 0; i < count; i += 4) {
      uint64_t random[4];
      philox(counter++, purpose, seed, stream, random);
      const int64_t some = count - i < 4 ? count - i : 4;
      for (int64_t k = 0; k < some; k++) {
        // Below `left`, evenly but for 2^-64 of it.
        uint64_t draw = (uint64_t)(((unsigned __int128)random[k] * left) >> 64);
        uint64_t is_chosen = draw < needed;
        word |= is_chosen << (i + k);
        needed -= is_chosen;
        left--;
      }
    }
    words[first / DRIFT_BLOCK * stride] = word;
  }
}

// Swaps the off-diagonal halves of blocks of 64, 32, ... 2 (Warren, Hacker's Delight, 7-3).
void drift_turn_bits(const uint64_t *bits, int32_t count, uint64_t turned[DRIFT_BLOCK]) {
  memset(turned, 0, DRIFT_BLOCK * sizeof *turned);
  memcpy(turned, bits, (size_t)count * sizeof *turned);
  uint64_t mask = 0x00000000FFFFFFFF;
  for (int32_t half = 32; half != 0; half >>= 1, mask ^= mask << half) {
    for (int32_t i = 0; i < DRIFT_BLOCK; i = (i + half + 1) & ~half) {
      uint64_t swapped = ((turned[i] >> half) ^ turned[i + half]) & mask;
      turned[i] ^= swapped << half;
      turned[i + half] ^= swapped;
    }
  }
}

// By look-up in the sums of all subsets of four values, as `lookup_add`.
void drift_member_sums(const int64_t *values, int32_t count, const uint64_t *words,
                       int64_t permutations, int64_t *totals) {
  enum { GROUP = 4, SUBSETS = 1 << GROUP, GROUPS = DRIFT_BLOCK / GROUP };
  int64_t sums[GROUPS][SUBSETS] = {{0}};
  for (int32_t i = 0; i < count; i++) {
    int64_t *group = sums[i / GROUP];
    const int32_t bit = 1 << i % GROUP;
    for (int32_t entry = 0; entry < bit; entry++) group[entry + bit] = group[entry] + values[i];
  }
  for (int64_t p = 0; p < permutations; p++) {
    int64_t total = 0;
    for (int32_t group = 0; group < GROUPS; group++) {
      total += sums[group][(words[p] >> (GROUP * group)) % SUBSETS];
    }
    totals[p] += total;
  }
}
