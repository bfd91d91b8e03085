// A hash that texts cannot be made to collide under by those who do not know its key.
//
// Source: Aumasson & Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012. SipHash-1-3 is what
// the hash tables of CPython, Rust and Swift use.
#ifndef SIPHASH_H
#define SIPHASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t drift_load_word(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

static inline uint64_t drift_rotate(uint64_t word, int bits) {
  return word << bits | word >> (64 - bits);
}

typedef struct drift_sip_state {
  uint64_t v0, v1, v2, v3;
} drift_sip_state;

static inline void drift_sip_rounds(drift_sip_state *s, int count) {
  for (int i = 0; i < count; i++) {
    s->v0 += s->v1;
    s->v2 += s->v3;
    s->v1 = drift_rotate(s->v1, 13) ^ s->v0;
    s->v3 = drift_rotate(s->v3, 16) ^ s->v2;
    s->v0 = drift_rotate(s->v0, 32);
    s->v2 += s->v1;
    s->v0 += s->v3;
    s->v1 = drift_rotate(s->v1, 17) ^ s->v2;
    s->v3 = drift_rotate(s->v3, 21) ^ s->v0;
    s->v2 = drift_rotate(s->v2, 32);
  }
}

static inline void drift_sip_word(drift_sip_state *s, uint64_t word, int rounds) {
  s->v3 ^= word;
  drift_sip_rounds(s, rounds);
  s->v0 ^= word;
}

// The last bytes of a text, fewer than 8, the first in the lowest byte.
static inline uint64_t drift_sip_rest(const uint8_t *end, size_t length) {
  const size_t rest = length & 7;
  if (rest == 0) return 0;
  if (length >= 8) return drift_load_word(end - 8) >> (8 * (8 - rest));
  uint64_t word = 0;
  for (size_t i = 0; i < rest; i++) word |= (uint64_t)end[(ptrdiff_t)i - (ptrdiff_t)rest] << (8 * i);
  return word;
}

// SipHash with so many rounds a word and at the end.
static inline uint64_t drift_sip(uint64_t key0, uint64_t key1, const uint8_t *text, size_t length,
                                 int word_rounds, int end_rounds) {
  drift_sip_state s = {
      key0 ^ 0x736F6D6570736575,
      key1 ^ 0x646F72616E646F6D,
      key0 ^ 0x6C7967656E657261,
      key1 ^ 0x7465646279746573,
  };
  size_t next = 0;
  for (; length - next >= 8; next += 8) drift_sip_word(&s, drift_load_word(text + next), word_rounds);
  const uint64_t rest = length == 0 ? 0 : drift_sip_rest(text + length, length);
  drift_sip_word(&s, rest | (uint64_t)length << 56, word_rounds);
  s.v2 ^= 0xFF;
  drift_sip_rounds(&s, end_rounds);
  return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

#endif
