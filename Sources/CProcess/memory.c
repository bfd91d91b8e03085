#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "CProcess.h"

// The program's own malloc: that of glibc, but without memory the program ends, here, in one way.
//
// Whoever asks for memory does something else when there is none: the Swift runtime traps, also before
// `main`; popt takes a word for an empty one or calls exit(1); OpenBLAS tries for ever. Definitions in
// an executable are what all libraries of the process call.

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define DRIFT_HAS_OTHER_MALLOC 1
#endif
#endif

#if defined(__GLIBC__) && !defined(DRIFT_HAS_OTHER_MALLOC)

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static void *checked(void *memory, size_t size) {
  if (__builtin_expect(memory == NULL, 0)) drift_crash_without_memory(size);
  return memory;
}

void *malloc(size_t size) { return checked(__libc_malloc(size), size); }

void *calloc(size_t count, size_t size) {
  size_t all = 0;
  if (__builtin_mul_overflow(count, size, &all)) all = SIZE_MAX;
  return checked(__libc_calloc(count, size), all);
}

void *realloc(void *memory, size_t size) {
  void *result = __libc_realloc(memory, size);
  // Nothing is what is left of it, not what there was of memory.
  return size == 0 ? result : checked(result, size);
}

void *memalign(size_t alignment, size_t size) {
  return checked(__libc_memalign(alignment, size), size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
  int is_power = alignment != 0 && (alignment & (alignment - 1)) == 0;
  if (!is_power || alignment % sizeof(void *) != 0) return EINVAL;
  *result = memalign(alignment, size);
  return 0;
}

#endif
