// CRC-32C by the instruction that x86-64 has for it.
#include "CColumnKernels.h"

#if defined(__x86_64__)
#include <nmmintrin.h>

// SSE 4.2, which is older than AVX2.
__attribute__((target("sse4.2"))) static uint32_t crc32c(const uint8_t *bytes, int64_t count,
                                                         uint32_t value) {
  uint64_t sum = value;
  int64_t next = 0;
  for (; next + 8 <= count; next += 8) {
    uint64_t word;
    __builtin_memcpy(&word, bytes + next, sizeof word);
    sum = _mm_crc32_u64(sum, word);
  }
  uint32_t rest = (uint32_t)sum;
  for (; next < count; next++) rest = _mm_crc32_u8(rest, bytes[next]);
  return rest;
}
#endif

int32_t drift_crc32c(drift_instruction_set set, const void *bytes, int64_t count,
                     uint32_t *value) {
#if defined(__x86_64__)
  if (set != DRIFT_PORTABLE) {
    *value = crc32c(bytes, count, *value);
    return 1;
  }
#endif
  (void)set, (void)bytes, (void)count, (void)value;
  return 0;
}
