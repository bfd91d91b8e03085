// What a program must do in C: before Swift's runtime begins, in a handler of a signal, and where
// there is no memory left.
#ifndef C_PROCESS_H
#define C_PROCESS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// emergency.c: an end without memory, and without whatever another thread may hold.

// What is told at such an end, and what is removed. Each text is copied; null takes it back.
// Not for several threads at once.
void drift_emergency_log_json(int is_json);
void drift_emergency_termination_log(const char *path);
void drift_emergency_temporary_file(const char *path);

// Removes the temporary file; for handlers of signals.
void drift_emergency_remove(void);

// Removes the temporary file, tells the message as the last line of the log and as the container's
// last message, and ends the process.
_Noreturn void drift_emergency_exit(int code, const char *message);

// start.c: called by itself before anything else runs. SIGINT, SIGTERM and SIGHUP end the process
// with 128 and their number, unless they are ignored.
void drift_start_signals(void);

// blas.c: OpenBLAS as a program wants it that has threads of its own.

// Ends the threads that a shared OpenBLAS starts when it is loaded and that would spin for a while.
// The OpenBLAS within the program that ships starts none.
void drift_blas_end_threads(void);

// The memory of one thread's products, in bytes of address space.
size_t drift_blas_thread_bytes(void);

// Sets memory aside for products on up to `threads` threads at once: OpenBLAS tries for ever where
// it gets none. Returns how many threads there is memory for, 0 for none.
int drift_blas_reserve(int threads);

#ifdef __cplusplus
}
#endif
#endif
