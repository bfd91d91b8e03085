// The loops for processors with AVX2.
#include "CInstructionSets.h"
#if defined(__x86_64__)
#define VECTOR_BYTES 32
#define SUFFIXED(name) name##_avx2
#define FEATURES DRIFT_AVX2_FEATURES
#define HAS_FUSED
#include "kernels_template.h"
#endif
