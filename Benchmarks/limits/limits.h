// The parts of `limits`: each measures one bound for 1 or 2 threads.
#ifndef LIMITS_H
#define LIMITS_H

#include <pthread.h>
#include <stddef.h>

// Bytes of a vector register.
#ifdef __AVX512F__
#define WIDTH 64
#else
#define WIDTH 32
#endif
#define MOST_THREADS 2
#define FILE_BUFFER ((size_t)256 * 1024)  // stays in the second-level cache
#define MEMORY_SIZE ((size_t)256 * 1024 * 1024)  // larger than any cache

struct memory {
  char *from, *to;
};

double on_threads(int threads, void *(*body)(void *), void **arguments);

// Two areas that have been written to once: the first touch of memory is far slower than the rest.
struct memory allocate_memory(void);
// Fills the first area with the text of a file, again and again.
void load_text(const char *path, struct memory memory);

// Gflop/s of float multiply-adds in registers; a multiply-add counts as two.
double fma_rate(int threads);
// GB/s of memory that is read, and that is copied (bytes copied, not read plus written).
double memory_read_rate(int threads, struct memory memory);
double memory_copy_rate(int threads, struct memory memory);
// GB/s of CSV text in memory whose commas and line breaks are counted, and nothing else done.
double scan_rate(int threads, struct memory memory);
// Seconds for the kernel values of all pairs of 40,000 rows of 30 columns, each computed once and
// added up: products by sgemm in tiles of 512 x 512, exp by a polynomial. No permutation.
double kernel_pass_seconds(int threads);

#endif
