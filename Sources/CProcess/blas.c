#define _GNU_SOURCE
#include <sys/mman.h>

#include "CProcess.h"

enum {
  // BUFFER_SIZE of OpenBLAS 0.3 on x86-64 and 64-bit Arm, in MB. Only a few are ever touched.
  BUFFER_MEGABYTES = 128,
  // What is left to all others before a second thread gets memory.
  SPARE_MEGABYTES = 64,
  // As many buffers as it manages without a word to standard error; more are its own affair.
  MOST_BUFFERS = 128,
};

// Of OpenBLAS's own, exported since its beginning. Weak: other libraries have the same products.
void blas_thread_shutdown_(void) __attribute__((weak));
void *blas_memory_alloc(int) __attribute__((weak));
void blas_memory_free(void *) __attribute__((weak));

// The Makefile links the program such that OpenBLAS calls this in place of its own function, when it
// is loaded: what OPENBLAS_NUM_THREADS says. With one it never starts a thread.
int __wrap_openblas_num_threads_env(void) { return 1; }

void drift_blas_end_threads(void) {
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}

size_t drift_blas_thread_bytes(void) { return (size_t)BUFFER_MEGABYTES << 20; }

static int has_room(size_t megabytes) {
  void *room = mmap(NULL, megabytes << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) return 0;
  munmap(room, megabytes << 20);
  return 1;
}

int drift_blas_reserve(int threads) {
  void *buffers[MOST_BUFFERS];
  int count = 0, wanted = threads < MOST_BUFFERS ? threads : MOST_BUFFERS;
  while (count < wanted && has_room(BUFFER_MEGABYTES + (count > 0 ? SPARE_MEGABYTES : 1))) {
    // It keeps what it gets: once taken there is no more need for memory.
    buffers[count++] = blas_memory_alloc ? blas_memory_alloc(0) : NULL;
  }
  for (int i = 0; i < count; i++) {
    if (buffers[i]) blas_memory_free(buffers[i]);
  }
  return count == MOST_BUFFERS ? threads : count;
}
