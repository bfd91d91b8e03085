// The loops for any processor.
#define VECTOR_BYTES 16
#define SUFFIXED(name) name##_portable
#include "kernels_template.h"
