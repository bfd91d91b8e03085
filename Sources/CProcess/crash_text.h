// Text that is put together where nothing may be allocated; what does not fit is left out.
#ifndef DRIFT_CRASH_TEXT_H
#define DRIFT_CRASH_TEXT_H

#include <stddef.h>
#include <time.h>

typedef struct {
  size_t length;
  char bytes[512];
} crash_text;

static inline void crash_append(crash_text *text, const char *added) {
  while (*added && text->length + 1 < sizeof text->bytes) text->bytes[text->length++] = *added++;
  text->bytes[text->length] = 0;
}

// At least so many digits.
static inline void crash_append_number(crash_text *text, size_t number, int digits) {
  char reversed[24];
  int count = 0;
  while (count < digits || number > 0) {
    reversed[count++] = (char)('0' + number % 10);
    number /= 10;
  }
  while (count > 0) {
    char one[2] = {reversed[--count], 0};
    crash_append(text, one);
  }
}

// Seconds since 1970 as RFC 3339. gmtime_r takes a lock.
static inline void crash_append_time(crash_text *text, time_t seconds) {
  unsigned days = (unsigned)(seconds / 86400), rest = (unsigned)(seconds % 86400);
  // Years that begin in March, so that a leap day is the last day of one; 719468 days before 1970.
  unsigned day = days + 719468, era = day / 146097;
  day %= 146097;
  unsigned year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
  day -= 365 * year + year / 4 - year / 100;
  unsigned month = (5 * day + 2) / 153;
  day -= (153 * month + 2) / 5;
  month = month < 10 ? month + 3 : month - 9;
  crash_append_number(text, year + 400 * era + (month <= 2), 4);
  const unsigned parts[] = {month, day + 1, rest / 3600, rest / 60 % 60, rest % 60};
  for (int i = 0; i < 5; i++) {
    crash_append(text, (const char *[]){"-", "-", "T", ":", ":"}[i]);
    crash_append_number(text, parts[i], 2);
  }
  crash_append(text, "Z");
}

// A line of the log, as `LogLine` has it.
static inline void crash_append_line(crash_text *text, const char *message, int code, int is_json,
                                     time_t now) {
  crash_append(text, is_json ? "{\"ts\":\"" : "drift-check: error: ");
  if (is_json) {
    crash_append_time(text, now);
    crash_append(text, "\",\"level\":\"error\",\"event\":\"error\",\"message\":\"");
  }
  crash_append(text, message);
  if (is_json) {
    crash_append(text, "\",\"exit_code\":");
    crash_append_number(text, (size_t)code, 1);
    crash_append(text, "}");
  }
  crash_append(text, "\n");
}

#endif
