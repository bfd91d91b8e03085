#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "CProcess.h"

static int log_is_json;
static char termination_log[PATH_MAX];
static char temporary_file[PATH_MAX];

static void keep(char *place, const char *path) {
  // A handler sees nothing or all of it.
  *(volatile char *)place = 0;
  if (path == NULL || path[0] == 0 || strlen(path) >= PATH_MAX) return;
  strcpy(place + 1, path + 1);
  atomic_signal_fence(memory_order_seq_cst);
  *(volatile char *)place = path[0];
}

void drift_emergency_log_json(int is_json) { log_is_json = is_json; }

void drift_emergency_termination_log(const char *path) { keep(termination_log, path); }

void drift_emergency_temporary_file(const char *path) { keep(temporary_file, path); }

void drift_emergency_remove(void) {
  if (temporary_file[0]) unlink(temporary_file);
}

static void write_all(int descriptor, const char *text) {
  size_t left = strlen(text);
  while (left > 0) {
    ssize_t count = write(descriptor, text, left);
    if (count < 0 && errno != EINTR) return;
    if (count > 0) text += count, left -= (size_t)count;
  }
}

// RFC 3339. gmtime_r looks for the time zone, for which it takes memory.
static void time_text(char *text, size_t size) {
  int64_t now = time(NULL), days = now / 86400, second = now % 86400;
  // Days since 0000-03-01, the beginning of an era of 400 years.
  int64_t all = days + 719468, era = all / 146097, day = all % 146097;
  int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
  int64_t rest = day - (365 * year + year / 4 - year / 100), month = (5 * rest + 2) / 153;
  int64_t month_day = rest - (153 * month + 2) / 5 + 1;
  month = month < 10 ? month + 3 : month - 9;
  snprintf(text, size, "%04d-%02d-%02dT%02d:%02d:%02dZ",
           (int)(year + era * 400 + (month <= 2)), (int)month, (int)month_day, (int)(second / 3600),
           (int)(second / 60 % 60), (int)(second % 60));
}

_Noreturn void drift_emergency_exit(int code, const char *message) {
  drift_emergency_remove();
  char line[1024];
  if (log_is_json) {
    char now[32];
    time_text(now, sizeof now);
    snprintf(line, sizeof line,
             "{\"ts\": \"%s\", \"level\": \"error\", \"event\": \"error\", \"message\": \"%s\", "
             "\"exit_code\": %d}\n",
             now, message, code);
  } else {
    snprintf(line, sizeof line, "drift-check: error: %s\n", message);
  }
  write_all(STDERR_FILENO, line);
  if (termination_log[0]) {
    int flags = O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int descriptor = open(termination_log, flags, 0666);
    if (descriptor >= 0) {
      snprintf(line, sizeof line, "error: %s\n", message);
      write_all(descriptor, line);
    }
  }
  _exit(code);
}
