#include "CWideKernels.h"

// Vectors this wide are passed in memory here; nothing outside this file takes one.
#pragma clang diagnostic ignored "-Wpsabi"

#define VECTOR_BYTES 64
#define SUFFIXED(name) name##_wide
#include "../../Sources/CDriftKernels/kernels_template.h"
