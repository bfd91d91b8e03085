// The loops as wide as for AVX-512, compiled for any processor: what they compute can be tested
// where that instruction set is missing.
#ifndef C_WIDE_KERNELS_H
#define C_WIDE_KERNELS_H

#include "CDriftKernels.h"

extern const drift_kernels drift_kernels_wide;

#endif
