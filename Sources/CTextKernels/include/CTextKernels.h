// Inner loops over the bytes of a CSV.
#ifndef C_TEXT_KERNELS_H
#define C_TEXT_KERNELS_H

#include "CInstructionSets.h"

int drift_text_kernels_placeholder(void);

#endif
