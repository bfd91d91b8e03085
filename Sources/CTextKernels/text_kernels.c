#include "CTextKernels.h"
int drift_text_kernels_placeholder(void) { return 0; }
