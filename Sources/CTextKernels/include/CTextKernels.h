// Inner loops over the bytes of a CSV: where records end, where cells end, which number a cell
// spells, how often a text occurs.
//
// Texts are read in whole vectors: DRIFT_TEXT_PADDING bytes before and behind a text must be
// readable. What they hold changes no result.
#ifndef C_TEXT_KERNELS_H
#define C_TEXT_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CInstructionSets.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { DRIFT_TEXT_PADDING = 64 };

// MARK: Records

// How far a text is looked through for the ends of records. All zero at the start of a record.
typedef struct drift_record_cut {
  // The bytes before are looked at.
  size_t position;
  // Where the last whole record ends, behind its line break; 0 when there is none.
  size_t end;
  // The text at `position` is in quotes.
  bool is_quoted;
  // There are quotes before it.
  bool has_quotes;
} drift_record_cut;

// Looks through text[cut->position..<count]. The text begins with a record and may grow between
// calls. Once there is text that CSV does not allow, what is found behind it means nothing.
void drift_cut_records(const uint8_t *_Nonnull text, size_t count, uint8_t delimiter,
                       drift_record_cut *_Nonnull cut);

// The number of line breaks: LF, CR and CRLF.
size_t drift_count_lines(const uint8_t *_Nonnull text, size_t count);

// The first byte of the first sequence that is no UTF-8 (RFC 3629); `count` when all is.
size_t drift_first_not_utf8(const uint8_t *_Nonnull text, size_t count);

// MARK: Cells

// What was found in a text.
typedef struct drift_separators {
  // Delimiters and line feeds outside of quotes.
  size_t count;
  // Line feeds outside of quotes, and all.
  size_t breaks, lines;
  // No NUL, no CR but before an LF, and quotes only around whole cells and doubled in them.
  bool is_plain;
  // It, or the padding behind it, has bytes of 0x80 or more: without, it is ASCII.
  bool may_have_high;
} drift_separators;

// Finds the ends of the cells of whole records. The last byte has to be an LF.
//
// positions[0..<count] has room for a position for each byte and 64 more. Without `has_quotes` the
// text has to be free of them. The positions mean nothing unless the text is plain.
drift_separators drift_find_separators(drift_instruction_set set, const uint8_t *_Nonnull text,
                                       size_t count, uint8_t delimiter, bool has_quotes,
                                       uint32_t *_Nonnull positions);

// Where the cells of a plain text are.
typedef struct drift_rows {
  const uint8_t *_Nonnull text;
  // The separators; positions[-1] is UINT32_MAX, as if a line feed stood before the text.
  const uint32_t *_Nonnull positions;
  // For each row, the index of its first separator.
  const uint32_t *_Nonnull first;
  size_t columns;
} drift_rows;

// Finds the rows of a plain text, empty lines left out. Room for `separators.count` rows.
//
// Returns their number, or -1 when a row has not `columns` cells or a line holds blanks only.
int64_t drift_find_rows(drift_rows rows, drift_separators separators, uint32_t *_Nonnull first);

// MARK: Numbers

// A column of numbers, and where its numbers go: to values[0], values[1], ... by row.
typedef struct drift_number_column {
  uint32_t index;
  double *_Nonnull values;
  // Empty cells, which become NaN.
  uint64_t missing;
} drift_number_column;

// A cell that needs a closer look: row, and place in the list of columns.
typedef struct drift_odd_cell {
  uint32_t row, place;
} drift_odd_cell;

// Converts the cells of some columns, in ascending order, in rows [first, end).
//
// Decimal numbers, with `point` before the fraction, become the nearest double. Other cells (missing values, blanks, texts, many
// digits), and numbers equal to one of the `sentinels`, which ascend, are left to the caller: `odd` has
// room for every cell. Returns their number; they are in order of rows, then columns.
size_t drift_convert_numbers(drift_instruction_set set, drift_rows rows, size_t first, size_t end,
                             drift_number_column *_Nullable columns, size_t column_count,
                             const double *_Nullable sentinels, size_t sentinel_count,
                             uint8_t point, drift_odd_cell *_Nonnull odd);

// Converts one text, as drift_convert_numbers does with a '.'. False when it needs a closer look.
bool drift_convert_number(drift_instruction_set set, const uint8_t *_Nonnull text, size_t count,
                          double *_Nonnull value);

// MARK: Levels

// A distinct text and how often it occurs.
typedef struct drift_level {
  uint64_t hash;
  // Where its bytes are in the table's text.
  size_t start, length;
  int64_t count;
} drift_level;

// How the levels of a table are hashed.
typedef struct drift_level_key {
  // Chosen at random for each table.
  uint64_t first, second;
  // Whether by SipHash-1-3, under which levels cannot be made to collide without the key.
  bool is_strong;
} drift_level_key;

// An open-addressing table with linear probing.
typedef struct drift_level_table {
  drift_level *_Nullable levels;
  const uint8_t *_Nullable text;
  // The index of a level plus 1, or 0 where there is none; at least one is free.
  const uint32_t *_Nonnull slots;
  // The number of slots, a power of two, less 1.
  uint64_t mask;
  drift_level_key key;
} drift_level_table;

// SipHash with so many rounds a word and at the end: 1 and 3 for tables, 2 and 4 as first published.
uint64_t drift_siphash(uint64_t key0, uint64_t key1, const uint8_t *_Nullable text, size_t length,
                       int32_t word_rounds, int32_t end_rounds);

uint64_t drift_hash_level(drift_level_key key, const uint8_t *_Nullable level, size_t length);

// The slot that holds the level, or the free one where it belongs.
size_t drift_find_level(drift_level_table table, const uint8_t *_Nullable level, size_t length,
                        uint64_t hash);

// Counts the levels of a column in rows [first, end), and its empty cells in *missing.
//
// Returns the first row whose cell is not in the table or needs a closer look, which is not
// counted; `end` when there is none.
size_t drift_count_levels(drift_level_table table, drift_rows rows, size_t first, size_t end,
                          size_t column, int64_t *_Nonnull missing);

// A cell of a plain text: its bytes without outer quotes, or without blanks around it.
typedef struct drift_cell {
  const uint8_t *_Nonnull bytes;
  size_t count;
  // Quotes in it are doubled.
  bool has_doubled_quotes;
} drift_cell;

drift_cell drift_cell_at(drift_rows rows, size_t row, size_t column, uint8_t delimiter);

#ifdef __cplusplus
}
#endif

#endif
