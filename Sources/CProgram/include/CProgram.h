// The process around the program: its arguments, and its end when it crashes or has no memory.
#ifndef DRIFT_CPROGRAM_H
#define DRIFT_CPROGRAM_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// The words of the command line, the program's name first, as the C runtime got them. The standard
// library of Swift reads them from /proc, and has none when that fails.
char *const *drift_program_arguments(int *count);

// From now on a crash removes the file that is being written, says on one line what happened, and ends
// the process with an exit code. For a program that owns its process; signals that somebody else
// handles are left alone. Without memory it ends so anyway: see memory.c.
void drift_crash_handler_install(void);

// What the handler has to know. None of these allocates; the paths are copied.

// The temporary file that is being written; NULL for none.
void drift_crash_note_temporary(const char *path);
// An output was written.
void drift_crash_note_written(void);
// The form of log lines, and the file for a container's last message, NULL for none.
void drift_crash_note_log(int is_json, const char *termination_log);

// Exit codes: those of a lack of memory and of a bug.
enum { DRIFT_CRASH_NO_MEMORY = 74, DRIFT_CRASH_BUG = 70 };

// Ends the process, as a crash does, when there are not so many bytes.
_Noreturn void drift_crash_without_memory(size_t bytes);

#ifdef __cplusplus
}
#endif
#endif
