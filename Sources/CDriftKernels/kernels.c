// The loops of each instruction set.
#include "CDriftKernels.h"

extern const drift_kernels drift_kernels_portable;
#if defined(__x86_64__)
extern const drift_kernels drift_kernels_avx2;
extern const drift_kernels drift_kernels_avx512;
#endif

const drift_kernels *drift_kernels_for(drift_instruction_set set) {
#if defined(__x86_64__)
  switch (set) {
    case DRIFT_AVX512:
      return &drift_kernels_avx512;
    case DRIFT_AVX2:
      return &drift_kernels_avx2;
    case DRIFT_PORTABLE:
      break;
  }
#else
  (void)set;
#endif
  return &drift_kernels_portable;
}
