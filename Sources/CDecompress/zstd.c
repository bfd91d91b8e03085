#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "formats.h"

typedef struct zstd_state {
  ZSTD_DCtx *context;
  bool is_in_frame, has_ended_one;
  // Bytes of the input before the frame that is read, or before what follows the last one.
  uint64_t begin;
} zstd_state;

void *drift_zstd_create(void) {
  zstd_state *state = calloc(1, sizeof *state);
  if (!state) return NULL;
  state->context = ZSTD_createDCtx();
  if (state->context) {
    size_t result =
        ZSTD_DCtx_setParameter(state->context, ZSTD_d_windowLogMax, DRIFT_ZSTD_WINDOW_LOG);
    if (!ZSTD_isError(result)) return state;
  }
  drift_zstd_destroy(state);
  return NULL;
}

void drift_zstd_destroy(void *opaque) {
  zstd_state *state = opaque;
  ZSTD_freeDCtx(state->context);
  free(state);
}

static drift_decompression_state failed(const zstd_state *state, drift_step *step, size_t result) {
  uint64_t position = drift_step_position(step);
  switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_prefix_unknown:
      if (!state->has_ended_one) break;
      return drift_step_end(step, DRIFT_DECOMPRESSION_FOLLOWED, state->begin, NULL);
    case ZSTD_error_frameParameter_windowTooLarge:
      return drift_step_end(step, DRIFT_DECOMPRESSION_WINDOW, state->begin, NULL);
    case ZSTD_error_dictionary_wrong:
      return drift_step_end(step, DRIFT_DECOMPRESSION_DICTIONARY, state->begin, NULL);
    case ZSTD_error_memory_allocation:
      return drift_step_end(step, DRIFT_DECOMPRESSION_MEMORY, position, NULL);
    default:
      break;
  }
  return drift_step_end(step, DRIFT_DECOMPRESSION_DAMAGED, position, ZSTD_getErrorName(result));
}

drift_decompression_state drift_zstd_step(void *opaque, drift_step *step) {
  zstd_state *state = opaque;
  while (true) {
    bool has_input = step->input < step->input_end;
    if (!state->is_in_frame) {
      if (!has_input && !step->is_last) return DRIFT_DECOMPRESSION_GOES_ON;
      uint64_t position = drift_step_position(step);
      if (!has_input) return drift_step_end(step, DRIFT_DECOMPRESSION_ENDED, position, NULL);
      state->begin = position;
    }
    if (step->output == step->output_end) return DRIFT_DECOMPRESSION_GOES_ON;
    ZSTD_inBuffer input = {step->input, (size_t)(step->input_end - step->input), 0};
    ZSTD_outBuffer output = {step->output, (size_t)(step->output_end - step->output), 0};
    size_t result = ZSTD_decompressStream(state->context, &output, &input);
    step->input += input.pos;
    step->output += output.pos;
    if (ZSTD_isError(result)) return failed(state, step, result);
    state->is_in_frame = result != 0;
    if (result == 0) {
      state->has_ended_one = true;
      state->begin = drift_step_position(step);
    } else if (step->input == step->input_end && output.pos == 0) {
      // Nothing is left to be written, so more input is needed.
      if (!step->is_last) return DRIFT_DECOMPRESSION_GOES_ON;
      uint64_t position = drift_step_position(step);
      // Too short to be the beginning of another frame.
      if (state->has_ended_one && position - state->begin < 4) {
        return drift_step_end(step, DRIFT_DECOMPRESSION_FOLLOWED, state->begin, NULL);
      }
      return drift_step_end(step, DRIFT_DECOMPRESSION_CUT_OFF, position, NULL);
    }
  }
}
