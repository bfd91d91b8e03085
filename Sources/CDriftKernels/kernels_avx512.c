// The loops for processors with AVX-512.
#include "CInstructionSets.h"
#if defined(__x86_64__)
#define VECTOR_BYTES 64
#define SUFFIXED(name) name##_avx512
#define FEATURES DRIFT_AVX512_FEATURES
#define HAS_FUSED
#include "kernels_template.h"
#endif
