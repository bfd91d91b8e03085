#pragma once

/* Exact number parsing. Plain C for its importers: the C++ stays in the implementation. */

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Reads all of bytes[0..<count] as a decimal or scientific number or an infinity.
 *
 * Accepted: an optional sign, then `12`, `12.`, `.5`, `1.5`, each with an optional exponent
 * (`e` or `E`, optional sign, digits), or `inf` or `infinity` in any case. Nothing else: no `nan`,
 * no hexadecimal, no blanks. The result is the nearest double, ties to even; too large a number
 * becomes an infinity and too small a one zero, with the sign kept.
 *
 * Returns false, and leaves *value alone, when the text is anything else.
 */
bool drift_parse_double(const char *_Nonnull bytes, size_t count, double *_Nonnull value);

#ifdef __cplusplus
}
#endif
