// The instruction sets that inner loops are compiled for, and which of them this processor has.
#ifndef C_INSTRUCTION_SETS_H
#define C_INSTRUCTION_SETS_H

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__clang__)
#define DRIFT_SWIFT_NAME(name) __attribute__((swift_name(name)))
#else
#define DRIFT_SWIFT_NAME(name)
#endif

// Ordered: a processor that has one has those before it.
typedef enum __attribute__((enum_extensibility(closed)))
    DRIFT_SWIFT_NAME("InstructionSet") drift_instruction_set {
  // Plain C: whatever the compiler takes for granted.
  DRIFT_PORTABLE DRIFT_SWIFT_NAME("portable") = 0,
  // x86-64-v3: AVX2, BMI2, FMA.
  DRIFT_AVX2 DRIFT_SWIFT_NAME("avx2") = 1,
  // x86-64-v4: AVX-512 F, BW, CD, DQ, VL.
  DRIFT_AVX512 DRIFT_SWIFT_NAME("avx512") = 2
} drift_instruction_set;

// The last one that the processor has and the operating system supports.
drift_instruction_set drift_best_instruction_set(void)
    DRIFT_SWIFT_NAME("getter:InstructionSet.best()");

#ifdef __cplusplus
}
#endif

// Functions between DRIFT_TARGET_BEGIN(...) and DRIFT_TARGET_END are compiled for these features.
// Floating point is never contracted (no a * b + c in one rounding): every copy of a function gives
// the same bytes.
#define DRIFT_PRAGMA(text) _Pragma(#text)
#define DRIFT_TARGET_BEGIN(features) \
  DRIFT_PRAGMA(clang attribute push(__attribute__((target(features))), apply_to = function))
#define DRIFT_TARGET_END DRIFT_PRAGMA(clang attribute pop)
#define DRIFT_AVX2_FEATURES "avx2,bmi,bmi2,fma,lzcnt,popcnt"
#define DRIFT_AVX512_FEATURES DRIFT_AVX2_FEATURES ",avx512f,avx512bw,avx512cd,avx512dq,avx512vl"

#endif
