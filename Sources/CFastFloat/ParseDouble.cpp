#include "CFastFloat.h"

#include <fast_float/fast_float.h>

#include <limits>

namespace {

// Whether [first, last) is `word` in any case; `word` holds lower-case letters only.
bool equals(const char *first, const char *last, const char *word) noexcept {
  for (; first != last && *word != '\0'; ++first, ++word) {
    if ((*first | 0x20) != *word) { return false; }
  }
  return first == last && *word == '\0';
}

}  // namespace

extern "C" bool drift_parse_double(const char *bytes, size_t count, double *value) {
  const char *first = bytes;
  const char *const last = bytes + count;
  bool negative = false;
  // fast_float takes no `+`, so both signs are handled here.
  if (first != last && (*first == '+' || *first == '-')) {
    negative = *first == '-';
    ++first;
  }
  if (first == last) { return false; }

  double result = 0;
  if ((*first >= '0' && *first <= '9') || *first == '.') {
    // An out-of-range number sets an error in some versions, and the right limit in all.
    const auto answer = fast_float::from_chars(first, last, result);
    if (answer.ptr != last || answer.ec == std::errc::invalid_argument) { return false; }
  } else if (equals(first, last, "inf") || equals(first, last, "infinity")) {
    result = std::numeric_limits<double>::infinity();
  } else {
    return false;
  }
  *value = negative ? -result : result;
  return true;
}
