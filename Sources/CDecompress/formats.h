// The two formats behind CDecompress.h.
#ifndef DRIFT_FORMATS_H
#define DRIFT_FORMATS_H

#include "CDecompress.h"

// What is left of a call's input and output.
typedef struct drift_step {
  const uint8_t *input, *input_end;
  uint8_t *output, *output_end;
  bool is_last;
  // Bytes of the whole input before `input` as it was when the call began.
  uint64_t begin;
  const uint8_t *first;
  // Where a format puts what it found.
  uint64_t offset;
  const char *reason;
} drift_step;

// Bytes of the whole input that are used.
static inline uint64_t drift_step_position(const drift_step *step) {
  return step->begin + (uint64_t)(step->input - step->first);
}

// Ends a step at a place of the input.
static inline drift_decompression_state drift_step_end(drift_step *step,
                                                       drift_decompression_state state,
                                                       uint64_t offset, const char *reason) {
  step->offset = offset;
  step->reason = reason;
  return state;
}

// Each creates a format's state (NULL without memory), destroys it, and takes a step.
void *drift_gzip_create(void);
void drift_gzip_destroy(void *state);
drift_decompression_state drift_gzip_step(void *state, drift_step *step);

void *drift_zstd_create(void);
void drift_zstd_destroy(void *state);
drift_decompression_state drift_zstd_step(void *state, drift_step *step);

#endif
