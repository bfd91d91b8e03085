// Eight doubles at a time, in whatever registers there are.
#ifndef DRIFT_LANES_H
#define DRIFT_LANES_H

#include <stdint.h>
#include <string.h>

// One rounding an operation, also where the processor could fuse two.
#pragma clang fp contract(off)

enum { LANES = 8, BLOCK = 2048 };

typedef double doubles __attribute__((vector_size(64)));
typedef int64_t integers __attribute__((vector_size(64)));
typedef int32_t indices __attribute__((vector_size(32)));

#define ALL_LANES(x) {x, x, x, x, x, x, x, x}

// where ? yes : no, lane by lane; `where` is all ones or all zeros in a lane.
#define SELECT(where, yes, no) \
  ((doubles)(((integers)(yes) & (where)) | ((integers)(no) & ~(where))))

#endif
