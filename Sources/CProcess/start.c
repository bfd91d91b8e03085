#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "CProcess.h"

enum {
  // What the start takes of the address space beyond the program itself, and a small run of stack,
  // with room to spare.
  LEAST_MEMORY = 16 << 20,
  LEAST_STACK = 512 << 10,
};

// SwiftPM calls the entry of the program so, and makes it `main` when it links the program.
int drift_check_main(int, char **) __attribute__((weak));
int main(int, char **);

int drift_is_program(void) { return drift_check_main && main == drift_check_main; }

static void end(int number) {
  drift_crash_remove_temporary();
  _exit(128 + number);
}

void drift_start_signals(void) {
  static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
  sigset_t handled;
  sigemptyset(&handled);
  for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
    struct sigaction action;
    if (sigaction(ending[i], NULL, &action) != 0 || action.sa_handler == SIG_IGN) continue;
    memset(&action, 0, sizeof action);
    action.sa_handler = end;
    action.sa_flags = SA_RESTART;
    sigaction(ending[i], &action, NULL);
    sigaddset(&handled, ending[i]);
  }
  // One that came while they were blocked ends the process here.
  sigprocmask(SIG_UNBLOCK, &handled, NULL);
  // Writes to closed pipes and too large files fail with an error.
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
}

// Whoever reads the log expects also the first line in its form.
static int wants_json(int count, char **words, char **environment) {
  static const char flag[] = "--log-format", variable[] = "DRIFT_CHECK_LOG_FORMAT=json";
  int is_json = 0;
  for (char **entry = environment; entry != NULL && *entry != NULL; entry++) {
    if (strcmp(*entry, variable) == 0) is_json = 1;
  }
  for (int i = 1; i < count; i++) {
    if (strncmp(words[i], flag, sizeof flag - 1) != 0) continue;
    const char *rest = words[i] + sizeof flag - 1;
    if (*rest == '=') is_json = strcmp(rest + 1, "json") == 0;
    if (*rest == 0 && i + 1 < count) is_json = strcmp(words[i + 1], "json") == 0;
  }
  return is_json;
}

static void require_stack(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < LEAST_STACK) {
    char message[256];
    snprintf(message, sizeof message,
             "the stack is limited to %llu KB and %d KB are needed; raise the limit (ulimit -s)",
             (unsigned long long)limit.rlim_cur >> 10, LEAST_STACK >> 10);
    drift_crash_exit(DRIFT_CRASH_NO_MEMORY, message);
  }
}

static void require_memory(void) {
  void *room = mmap(NULL, LEAST_MEMORY, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) {
    char message[256];
    snprintf(message, sizeof message,
             "not enough memory to start: %d MB more are needed; raise the limit (ulimit -v, ulimit "
             "-d, the container's memory)",
             LEAST_MEMORY >> 20);
    drift_crash_exit(DRIFT_CRASH_NO_MEMORY, message);
  }
  munmap(room, LEAST_MEMORY);
}

// The stack grows only while there is address space.
__attribute__((noinline)) static void take_stack(void) {
  volatile char stack[LEAST_STACK / 2];
  for (size_t i = 0; i < sizeof stack; i += 4096) stack[sizeof stack - 1 - i] = 0;
}

static void start(int count, char **words, char **environment) {
  if (!drift_is_program()) return;
  drift_start_signals();
  drift_crash_note_log(wants_json(count, words, environment), NULL);
  drift_crash_handler_install();
  require_stack();
  require_memory();
  take_stack();
}

// Before the constructors of all libraries. Process 1 of a container would not end by a signal that
// it has no handler for.
__attribute__((section(".preinit_array"), used)) static void (*const first)(int, char **, char **) = start;
