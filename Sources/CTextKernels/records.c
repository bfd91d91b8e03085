// Where records end.
#define _GNU_SOURCE  // memrchr
#include <string.h>

#include "CTextKernels.h"

// The place behind the last line break, or 0.
static size_t end_of_last_line(const uint8_t *text, size_t count) {
  const uint8_t *found = memrchr(text, '\n', count);
  if (!found) found = memrchr(text, '\r', count);
  return found ? (size_t)(found - text) + 1 : 0;
}

static bool is_blank(uint8_t byte, uint8_t delimiter) {
  return (byte == ' ' || byte == '\t') && byte != delimiter;
}

// Whether a quote outside of quotes opens a cell: blanks may stand before it, nothing else.
static bool opens(const uint8_t *text, size_t quote, uint8_t delimiter) {
  size_t before = quote;
  while (before > 0 && is_blank(text[before - 1], delimiter)) before--;
  if (before == 0) return true;
  uint8_t byte = text[before - 1];
  return byte == delimiter || byte == '\n' || byte == '\r';
}

void drift_cut_records(const uint8_t *text, size_t count, uint8_t delimiter,
                       drift_record_cut *cut) {
  size_t position = cut->position;
  while (position < count) {
    const uint8_t *found = memchr(text + position, '"', count - position);
    cut->has_quotes |= found != NULL;
    if (cut->is_quoted) {
      if (!found) {
        position = count;
        break;
      }
      size_t quote = (size_t)(found - text);
      if (quote + 1 == count) {  // closing or doubled: the next byte tells
        position = quote;
        break;
      }
      if (text[quote + 1] == '"') {
        position = quote + 2;
      } else {
        position = quote + 1;
        cut->is_quoted = false;
      }
      continue;
    }
    size_t quote = found ? (size_t)(found - text) : count;
    size_t end = end_of_last_line(text + position, quote - position);
    if (end > 0) cut->end = position + end;
    if (!found) {
      position = count;
      break;
    }
    cut->is_quoted = opens(text, quote, delimiter);
    position = quote + 1;
  }
  cut->position = position;
}

size_t drift_count_lines(const uint8_t *text, size_t count) {
  size_t lines = 0;
  uint8_t previous = 0;
  for (size_t i = 0; i < count; i++) {
    lines += text[i] == '\r' || (text[i] == '\n' && previous != '\r');
    previous = text[i];
  }
  return lines;
}
