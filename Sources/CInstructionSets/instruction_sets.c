#include "CInstructionSets.h"

drift_instruction_set drift_best_instruction_set(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") ||
      !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("popcnt")) {
    return DRIFT_PORTABLE;
  }
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl")) {
    return DRIFT_AVX512;
  }
  return DRIFT_AVX2;
#else
  return DRIFT_PORTABLE;
#endif
}
