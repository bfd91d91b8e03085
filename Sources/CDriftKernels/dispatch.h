// Compiles a function once more for AVX2 and picks the right one when the program is loaded.
// Floating point is never contracted (no a * b + c in one rounding), so all copies give the same
// bytes.
#ifndef DRIFT_DISPATCH_H
#define DRIFT_DISPATCH_H

#pragma clang fp contract(off)

#if defined(__x86_64__) && defined(__gnu_linux__)
#define DRIFT_DISPATCHED __attribute__((target_clones("avx2", "default")))
#else
#define DRIFT_DISPATCHED
#endif

#endif
