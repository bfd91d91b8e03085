// Inner loops of the kernel two-sample test, in plain C.
//
// Rows are compared in blocks of at most DRIFT_BLOCK x DRIFT_BLOCK. A block is always stored with
// DRIFT_BLOCK columns a row, whatever part of it is used. Kernel values are held as integers, in
// units of 2^-DRIFT_FINE_BITS_*, less the constant DRIFT_KERNEL_CENTRE; sums of integers are exact,
// so no result depends on the order in which blocks are visited.
#ifndef C_DRIFT_KERNELS_H
#define C_DRIFT_KERNELS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  DRIFT_BLOCK = 64,
  // A float holds 24 bits: a kernel value rounded to 2^-24 fits an int32_t, and 64 values rounded
  // to 2^-18 can be added in a float without a rounding error.
  DRIFT_FINE_BITS_F32 = 24,
  DRIFT_PRODUCT_BITS_F32 = 18,
  // A double holds 53 bits: 64 x 64 values rounded to 2^-41 can be added without an error.
  DRIFT_FINE_BITS_F64 = 41,
  DRIFT_PRODUCT_BITS_F64 = 41
};

// Taken off every kernel value before it is rounded; about the mean value under the median
// bandwidth (e^-1). The unbiased statistic does not change by it, its rounding errors shrink.
#define DRIFT_KERNEL_CENTRE 0.375

// One side of a block of rows: `count` rows of `columns` values.
typedef struct {
  const double *rows;    // row-major, count x columns
  const double *norms;   // squared length of each row
  const float *norms32;  // the same in single precision, of the rows in single precision
  int32_t count;
} drift_side;

// exp(-gamma d^2) for a block, from its inner products, as integers in units of 2^-FINE_BITS.
// Squared distances are taken from norms and products where that keeps the digits, and from the
// differences of the rows where it would lose them. `diagonal`: both sides are the same rows; the
// diagonal is left out (0).
void drift_kernel_block_f32(const float *products, drift_side a, drift_side b, int32_t columns,
                            double gamma, int32_t diagonal, int32_t *kernel);
void drift_kernel_block_f64(const double *products, drift_side a, drift_side b, int32_t columns,
                            double gamma, int32_t diagonal, int64_t *kernel);

// The same from the differences of the rows alone: the slow reference of both.
void drift_kernel_block_reference(drift_side a, drift_side b, int32_t columns, double gamma,
                                  int32_t diagonal, double *kernel);

// Squared distances of a block, in double precision; exactly 0 for equal rows.
void drift_distance_block(const double *products, drift_side a, drift_side b, int32_t columns,
                          double *distances);

// Rounds fine integers to the units of the product and adds them to the sums of rows and columns.
void drift_product_block_f32(const int32_t *kernel, int32_t rows, int32_t columns, float *product,
                             int64_t *row_sums, int64_t *column_sums);
void drift_product_block_f64(const int64_t *kernel, int32_t rows, int32_t columns, double *product,
                             int64_t *row_sums, int64_t *column_sums);

// totals[0..2] += the sums over (first, first), (first, second) and (second, second) sample, where
// the first `row_split` rows and the first `column_split` columns belong to the first sample.
void drift_sample_totals_i32(const int32_t *kernel, int32_t rows, int32_t columns,
                             int32_t row_split, int32_t column_split, int64_t totals[3]);
void drift_sample_totals_i64(const int64_t *kernel, int32_t rows, int32_t columns,
                             int32_t row_split, int32_t column_split, int64_t totals[3]);

// Sums of a block over units of rows: row i belongs to the unit row_units[i], counted from 0;
// sums is row_unit_count x column_unit_count, row-major, and is added to.
void drift_unit_sums_i32(const int32_t *kernel, int32_t rows, int32_t columns,
                         const int32_t *row_units, const int32_t *column_units,
                         int32_t column_unit_count, int64_t *sums);
void drift_unit_sums_i64(const int64_t *kernel, int32_t rows, int32_t columns,
                         const int32_t *row_units, const int32_t *column_units,
                         int32_t column_unit_count, int64_t *sums);

// 64 permutations of up to 64 units, one bit each, as 0 and 1: members[i][p] = bit p of bits[i].
void drift_expand_members_f32(const uint64_t *bits, int32_t count, float *members);
void drift_expand_members_f64(const uint64_t *bits, int32_t count, double *members);

// totals[p] += weight * sum over i of members[i][p] * partial[i][p], for 64 permutations p.
void drift_member_totals_f32(const float *partial, const float *members, int32_t rows,
                             int64_t weight, int64_t totals[DRIFT_BLOCK]);
void drift_member_totals_f64(const double *partial, const double *members, int32_t rows,
                             int64_t weight, int64_t totals[DRIFT_BLOCK]);

// totals[p] += sum over i of values[i] for the units i whose bit p is set.
void drift_masked_totals(const int64_t *values, const uint64_t *bits, int64_t count,
                         int64_t totals[DRIFT_BLOCK]);

// Adds each distance's 16 bits above `shift` to a histogram of 65,536, for the distances whose bits
// above `shift + 16` equal `prefix`. Distances must be >= 0 (their bits are then in their order).
// With `upper`, only pairs above the diagonal count.
void drift_distance_histogram(const double *distances, int32_t rows, int32_t columns,
                              int32_t upper, uint64_t prefix, int32_t shift, int64_t *histogram);

#ifdef __cplusplus
}
#endif
#endif
