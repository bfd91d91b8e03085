#include "CProcess.h"

static int argument_count;
static char **argument_words;

// glibc calls constructors as it calls `main`.
__attribute__((constructor)) static void keep_arguments(int count, char **words) {
  argument_count = count;
  argument_words = words;
}

char *const *drift_program_arguments(int *count) {
  *count = argument_count;
  return argument_words;
}
