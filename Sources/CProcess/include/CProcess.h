// What a program must do in C: before Swift's runtime begins, when it crashes, where there is no
// memory left, and with libraries that take a process for their own.
#ifndef DRIFT_CPROCESS_H
#define DRIFT_CPROCESS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// arguments.c

// The words of the command line, the program's name first, as the C runtime got them. The standard
// library of Swift reads them from /proc, and has none when that fails.
char *const *drift_program_arguments(int *count);

// start.c

// Whether this process is the program: C code of ours is in test bundles too, whose crashes, signals
// and memory are not ours.
int drift_is_program(void);

// SIGINT, SIGTERM and SIGHUP end the process with 128 and their number, unless they are ignored.
// The program does it by itself, before anything else.
void drift_start_signals(void);

// crash.c: an end without memory, and without whatever another thread may hold.

// From now on a crash removes the file that is being written, says on one line what happened, and ends
// the process with an exit code. For a program that owns its process; signals that somebody else
// handles are left alone. Without memory it ends so anyway: see memory.c.
void drift_crash_handler_install(void);

// What an end has to know. None of these allocates; the paths are copied.

// The temporary file that is being written; NULL for none.
void drift_crash_note_temporary(const char *path);
// An output was written.
void drift_crash_note_written(void);
// The form of log lines, and the file for a container's last message, NULL for the usual one.
void drift_crash_note_log(int is_json, const char *termination_log);

// Exit codes: those of a lack of memory and of a bug.
enum { DRIFT_CRASH_NO_MEMORY = 74, DRIFT_CRASH_BUG = 70 };

// Removes the temporary file; for handlers of signals.
void drift_crash_remove_temporary(void);
// Ends the process as a crash does, with a message of its own.
_Noreturn void drift_crash_exit(int code, const char *message);
// Ends the process, as a crash does, when there are not so many bytes.
_Noreturn void drift_crash_without_memory(size_t bytes);

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
