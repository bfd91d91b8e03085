#include <stdlib.h>

#include "formats.h"

struct drift_decompressor {
  void *state;
  drift_decompression_state (*step)(void *state, drift_step *step);
  void (*destroy)(void *state);
  // Bytes of the input used before.
  uint64_t position;
  // How it has ended.
  drift_decompression end;
};

drift_decompressor *drift_decompressor_create(drift_compression compression) {
  drift_decompressor *decompressor = calloc(1, sizeof *decompressor);
  if (!decompressor) return NULL;
  bool is_gzip = compression == DRIFT_GZIP;
  decompressor->state = is_gzip ? drift_gzip_create() : drift_zstd_create();
  decompressor->step = is_gzip ? drift_gzip_step : drift_zstd_step;
  decompressor->destroy = is_gzip ? drift_gzip_destroy : drift_zstd_destroy;
  if (decompressor->state) return decompressor;
  free(decompressor);
  return NULL;
}

void drift_decompressor_destroy(drift_decompressor *decompressor) {
  if (!decompressor) return;
  decompressor->destroy(decompressor->state);
  free(decompressor);
}

drift_decompression drift_decompress(drift_decompressor *decompressor, const uint8_t *input,
                                     size_t input_count, bool is_last, uint8_t *output,
                                     size_t output_count) {
  static const uint8_t nothing[1];
  if (decompressor->end.state != DRIFT_DECOMPRESSION_GOES_ON) return decompressor->end;
  const uint8_t *first = input ? input : nothing;
  drift_step step = {
      .input = first,
      .input_end = first + input_count,
      .output = output,
      .output_end = output + output_count,
      .is_last = is_last,
      .begin = decompressor->position,
      .first = first,
  };
  drift_decompression_state state = decompressor->step(decompressor->state, &step);
  decompressor->position = drift_step_position(&step);
  drift_decompression result = {
      .used = (size_t)(step.input - first),
      .written = (size_t)(step.output - output),
      .state = state,
      .offset = step.offset,
      .reason = step.reason,
  };
  decompressor->end = result;
  decompressor->end.used = 0;
  decompressor->end.written = 0;
  return result;
}
