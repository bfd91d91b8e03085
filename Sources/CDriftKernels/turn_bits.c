// Turning a matrix of bits.
#include <string.h>

#include "CDriftKernels.h"

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
