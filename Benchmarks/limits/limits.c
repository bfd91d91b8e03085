// What this machine can do at best, measured in the same run as the programs that it bounds.
//
//     limits ROUNDS CSV
//
// Prints one JSON object. Every figure is the best of ROUNDS: a limit is what is reachable.

#define _GNU_SOURCE
#include "limits.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

extern void openblas_set_num_threads(int);

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

// The seconds that `body` takes when every one of `threads` threads runs it once.
double on_threads(int threads, void *(*body)(void *), void **arguments) {
  pthread_t others[MOST_THREADS];
  double start = now();
  for (int i = 1; i < threads; i++) {
    if (pthread_create(&others[i], NULL, body, arguments[i]) != 0) exit(71);
  }
  body(arguments[0]);
  for (int i = 1; i < threads; i++) pthread_join(others[i], NULL);
  return now() - start;
}

static double largest(double a, double b) { return a > b ? a : b; }

static double read_file(const char *path, char *buffer, size_t size, size_t *total) {
  int file = open(path, O_RDONLY);
  if (file < 0) {
    perror(path);
    exit(66);
  }
  double start = now();
  ssize_t count;
  *total = 0;
  // Into the same small buffer, as a program would that parses what it has just read.
  while ((count = read(file, buffer + *total % size, size - *total % size)) > 0) {
    *total += (size_t)count;
  }
  double rate = (double)*total / (now() - start) / 1e9;
  close(file);
  return rate;
}

int main(int count, char **arguments) {
  openblas_set_num_threads(1);  // the threads are those of this program
  if (count == 2 && strcmp(arguments[1], "kernel-pass") == 0) {
    printf("{\"seconds\": %.4f}\n", kernel_pass_seconds(2));
    return 0;
  }
  if (count != 3) {
    fprintf(stderr, "usage: limits ROUNDS CSV | limits kernel-pass\n");
    return 64;
  }
  int rounds = atoi(arguments[1]);
  struct memory memory = allocate_memory();
  double fma[2] = {0}, read[2] = {0}, copy[2] = {0}, scan[2] = {0}, file = 0, pass[2] = {0};
  char *buffer = aligned_alloc(64, FILE_BUFFER);
  if (buffer == NULL) return 71;
  size_t total = 0;
  for (int round = 0; round < rounds; round++) {
    file = largest(file, read_file(arguments[2], buffer, FILE_BUFFER, &total));
    for (int t = 0; t < 2; t++) {
      fma[t] = largest(fma[t], fma_rate(t + 1));
      read[t] = largest(read[t], memory_read_rate(t + 1, memory));
      copy[t] = largest(copy[t], memory_copy_rate(t + 1, memory));
    }
  }
  load_text(arguments[2], memory);
  for (int round = 0; round < rounds; round++) {
    for (int t = 0; t < 2; t++) scan[t] = largest(scan[t], scan_rate(t + 1, memory));
  }
  double fastest[2] = {1e300, 1e300};
  for (int round = 0; round < rounds; round++) {
    for (int t = 0; t < 2; t++) {
      pass[t] = kernel_pass_seconds(t + 1);
      if (pass[t] < fastest[t]) fastest[t] = pass[t];
    }
  }
  printf(
      "{\"fma_gflops\": [%.1f, %.1f], \"memory_read_gbs\": [%.2f, %.2f], \"memory_copy_gbs\": "
      "[%.2f, %.2f], \"scan_gbs\": [%.2f, %.2f], \"file_read_gbs\": %.2f, "
      "\"kernel_pass_seconds\": [%.4f, %.4f]}\n",
      fma[0], fma[1], read[0], read[1], copy[0], copy[1], scan[0], scan[1], file, fastest[0],
      fastest[1]);
  return 0;
}
