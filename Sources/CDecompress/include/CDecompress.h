// Decompresses gzip (RFC 1952) and Zstandard (RFC 8878) data as it comes in.
//
// Members and frames that follow each other are one text, skippable frames are none of it. Zeros
// behind a gzip member pad it, as for gzip(1). Memory is what the formats need, whatever they
// decompress to: 32 KiB for gzip, for Zstandard the frame's window, which is limited.
#ifndef C_DECOMPRESS_H
#define C_DECOMPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The largest Zstandard window that is accepted, as a power of two: 128 MiB, as for zstd(1).
enum { DRIFT_ZSTD_WINDOW_LOG = 27 };

typedef enum drift_compression { DRIFT_GZIP, DRIFT_ZSTD } drift_compression;

// How far a decompression is.
typedef enum drift_decompression_state {
  // There may be more: call again, with more input when what was given is used up.
  DRIFT_DECOMPRESSION_GOES_ON,
  // Everything is decompressed.
  DRIFT_DECOMPRESSION_ENDED,
  // The input ends before the data does.
  DRIFT_DECOMPRESSION_CUT_OFF,
  // The data is not what the format allows, or not what its checksum says.
  DRIFT_DECOMPRESSION_DAMAGED,
  // Something else follows the data.
  DRIFT_DECOMPRESSION_FOLLOWED,
  // A window larger than is accepted.
  DRIFT_DECOMPRESSION_WINDOW,
  // A dictionary is needed.
  DRIFT_DECOMPRESSION_DICTIONARY,
  // The system gives no memory.
  DRIFT_DECOMPRESSION_MEMORY,
} drift_decompression_state;

// What came of a call.
typedef struct drift_decompression {
  // Bytes of the input that were used, and bytes that were written.
  size_t used, written;
  drift_decompression_state state;
  // Bytes of the whole input before the place that `state` is about.
  uint64_t offset;
  // What the library says about damage, as static text; NULL when it says nothing.
  const char *_Nullable reason;
} drift_decompression;

typedef struct drift_decompressor drift_decompressor;

// NULL when the system gives no memory.
drift_decompressor *_Nullable drift_decompressor_create(drift_compression compression);
void drift_decompressor_destroy(drift_decompressor *_Nullable decompressor);

// Decompresses input[0..<input_count] to output[0..<output_count]; output_count is not 0.
//
// `is_last`: no input follows. Once the state is another than GOES_ON it stays, and nothing is
// written any more; what was written in the same call is still good.
drift_decompression drift_decompress(drift_decompressor *_Nonnull decompressor,
                                     const uint8_t *_Nullable input, size_t input_count,
                                     bool is_last, uint8_t *_Nonnull output, size_t output_count);

#ifdef __cplusplus
}
#endif
#endif
