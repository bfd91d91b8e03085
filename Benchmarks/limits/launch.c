// Runs one command and prints what the operating system counted for it, as one line of JSON.
//
//     launch SECONDS OUTPUT ERRORS COMMAND [ARGUMENT...]
//
// A process of its own because peak memory survives exec: a child of a Python process never has a
// smaller peak than Python itself, a child of this one starts at less than 1 MB.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double seconds(struct timeval time) {
  return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

// Never returns: in the child.
static void run(char **arguments) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  int input = open("/dev/null", O_RDONLY);
  int output = open(arguments[2], O_WRONLY | O_CREAT | O_TRUNC, 0644);
  int errors = open(arguments[3], O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (input >= 0 && output >= 0 && errors >= 0 && dup2(input, 0) == 0 && dup2(output, 1) == 1 &&
      dup2(errors, 2) == 2) {
    execvp(arguments[4], arguments + 4);
    fprintf(stderr, "cannot run %s: %s\n", arguments[4], strerror(errno));
  }
  _exit(127);
}

int main(int count, char **arguments) {
  double limit = count > 4 ? strtod(arguments[1], NULL) : 0;
  if (!(limit > 0)) {
    fprintf(stderr, "usage: launch SECONDS OUTPUT ERRORS COMMAND [ARGUMENT...]\n");
    return 64;
  }
  // Blocked before the fork, so that a child that ends at once is waited for like any other.
  sigset_t ended;
  sigemptyset(&ended);
  sigaddset(&ended, SIGCHLD);
  sigprocmask(SIG_BLOCK, &ended, NULL);

  double start = now();
  pid_t child = fork();
  if (child < 0) {
    perror("fork");
    return 71;
  }
  if (child == 0) run(arguments);

  int status = 0;
  int is_late = 0;
  struct rusage usage;
  pid_t waited;
  while ((waited = wait4(child, &status, WNOHANG, &usage)) == 0) {
    double left = start + limit - now();
    if (left <= 0) {
      is_late = 1;
      kill(-child, SIGKILL);
      waited = wait4(child, &status, 0, &usage);
      break;
    }
    struct timespec rest = {(time_t)left, (long)(1e9 * (left - (double)(time_t)left))};
    sigtimedwait(&ended, NULL, &rest);
  }
  double wall = now() - start;
  if (waited != child) {
    perror("wait4");
    return 71;
  }
  printf(
      "{\"wall\": %.6f, \"user\": %.6f, \"system\": %.6f, \"peak_mb\": %.3f, \"exit\": %d, "
      "\"timed_out\": %s}\n",
      wall, seconds(usage.ru_utime), seconds(usage.ru_stime), (double)usage.ru_maxrss / 1024,
      WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
      is_late ? "true" : "false");
  return 0;
}
