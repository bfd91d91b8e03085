// Inner loops of the kernel two-sample test, in plain C.
//
// Rows are compared in blocks of at most DRIFT_BLOCK x DRIFT_BLOCK. A block is always stored with
// DRIFT_BLOCK columns a row, whatever part of it is used. Kernel values are held as integers, in
// units of 2^-DRIFT_FINE_BITS_*, less the constant DRIFT_KERNEL_CENTRE; sums of integers are exact,
// so no result depends on the order in which blocks are visited.
#ifndef C_DRIFT_KERNELS_H
#define C_DRIFT_KERNELS_H

#include <stdint.h>

#include "CInstructionSets.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  DRIFT_BLOCK = 64,
  // A float holds 24 bits: a kernel value is rounded to 2^-22, about what single precision knows of
  // it, and 64 values rounded to 2^-18 can be added in a float without a rounding error.
  DRIFT_FINE_BITS_F32 = 22,
  DRIFT_PRODUCT_BITS_F32 = 18,
  // A double holds 53 bits: 64 x 64 values rounded to 2^-41 can be added without an error.
  DRIFT_FINE_BITS_F64 = 41,
  DRIFT_PRODUCT_BITS_F64 = 41,
  // The look-up of subset sums: bytes of the table of a block, 32-bit lanes that a permutation adds
  // up in, and the blocks after which lanes must be emptied before they could overflow.
  DRIFT_LOOKUP_TABLE_BYTES = 16384,
  DRIFT_LOOKUP_LANES = 16,
  DRIFT_LOOKUP_BLOCKS = 8,
  // The numbers of a block that is turned round, and of the tables of 16 rows and 32 units.
  DRIFT_MEMBER_ROWS_SCRATCH = DRIFT_BLOCK * DRIFT_BLOCK + 8 * 16 * 16,
  // Sums over pairs of rows without each column are in units of 2^-DRIFT_PAIR_BITS; a squared
  // difference in one column counts as this much at most (2^-128 is zero to any unit).
  DRIFT_PAIR_BITS = 41,
  DRIFT_FAR_COLUMN = 128
};

// Taken off every kernel value before it is rounded; about the mean value under the median
// bandwidth (e^-1). The unbiased statistic does not change by it, its rounding errors shrink.
#define DRIFT_KERNEL_CENTRE 0.375

// A column's mean and the inverse of its deviation on one side, by permutation; 0 where it has none.
typedef struct {
  const double *mean;
  const double *inverse;
} drift_side_moments;

// One of several Gaussian kernels over the same rows, and where it is summed over units.
typedef struct {
  double gamma;  // 1 / (2 sigma^2)
  float ratio;   // its exponents over those that rows are scaled for: 1 at most
  int64_t *sums;
} drift_kernel;

// What a correlation is held to, so that its logarithm stays finite: 1 - 2^-30.
#define DRIFT_MOST_CORRELATION 0x1.fffffff8p-1

// One side of a block of rows: `count` rows of `columns` values.
typedef struct {
  const double *rows;    // row-major, count x columns
  const double *norms;   // squared length of each row
  const float *norms32;  // the same in single precision; DRIFT_BLOCK can be read, whatever `count`
  int32_t count;
} drift_side;

// Up to DRIFT_BLOCK rows, column by column: DRIFT_BLOCK values each, those behind the last row any
// finite ones. Scaled so that the kernel of two rows is 2^-d, d their squared distance.
typedef struct {
  const double *values;
  int32_t count;  // rows
  int32_t width;  // columns
} drift_columns;

// Squared distances between two bounds, and how many there are on both sides.
typedef struct {
  double low;
  double high;
  int64_t below;    // < low
  int64_t at_low;   // == low
  int64_t between;  // > low and < high
  int64_t at_high;  // == high, when high > low
} drift_bracket;

// The loops that are compiled for each instruction set; all give the same bytes.
typedef struct {
  // What inner products are added to so that they become exponents: -(|x|^2 + |y|^2) / 2.
  void (*exponents_f32)(drift_side a, drift_side b, float *exponents);
  // exp(-gamma d^2) for a block, as integers in units of 2^-FINE_BITS, from exponents of two, times
  // `ratio`: minus half the squared distances of the rows in single precision, which are scaled by
  // sqrt(2 gamma / (ratio ln 2)). Kernels of several widths share them. Where that lost the digits,
  // distances are computed again from the differences of the rows in double precision. `diagonal`:
  // both sides are the same rows; the diagonal is left out (0). Values behind the last row and column
  // mean nothing.
  void (*kernel_block_f32)(const float *exponents, drift_side a, drift_side b, int32_t columns,
                           double gamma, float ratio, int32_t diagonal, int32_t *kernel);

  // Rounds fine integers to the units of the product and adds them to the sums of rows and columns.
  void (*product_block_f32)(const int32_t *kernel, int32_t rows, int32_t columns, float *product,
                            int64_t *row_sums, int64_t *column_sums);
  void (*product_block_f64)(const int64_t *kernel, int32_t rows, int32_t columns, double *product,
                            int64_t *row_sums, int64_t *column_sums);
  // The same, as the integers that `lookup_add` takes.
  void (*lookup_block)(const int32_t *kernel, int32_t rows, int32_t columns, int32_t *product,
                       int64_t *row_sums, int64_t *column_sums);

  // totals[0..2] += the sums over (first, first), (first, second) and (second, second) sample, where
  // the first `row_split` rows and the first `column_split` columns belong to the first sample.
  void (*sample_totals_i32)(const int32_t *kernel, int32_t rows, int32_t columns, int32_t row_split,
                            int32_t column_split, int64_t totals[3]);
  void (*sample_totals_i64)(const int64_t *kernel, int32_t rows, int32_t columns, int32_t row_split,
                            int32_t column_split, int64_t totals[3]);

  // row_sums[2 i] += row i over the first `column_split` columns, row_sums[2 i + 1] over the others;
  // column_sums[2 j] += column j over the first `row_split` rows, column_sums[2 j + 1] over the
  // others.
  void (*side_sums_i32)(const int32_t *kernel, int32_t rows, int32_t columns, int32_t row_split,
                        int32_t column_split, int64_t *row_sums, int64_t *column_sums);
  void (*side_sums_i64)(const int64_t *kernel, int32_t rows, int32_t columns, int32_t row_split,
                        int32_t column_split, int64_t *row_sums, int64_t *column_sums);

  // Sums of a block over units of rows. Row i belongs to the unit row_units[i]; units do not
  // descend. sums[row unit * stride + column unit], both counted from `first_unit`, is added to; with
  // `mirrored`, a pair of rows of one unit counts twice: it stands for its mirror image too.
  void (*unit_sums_i32)(const int32_t *kernel, int32_t rows, int32_t columns,
                        const int32_t *row_units, const int32_t *column_units, int32_t first_unit,
                        int64_t stride, int32_t mirrored, int64_t *sums);
  void (*unit_sums_i64)(const int64_t *kernel, int32_t rows, int32_t columns,
                        const int32_t *row_units, const int32_t *column_units, int32_t first_unit,
                        int64_t stride, int32_t mirrored, int64_t *sums);

  // What `kernel_block_f32` and `unit_sums_i32` give one after the other, for several kernels at once;
  // mirrored but on the diagonal.
  void (*unit_kernels_f32)(const float *exponents, drift_side a, drift_side b, int32_t columns,
                           int32_t diagonal, const drift_kernel *kernels, int32_t count,
                           const int32_t *row_units, const int32_t *column_units,
                           int32_t first_unit, int64_t stride);

  // 64 permutations of up to 64 units, one bit each, as 0 and 1: members[i][p] = bit p of bits[i].
  void (*expand_members_f32)(const uint64_t *bits, int32_t count, float *members);
  void (*expand_members_f64)(const uint64_t *bits, int32_t count, double *members);

  // totals[p] += weight * sum over i of members[i][p] * partial[i][p], for 64 permutations p.
  void (*member_totals_f32)(const float *partial, const float *members, int32_t rows,
                            int64_t weight, int64_t totals[DRIFT_BLOCK]);
  void (*member_totals_f64)(const double *partial, const double *members, int32_t rows,
                            int64_t weight, int64_t totals[DRIFT_BLOCK]);

  // Adds a block to the lanes of every permutation p: the values of the rows that are set in
  // row_members[p] and the columns that are set in column_members[p], bit i for row or column i.
  // For four rows at a time all 16 subset sums are tabulated, so that a permutation adds one table
  // row where it would add four ("four Russians": Arlazarov, Dinic, Kronrod & Faradzev, 1970).
  // `table` has DRIFT_LOOKUP_TABLE_BYTES, `lanes` DRIFT_LOOKUP_LANES a permutation, both aligned to
  // 64 bytes; after DRIFT_LOOKUP_BLOCKS blocks lanes must go through `lookup_totals`.
  void (*lookup_add)(const int32_t *product, const uint64_t *row_members,
                     const uint64_t *column_members, int64_t permutations, int32_t *table,
                     int32_t *lanes);
  // totals[p] += weight * the lanes of permutation p, which become zero.
  void (*lookup_totals)(int32_t *lanes, int64_t permutations, int64_t weight, int64_t *totals);

  // sums[u] = the sum of x[i] y[i] over the rows starts[u] ..< starts[u + 1]; gives that of all.
  double (*unit_products)(const double *x, const double *y, const int32_t *starts, int32_t units,
                          double *sums);
  // sums[p][i] += the sum of values[i][u] over the units u that are set in members[p], bit u, for up to
  // DRIFT_BLOCK rows i and units u; those that are not there are 0 in `values` or in no members. Both
  // have DRIFT_BLOCK columns a row. By look-up, as `lookup_add`; `scratch` has DRIFT_MEMBER_ROWS_SCRATCH
  // numbers, aligned to 64 bytes.
  void (*member_rows)(const double *values, int32_t rows, const uint64_t *members,
                      int64_t permutations, double *scratch, double *sums);
  // For each permutation p the change of a correlation between two sides, from the sum of products
  // on the first side, products[p], and on both, `total`: largest[p] becomes at least
  // max(w, 1/w), w = (1 + r)(1 - s) / ((1 - r)(1 + s)) for r and s of the two sides, whose
  // logarithm is twice |atanh r - atanh s|. The inverses of the numbers of rows are inverse_rows[0]
  // and [1]; x and y are the columns on either side.
  void (*correlation_change)(const double *products, double total,
                             const double *const inverse_rows[2], const drift_side_moments x[2],
                             const drift_side_moments y[2], int64_t permutations, double *largest);

  // Counts the squared distances of a block and writes those between the bounds to `distances`
  // (up to DRIFT_BLOCK x DRIFT_BLOCK; bracket->between tells how many more there are). Products in
  // single precision settle the pairs that are far from both bounds; the others are computed from
  // differences in double precision. With `upper`, only pairs above the diagonal count.
  void (*bracket_block)(const float *products, drift_side a, drift_side b, int32_t columns,
                        int32_t upper, drift_bracket *bracket, double *distances);
  // The squared distance of two rows.
  double (*squared_distance)(const double *x, const double *y, int32_t columns);

  // The kernel of a row of `a` with a row of `b`, over all pairs: sums[c] += that without column c,
  // sums[width] += that of all columns, in units of 2^-DRIFT_PAIR_BITS. A row with itself counts as
  // exactly 1. `scratch` is memory for 2 DRIFT_BLOCK x DRIFT_BLOCK values.
  void (*pair_sums)(drift_columns a, drift_columns b, double *scratch, int64_t *sums);
  // sums[i] += the kernel of row i of `a` with every row of `b`, in the same units.
  void (*row_kernel_sums)(drift_columns a, drift_columns b, double *scratch, int64_t *sums);
} drift_kernels;

// The loops for an instruction set that the processor must have.
const drift_kernels *drift_kernels_for(drift_instruction_set set);

// The kernel in double precision, as kernel_block_f32.
void drift_kernel_block_f64(const double *products, drift_side a, drift_side b, int32_t columns,
                            double gamma, int32_t diagonal, int64_t *kernel);

// The kernel from the differences of the rows alone: the slow reference of both.
void drift_kernel_block_reference(drift_side a, drift_side b, int32_t columns, double gamma,
                                  int32_t diagonal, double *kernel);

// The sums of `pair_sums` (width + 1 of them) and, where not null, of `row_kernel_sums` (a.count),
// from distances over the columns that count, one by one: their slow reference.
void drift_pair_sums_reference(drift_columns a, drift_columns b, double *sums, double *row_sums);

// Memberships of units are packed by blocks of 64 units: one word a permutation.

// Draws `chosen` of `units` units, every subset equally likely, from the numbers of Philox 4x64-10
// under the key (seed, stream): selection sampling (Knuth, The Art of Computer Programming 2,
// algorithm 3.4.2 S). words[b * stride] gets the bits of the units of block b.
void drift_draw_members(uint64_t seed, uint64_t stream, uint64_t purpose, int64_t units,
                        int64_t chosen, int64_t stride, uint64_t *words);

// Turns a 64 x 64 matrix of bits: bit i of turned[p] = bit p of bits[i], for `count` rows i; the
// others are zero.
void drift_turn_bits(const uint64_t *bits, int32_t count, uint64_t turned[DRIFT_BLOCK]);

// totals[p] += the sum of values[i] over the bits i of words[p]; there are `count` values, and no
// bits behind them.
void drift_member_sums(const int64_t *values, int32_t count, const uint64_t *words,
                       int64_t permutations, int64_t *totals);

#ifdef __cplusplus
}
#endif
#endif
