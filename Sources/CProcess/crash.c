#define _DEFAULT_SOURCE  // sigaction, sigaltstack

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "CProcess.h"
#include "crash_text.h"

// Everything here may run in a handler of a signal: no lock, no memory asked for, no stdio.

// A path that may be read at any moment: a new one is written beside the one that is in force.
typedef struct {
  char texts[2][PATH_MAX];
  _Atomic(const char *) current;
} noted_path;

static noted_path temporary, termination_log;
static atomic_bool is_written, is_json;
static atomic_flag has_begun = ATOMIC_FLAG_INIT;

static void note(noted_path *noted, const char *path) {
  if (path == NULL || strlen(path) >= PATH_MAX) {
    atomic_store(&noted->current, NULL);
    return;
  }
  char *text = noted->texts[atomic_load(&noted->current) == noted->texts[0]];
  strcpy(text, path);
  atomic_store(&noted->current, text);
}

void drift_crash_note_temporary(const char *path) { note(&temporary, path); }
void drift_crash_note_written(void) { atomic_store(&is_written, 1); }

void drift_crash_note_log(int json, const char *path) {
  atomic_store(&is_json, json != 0);
  note(&termination_log, path);
}

static void write_all(int file, const char *text, size_t left) {
  while (left > 0) {
    ssize_t count = write(file, text, left);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    text += count;
    left -= (size_t)count;
  }
}

static void write_termination_log(const crash_text *message) {
  const char *path = atomic_load(&termination_log.current);
  // Without a name the usual file is used when it is there.
  int flags = O_WRONLY | O_TRUNC | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (path ? O_CREAT : 0);
  int file = open(path ? path : "/dev/termination-log", flags, 0644);
  if (file < 0) return;
  crash_text line = {.length = 0};
  crash_append(&line, "error: ");
  crash_append(&line, message->bytes);
  crash_append(&line, "\n");
  write_all(file, line.bytes, line.length);
  close(file);
}

void drift_crash_remove_temporary(void) {
  const char *path = atomic_load(&temporary.current);
  if (path != NULL) unlink(path);
}

void drift_crash_exit(int code, const char *text) {
  // Another thread that crashes meanwhile waits for the end.
  while (atomic_flag_test_and_set(&has_begun)) pause();
  drift_crash_remove_temporary();
  crash_text message = {.length = 0}, line = {.length = 0};
  crash_append(&message, text);
  crash_append(&message, atomic_load(&is_written) ? "; the report was already written"
                                                  : "; no report was written");
  crash_append_line(&line, message.bytes, code, atomic_load(&is_json), time(NULL));
  // A reader that does not read must not keep the process alive.
  struct pollfd entry = {.fd = STDERR_FILENO, .events = POLLOUT};
  if (poll(&entry, 1, 100) > 0) write_all(STDERR_FILENO, line.bytes, line.length);
  write_termination_log(&message);
  _exit(code);
}

void drift_crash_without_memory(size_t bytes) {
  crash_text message = {.length = 0};
  crash_append(&message, "not enough memory: ");
  if (bytes > 0) {
    crash_append_number(&message, bytes, 1);
    crash_append(&message, " more bytes were needed; ");
  }
  crash_append(&message,
               "raise the limit (ulimit -v, the container's memory) or lower --memory-limit");
  drift_crash_exit(DRIFT_CRASH_NO_MEMORY, message.bytes);
}

// errno is that of the thread that crashed: what asked for memory in vain has left ENOMEM there.
static void handle(int number) {
  if (errno == ENOMEM) drift_crash_without_memory(0);
  crash_text message = {.length = 0};
  crash_append(&message, "a fault in the program (signal ");
  crash_append_number(&message, (size_t)number, 1);
  crash_append(&message, "), please report it");
  drift_crash_exit(DRIFT_CRASH_BUG, message.bytes);
}

void drift_crash_handler_install(void) {
  // A stack of its own, as the usual one may be what there is no more of.
  static char stack[64 << 10];
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL);
  static const int signals[] = {SIGABRT, SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    struct sigaction action;
    if (sigaction(signals[i], NULL, &action) != 0 || action.sa_handler != SIG_DFL) continue;
    memset(&action, 0, sizeof action);
    action.sa_handler = handle;
    action.sa_flags = SA_ONSTACK;
    sigaction(signals[i], &action, NULL);
  }
}
