// Whether a text is UTF-8.
#include <string.h>

#include "CTextKernels.h"

static bool continues(uint8_t byte) { return (byte & 0xC0) == 0x80; }

// The bytes of the character that begins with a byte of 0x80 or more; 0 when there is none.
static size_t character(const uint8_t *text, size_t count) {
  const uint8_t first = text[0];
  if (first < 0xC2 || first > 0xF4) return 0;
  if (count < 2 || !continues(text[1])) return 0;
  if (first < 0xE0) return 2;
  // Nothing that fewer bytes spell, no halves of UTF-16 pairs, nothing beyond U+10FFFF.
  if (first == 0xE0 && text[1] < 0xA0) return 0;
  if (first == 0xED && text[1] > 0x9F) return 0;
  if (first == 0xF0 && text[1] < 0x90) return 0;
  if (first == 0xF4 && text[1] > 0x8F) return 0;
  if (count < 3 || !continues(text[2])) return 0;
  if (first < 0xF0) return 3;
  return count < 4 || !continues(text[3]) ? 0 : 4;
}

size_t drift_first_not_utf8(const uint8_t *text, size_t count) {
  const uint64_t high = UINT64_C(0x8080808080808080);
  size_t next = 0;
  while (next < count) {
    if (text[next] < 0x80) {
      next++;
      while (count - next >= 32) {
        uint64_t words[4];
        memcpy(words, text + next, sizeof words);
        if ((words[0] | words[1] | words[2] | words[3]) & high) break;
        next += 32;
      }
      continue;
    }
    const size_t length = character(text + next, count - next);
    if (length == 0) return next;
    next += length;
  }
  return count;
}
