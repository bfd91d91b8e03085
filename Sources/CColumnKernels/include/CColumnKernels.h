// Inner loops over the numbers of one column: moments, counts by bin, the passes that find exact
// order statistics without sorting, and the sort of quantile sketches. And the checksum of files.
//
// NaN stands for a row without a number. A function that takes the instruction set to run with gives
// the same bytes for all of them; it must be one that the processor has. Nothing here allocates,
// keeps state or reads beyond the values it is given.
#ifndef C_COLUMN_KERNELS_H
#define C_COLUMN_KERNELS_H

#include <CInstructionSets.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What a block of values adds to the moments of a column.
typedef struct {
  int64_t finite;  // values that are finite
  int64_t nans;    // NaN; all other values are infinities
  double minimum;  // of the finite values, as are the following; all unset if there are none
  double maximum;
  double shift;  // the first one
  double mean;   // of value - shift
  double rest;   // sum of (value - shift) - mean, what rounding left in the mean
  double squares;  // sum of its squares
  double cubes;  // and of its cubes
  // Whether no square or cube of the above came near the ends of the number range: the largest
  // magnitude is 0 or within 2^-280 ... 2^280. If not, mean, rest, squares and cubes are unset.
  int32_t is_in_range;
} drift_block_moments;

// Two passes over a block, which should fit in the first-level cache.
void drift_moments_of_block(drift_instruction_set set, const double *values, int64_t count,
                            drift_block_moments *result);

// More cuts than this are searched, fewer are compared one by one.
enum { DRIFT_COMPARED_CUTS = 64 };

// cells[j] += how many values lie in [cuts[j - 1], cuts[j]); the first of cut_count + 1 cells begins
// at -infinity, the last ends with +infinity. NaN lies nowhere. `cuts` ascend and are followed by NaN
// up to a length of 2^k - 1 (if they are more than DRIFT_COMPARED_CUTS).
void drift_count_cells(drift_instruction_set set, const double *values, int64_t count,
                       const double *cuts, int64_t cut_count, int64_t *cells);

// How finite values are put in buckets, in order.
typedef struct {
  double minimum;  // where bucket 0 begins; the smallest finite value unless the plan is linear
  double scale;    // linear: bucket = (value - minimum) * scale, the outer ones for values beyond;
                   // else 0, and
  int32_t shift;   // bucket = (order(value) - order(minimum)) >> shift, by the order of all doubles
  int32_t buckets;
} drift_buckets;

// Where to look for the cell of a value among many cuts.
typedef struct {
  drift_buckets buckets;  // linear
  const uint16_t *first;  // for each bucket the number of cuts in those before it
  int32_t steps;          // the largest number of cuts in a bucket
  const double *cuts;     // ascending, followed by `steps` NaN
} drift_cell_index;

// What drift_count_cells does, with an index.
void drift_count_indexed_cells(drift_instruction_set set, const drift_cell_index *index,
                               const double *values, int64_t count, int64_t *cells);

// The bucket of a finite value, in a plan that is not linear of one between minimum and the largest
// finite value: the slow reference of the functions below.
int32_t drift_bucket_of(const drift_buckets *plan, double value);

// Adds to a histogram of `buckets` + 1; the last one takes NaN and infinities.
void drift_bucket_histogram(drift_instruction_set set, const drift_buckets *plan,
                            const double *values, int64_t count, uint32_t *histogram);

// Copies the values whose bucket has a number other than 0 in slots[bucket] to
// out[next[number]++]. slots[buckets] must be 0.
void drift_bucket_gather(drift_instruction_set set, const drift_buckets *plan,
                         const double *values, int64_t count, const uint16_t *slots, int64_t *next,
                         double *out);

// As drift_bucket_histogram; besides last[bucket] is the last value of each bucket that has one. Of
// `buckets` + 1, too.
void drift_bucket_last(drift_instruction_set set, const drift_buckets *plan, const double *values,
                       int64_t count, uint32_t *histogram, double *last);

// Copies to `out`, in their order, the values whose is_wanted[bucket] is 1 and not 0, and that are
// not equal to known[bucket]. is_wanted[buckets] must be 0. Room for one value more than are copied.
// Returns how many are.
int64_t drift_bucket_others(drift_instruction_set set, const drift_buckets *plan,
                            const double *values, int64_t count, const uint8_t *is_wanted,
                            const double *known, double *out);

// A set of different finite numbers with their counts, by linear probing.
typedef struct {
  double *values;     // of the slots in use; the first of equal ones (0 and -0 are equal)
  int64_t *counts;    // 0: a free slot
  int64_t slots;      // a power of two, more than twice `limit`
  int64_t used;
  int64_t limit;
  uint64_t multiplier;  // odd, random: what is counted does not depend on it
} drift_value_set;

// Counts the finite values. Returns 0, with no more than `limit` different ones in the set, or 1 as
// soon as there is one more.
int32_t drift_count_different(drift_value_set *set, const double *values, int64_t count);

// How many of the values are -0.0.
int64_t drift_count_negative_zeros(drift_instruction_set set, const double *values, int64_t count);

// How many values are finite, NaN, and infinite above; all others are infinite below.
typedef struct {
  int64_t finite, nans, positive_infinities;
} drift_number_kinds;

drift_number_kinds drift_count_kinds(drift_instruction_set set, const double *values,
                                     int64_t count);

// Sorts numbers, none of them NaN, -0 before 0; fewer than 2^32. `scratch` is as long as `values`,
// and is overwritten.
void drift_sort(double *values, double *scratch, int64_t count);

// Merges ascending numbers, none of them NaN, into `out`; the left ones of equal ones first.
void drift_merge_sorted(const double *left, int64_t left_count, const double *right,
                        int64_t right_count, double *out);

// Copies the finite values to `out`, as long as `values`, with 0 for -0, and widens the range by
// them. Returns how many there are.
int64_t drift_gather_finite(const double *values, int64_t count, double *out, double *minimum,
                            double *maximum);

// Feeds bytes to a CRC-32C, without the inversions before and after. Returns 0, and does nothing,
// when the instruction set has no instruction for it.
int32_t drift_crc32c(drift_instruction_set set, const void *bytes, int64_t count, uint32_t *value);

#ifdef __cplusplus
}
#endif
#endif
