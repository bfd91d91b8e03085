// The Makefile links the program that ships such that all within it call these in place of the
// functions of glibc: Swift's runtime ends with a signal where it gets no memory, and hardly any of
// its callers could go on.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "CProcess.h"

enum { IO_ERROR = 74 };

void *__real_malloc(size_t) __attribute__((weak));
void *__real_calloc(size_t, size_t) __attribute__((weak));
void *__real_realloc(void *, size_t) __attribute__((weak));
void *__real_aligned_alloc(size_t, size_t) __attribute__((weak));
int __real_posix_memalign(void **, size_t, size_t) __attribute__((weak));

static _Noreturn void no_memory(size_t count, size_t size) {
  char message[256];
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) bytes = (size_t)-1;
  snprintf(message, sizeof message,
           "not enough memory: %zu more bytes were needed; raise the limit (ulimit -v, the "
           "container's memory) or lower --memory-limit",
           bytes);
  drift_emergency_exit(IO_ERROR, message);
}

void *__wrap_malloc(size_t size) {
  void *memory = __real_malloc(size);
  if (memory == NULL && size > 0) no_memory(1, size);
  return memory;
}

void *__wrap_calloc(size_t count, size_t size) {
  void *memory = __real_calloc(count, size);
  if (memory == NULL && count > 0 && size > 0) no_memory(count, size);
  return memory;
}

void *__wrap_realloc(void *old, size_t size) {
  void *memory = __real_realloc(old, size);
  if (memory == NULL && size > 0) no_memory(1, size);
  return memory;
}

void *__wrap_aligned_alloc(size_t alignment, size_t size) {
  void *memory = __real_aligned_alloc(alignment, size);
  if (memory == NULL && size > 0) no_memory(1, size);
  return memory;
}

int __wrap_posix_memalign(void **memory, size_t alignment, size_t size) {
  int code = __real_posix_memalign(memory, alignment, size);
  if (code == ENOMEM) no_memory(1, size);
  return code;
}
