// The inner loops over columns, compiled for every instruction set.
#include "CColumnKernels.h"
#include "lanes.h"

// A double as an unsigned integer in the same order.
static inline uint64_t order_of_bits(uint64_t bits) {
  return bits >> 63 ? ~bits : bits | 0x8000000000000000u;
}

static inline uint64_t order_of(double value) {
  const double sum = value + 0.0;  // makes 0 of -0
  uint64_t bits;
  memcpy(&bits, &sum, sizeof bits);
  return order_of_bits(bits);
}

#define NAME(name) name##_portable
#include "moments_template.h"
#include "buckets_template.h"
#undef NAME

#if defined(__x86_64__)
DRIFT_TARGET_BEGIN(DRIFT_AVX2_FEATURES)
#define NAME(name) name##_avx2
#include "moments_template.h"
#include "buckets_template.h"
#undef NAME
DRIFT_TARGET_END

DRIFT_TARGET_BEGIN(DRIFT_AVX512_FEATURES)
#define NAME(name) name##_avx512
#include "moments_template.h"
#include "buckets_template.h"
#undef NAME
DRIFT_TARGET_END
#endif

typedef struct {
  void (*moments_of_block)(const double *, int64_t, drift_block_moments *);
  void (*count_cells)(const double *, int64_t, const double *, int64_t, int64_t *);
  void (*count_indexed_cells)(const drift_cell_index *, const double *, int64_t, int64_t *);
  void (*bucket_histogram)(const drift_buckets *, const double *, int64_t, uint32_t *);
  void (*bucket_gather)(const drift_buckets *, const double *, int64_t, const uint16_t *, int64_t *,
                        double *);
  void (*bucket_last)(const drift_buckets *, const double *, int64_t, uint32_t *, double *);
  int64_t (*bucket_others)(const drift_buckets *, const double *, int64_t, const uint8_t *,
                           const double *, double *);
  int64_t (*count_negative_zeros)(const double *, int64_t);
  drift_number_kinds (*count_kinds)(const double *, int64_t);
} kernels;

#define KERNELS(set) \
  {moments_of_block_##set,     count_cells_##set, count_indexed_cells_##set, \
   bucket_histogram_##set,     bucket_gather_##set, bucket_last_##set, bucket_others_##set, \
   count_negative_zeros_##set, count_kinds_##set}

static const kernels tables[] = {
    [DRIFT_PORTABLE] = KERNELS(portable),
#if defined(__x86_64__)
    [DRIFT_AVX2] = KERNELS(avx2),
    [DRIFT_AVX512] = KERNELS(avx512),
#else
    [DRIFT_AVX2] = KERNELS(portable),
    [DRIFT_AVX512] = KERNELS(portable),
#endif
};

void drift_moments_of_block(drift_instruction_set set, const double *values, int64_t count,
                            drift_block_moments *result) {
  tables[set].moments_of_block(values, count, result);
}

void drift_count_cells(drift_instruction_set set, const double *values, int64_t count,
                       const double *cuts, int64_t cut_count, int64_t *cells) {
  tables[set].count_cells(values, count, cuts, cut_count, cells);
}

void drift_count_indexed_cells(drift_instruction_set set, const drift_cell_index *index,
                               const double *values, int64_t count, int64_t *cells) {
  tables[set].count_indexed_cells(index, values, count, cells);
}

int32_t drift_bucket_of(const drift_buckets *plan, double value) {
  if (plan->scale > 0) {
    const double place = (value - plan->minimum) * plan->scale;
    return place < 0 ? 0 : place > plan->buckets - 0.5 ? plan->buckets - 1 : (int32_t)place;
  }
  return (int32_t)((order_of(value) - order_of(plan->minimum)) >> plan->shift);
}

void drift_bucket_histogram(drift_instruction_set set, const drift_buckets *plan,
                            const double *values, int64_t count, uint32_t *histogram) {
  tables[set].bucket_histogram(plan, values, count, histogram);
}

void drift_bucket_gather(drift_instruction_set set, const drift_buckets *plan,
                         const double *values, int64_t count, const uint16_t *slots, int64_t *next,
                         double *out) {
  tables[set].bucket_gather(plan, values, count, slots, next, out);
}

void drift_bucket_last(drift_instruction_set set, const drift_buckets *plan, const double *values,
                       int64_t count, uint32_t *histogram, double *last) {
  tables[set].bucket_last(plan, values, count, histogram, last);
}

int64_t drift_bucket_others(drift_instruction_set set, const drift_buckets *plan,
                            const double *values, int64_t count, const uint8_t *is_wanted,
                            const double *known, double *out) {
  return tables[set].bucket_others(plan, values, count, is_wanted, known, out);
}

int64_t drift_count_negative_zeros(drift_instruction_set set, const double *values,
                                   int64_t count) {
  return tables[set].count_negative_zeros(values, count);
}

drift_number_kinds drift_count_kinds(drift_instruction_set set, const double *values,
                                     int64_t count) {
  return tables[set].count_kinds(values, count);
}
