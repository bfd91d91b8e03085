// Registers, memory and text: the bounds of loops that do nothing else.

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "limits.h"

typedef float floats __attribute__((vector_size(WIDTH)));
typedef unsigned char bytes __attribute__((vector_size(WIDTH)));
typedef signed char signed_bytes __attribute__((vector_size(WIDTH)));
typedef unsigned long long words __attribute__((vector_size(WIDTH)));

// Results go here, so that no loop is dropped as useless.
static volatile double sink;

struct part {
  const char *from;
  char *to;
  size_t size;
};

static double rate_of_parts(int threads, void *(*body)(void *), struct memory memory) {
  struct part parts[MOST_THREADS];
  void *arguments[MOST_THREADS];
  size_t size = MEMORY_SIZE / (size_t)threads;
  for (int i = 0; i < threads; i++) {
    parts[i] = (struct part){memory.from + (size_t)i * size, memory.to + (size_t)i * size, size};
    arguments[i] = &parts[i];
  }
  return (double)MEMORY_SIZE / on_threads(threads, body, arguments) / 1e9;
}

// --- Multiply-adds ---
enum { CHAINS = 12, STEPS = 40 * 1000 * 1000 };  // chains enough to hide the latency of one

static void *multiply_add(void *unused) {
  (void)unused;
  floats sums[CHAINS];
  floats factor = {0};
  factor += 0.999f;
  for (int i = 0; i < CHAINS; i++) sums[i] = factor * (float)(i + 1);
  for (int step = 0; step < STEPS; step++) {
#pragma GCC unroll 12
    for (int i = 0; i < CHAINS; i++) sums[i] = sums[i] * factor + factor;
  }
  for (int i = 1; i < CHAINS; i++) sums[0] += sums[i];
  sink = sums[0][0];
  return NULL;
}

double fma_rate(int threads) {
  void *arguments[MOST_THREADS] = {NULL};
  double flops = 2.0 * STEPS * CHAINS * (double)(WIDTH / sizeof(float)) * threads;
  return flops / on_threads(threads, multiply_add, arguments) / 1e9;
}

// --- Memory ---
struct memory allocate_memory(void) {
  struct memory memory = {aligned_alloc(64, MEMORY_SIZE), aligned_alloc(64, MEMORY_SIZE)};
  if (memory.from == NULL || memory.to == NULL) exit(71);
  memset(memory.from, 1, MEMORY_SIZE);
  memset(memory.to, 2, MEMORY_SIZE);
  return memory;
}

static void *read_part(void *argument) {
  struct part *part = argument;
  const words *from = (const words *)part->from;
  words sums[8] = {{0}};
  for (size_t i = 0; i < part->size / WIDTH; i += 8) {
    for (int j = 0; j < 8; j++) sums[j] ^= from[i + (size_t)j];
  }
  for (int j = 1; j < 8; j++) sums[0] ^= sums[j];
  sink = (double)sums[0][0];
  return NULL;
}

static void *copy_part(void *argument) {
  struct part *part = argument;
  memcpy(part->to, part->from, part->size);
  return NULL;
}

double memory_read_rate(int threads, struct memory memory) {
  return rate_of_parts(threads, read_part, memory);
}

double memory_copy_rate(int threads, struct memory memory) {
  return rate_of_parts(threads, copy_part, memory);
}

// --- Text ---
void load_text(const char *path, struct memory memory) {
  size_t filled = 0;
  while (filled < MEMORY_SIZE) {
    int file = open(path, O_RDONLY);
    ssize_t count = 0;
    size_t before = filled;
    while (file >= 0 && filled < MEMORY_SIZE &&
           (count = read(file, memory.from + filled, MEMORY_SIZE - filled)) > 0) {
      filled += (size_t)count;
    }
    if (file >= 0) close(file);
    if (filled == before) {
      fprintf(stderr, "%s: cannot be read, or is empty\n", path);
      exit(66);
    }
  }
}

static void *scan_part(void *argument) {
  struct part *part = argument;
  const bytes *text = (const bytes *)part->from;
  size_t blocks = part->size / WIDTH, total = 0;
  for (size_t block = 0; block < blocks;) {
    // A comparison gives 0 or -1 for each byte: 127 of them fit a byte's count.
    signed_bytes commas = {0}, breaks = {0};
    size_t end = block + 127 < blocks ? block + 127 : blocks;
    for (; block < end; block++) {
      commas += (signed_bytes)(text[block] == ',');
      breaks += (signed_bytes)(text[block] == '\n');
    }
    for (int i = 0; i < WIDTH; i++) total -= (size_t)(commas[i] + breaks[i]);
  }
  sink = (double)total;
  return NULL;
}

double scan_rate(int threads, struct memory memory) {
  return rate_of_parts(threads, scan_part, memory);
}
