#include <stdlib.h>
#include <zlib.h>

#include "formats.h"

enum { GZIP_MAGIC_1 = 0x1F, GZIP_MAGIC_2 = 0x8B };

typedef struct gzip_state {
  z_stream stream;
  enum { IN_MEMBER, BEHIND_MEMBER, BEHIND_FIRST_MAGIC, IN_PADDING } place;
  // Bytes of the input before what follows the last whole member.
  uint64_t end;
} gzip_state;

void *drift_gzip_create(void) {
  gzip_state *state = calloc(1, sizeof *state);
  if (!state) return NULL;
  // 16: a gzip header and trailer, not those of zlib.
  if (inflateInit2(&state->stream, MAX_WBITS + 16) == Z_OK) return state;
  free(state);
  return NULL;
}

void drift_gzip_destroy(void *opaque) {
  gzip_state *state = opaque;
  inflateEnd(&state->stream);
  free(state);
}

static uInt bounded(ptrdiff_t count) {
  return count < (1 << 30) ? (uInt)count : (uInt)1 << 30;
}

// One call of inflate; Z_BUF_ERROR when nothing could be done.
static int inflate_some(z_stream *stream, drift_step *step) {
  // zlib does not write to its input.
  stream->next_in = (Bytef *)(uintptr_t)step->input;
  stream->avail_in = bounded(step->input_end - step->input);
  stream->next_out = step->output;
  stream->avail_out = bounded(step->output_end - step->output);
  int result = inflate(stream, Z_NO_FLUSH);
  step->input = stream->next_in;
  step->output = stream->next_out;
  return result;
}

// Begins a member whose magic bytes are used already.
static int begin_member(z_stream *stream) {
  Bytef magic[] = {GZIP_MAGIC_1, GZIP_MAGIC_2};
  Bytef none[1];
  int result = inflateReset(stream);
  if (result != Z_OK) return result;
  stream->next_in = magic;
  stream->avail_in = sizeof magic;
  stream->next_out = none;
  stream->avail_out = sizeof none;
  return inflate(stream, Z_NO_FLUSH);
}

static drift_decompression_state followed(const gzip_state *state, drift_step *step) {
  return drift_step_end(step, DRIFT_DECOMPRESSION_FOLLOWED, state->end, NULL);
}

drift_decompression_state drift_gzip_step(void *opaque, drift_step *step) {
  gzip_state *state = opaque;
  while (true) {
    bool has_input = step->input < step->input_end;
    if (state->place == IN_MEMBER) {
      if (step->output == step->output_end) return DRIFT_DECOMPRESSION_GOES_ON;
      int result = inflate_some(&state->stream, step);
      switch (result) {
        case Z_OK:
          break;
        case Z_STREAM_END:
          state->place = BEHIND_MEMBER;
          state->end = drift_step_position(step);
          break;
        case Z_BUF_ERROR:
          if (!step->is_last) return DRIFT_DECOMPRESSION_GOES_ON;
          return drift_step_end(step, DRIFT_DECOMPRESSION_CUT_OFF, drift_step_position(step),
                                NULL);
        case Z_MEM_ERROR:
          return drift_step_end(step, DRIFT_DECOMPRESSION_MEMORY, 0, NULL);
        default:
          return drift_step_end(step, DRIFT_DECOMPRESSION_DAMAGED, drift_step_position(step),
                                state->stream.msg);
      }
      continue;
    }
    if (!has_input) {
      if (!step->is_last) return DRIFT_DECOMPRESSION_GOES_ON;
      if (state->place == BEHIND_FIRST_MAGIC) return followed(state, step);
      return drift_step_end(step, DRIFT_DECOMPRESSION_ENDED, drift_step_position(step), NULL);
    }
    uint8_t byte = *step->input++;
    switch (state->place) {
      case BEHIND_MEMBER:
        if (byte != 0 && byte != GZIP_MAGIC_1) return followed(state, step);
        state->place = byte == 0 ? IN_PADDING : BEHIND_FIRST_MAGIC;
        break;
      case BEHIND_FIRST_MAGIC:
        if (byte != GZIP_MAGIC_2 || begin_member(&state->stream) != Z_OK) {
          return followed(state, step);
        }
        state->place = IN_MEMBER;
        break;
      case IN_MEMBER:
      case IN_PADDING:
        if (byte != 0) return followed(state, step);
        break;
    }
  }
}
