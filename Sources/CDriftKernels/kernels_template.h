// All loops for one instruction set. Included with VECTOR_BYTES, SUFFIXED(name) and, but for the
// portable one, FEATURES defined; with HAS_FUSED where a * b + c in one rounding is an instruction.
#include <math.h>
#include <string.h>

#include "CDriftKernels.h"

#pragma clang fp contract(off)

#ifdef FEATURES
DRIFT_TARGET_BEGIN(FEATURES)
#endif

#include "distance.h"

// As many 32-bit numbers as a register holds; any address will do.
enum { WIDTH = VECTOR_BYTES / 4 };
typedef float floats __attribute__((vector_size(VECTOR_BYTES), aligned(4)));
typedef int32_t ints __attribute__((vector_size(VECTOR_BYTES), aligned(4)));
typedef uint32_t unsigneds __attribute__((vector_size(VECTOR_BYTES), aligned(4)));

#include "kernel_f32_template.h"
#include "lookup_template.h"
#include "sums_template.h"
#include "unit_kernels_template.h"
#include "bracket_template.h"
#include "leave_out_template.h"
#include "correlation_template.h"

#ifdef FEATURES
DRIFT_TARGET_END
#endif

extern const drift_kernels SUFFIXED(drift_kernels);
const drift_kernels SUFFIXED(drift_kernels) = {
    .exponents_f32 = exponents_f32,
    .kernel_block_f32 = kernel_block_f32,
    .product_block_f32 = product_block_f32,
    .product_block_f64 = product_block_f64,
    .lookup_block = lookup_block,
    .sample_totals_i32 = sample_totals_i32,
    .sample_totals_i64 = sample_totals_i64,
    .side_sums_i32 = side_sums_i32,
    .side_sums_i64 = side_sums_i64,
    .unit_sums_i32 = unit_sums_i32,
    .unit_sums_i64 = unit_sums_i64,
    .unit_kernels_f32 = unit_kernels_f32,
    .expand_members_f32 = expand_members_f32,
    .expand_members_f64 = expand_members_f64,
    .member_totals_f32 = member_totals_f32,
    .member_totals_f64 = member_totals_f64,
    .unit_products = unit_products,
    .member_rows = member_rows,
    .correlation_change = correlation_change,
    .lookup_add = lookup_add,
    .lookup_totals = lookup_totals,
    .bracket_block = bracket_block,
    .squared_distance = drift_direct_distance,
    .pair_sums = pair_sums,
    .row_kernel_sums = row_kernel_sums,
};
