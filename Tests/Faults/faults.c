// Makes the calls of one kind fail, from the outside: LD_PRELOAD, set up by the environment.
//
//   FAULTS_KIND   which kind of call: a name of `names`, or nothing to count only
//   FAULTS_AT     the number of the call that fails, from 1
//   FAULTS_LAST   the last one that fails: the same, or a very large number for all from there on
//   FAULTS_ERROR  the errno value; 0 makes reads and writes short instead; of `crash`, which counts all
//                 calls but those for memory, the signal that comes there
//   FAULTS_STATE  a file of at least `sizeof(struct state)` bytes, for what happened
//
// Calls are counted from when this library is set up: after the loader, before the program's own
// constructors. Nothing here allocates, and all calls go straight to the kernel where that can be.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum {
  ALLOC, MMAP, OPEN, READ, WRITE, SYNC, RENAME, CLOSE, STAT, MKDIR, THREAD, NET, CRASH, KINDS, NONE
};
static const char *const names[KINDS] = {"alloc",  "mmap",  "open", "read",  "write",  "sync", "rename",
                                         "close", "stat", "mkdir", "thread", "net", "crash"};

struct state {
  _Atomic uint64_t counts[KINDS];
  _Atomic uint64_t injected;
  // Of these: writes to standard error.
  _Atomic uint64_t injected_messages;
};

static struct state *state;
static int kind = NONE, error;
static uint64_t first, last;

static uint64_t number(const char *name) {
  const char *text = getenv(name);
  return text ? strtoull(text, NULL, 10) : 0;
}

__attribute__((constructor)) static void set_up(void) {
  const char *path = getenv("FAULTS_STATE"), *wanted = getenv("FAULTS_KIND");
  if (!path) return;
  for (int k = 0; wanted && k < KINDS; k++) {
    if (strcmp(wanted, names[k]) == 0) kind = k;
  }
  first = number("FAULTS_AT");
  last = number("FAULTS_LAST");
  error = (int)number("FAULTS_ERROR");
  long file = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
  long memory = syscall(SYS_mmap, NULL, sizeof *state, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0L);
  syscall(SYS_close, file);
  if (memory != -1) state = (struct state *)memory;
}

// Whether this call is to fail.
static int fails(int which) {
  if (!state) return 0;
  if (which != ALLOC) {
    uint64_t all = atomic_fetch_add(&state->counts[CRASH], 1) + 1;
    if (kind == CRASH && all >= first && all <= last) {
      atomic_fetch_add(&state->injected, 1);
      raise(error);
    }
  }
  uint64_t n = atomic_fetch_add(&state->counts[which], 1) + 1;
  if (which != kind || n < first || n > last) return 0;
  atomic_fetch_add(&state->injected, 1);
  return 1;
}

// Whether this call is to fail with an error, or, with `count`, to do half of its work only.
static int fails_or_is_short(int which, size_t *count) {
  if (!fails(which)) return 0;
  if (error != 0) {
    errno = error;
    return 1;
  }
  if (*count > 1) *count /= 2;
  return 0;
}

#define FAIL(which, value)   \
  do {                       \
    if (fails(which)) {      \
      errno = error;         \
      return value;          \
    }                        \
  } while (0)
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// Memory. A program with a malloc of its own calls these beginnings with two underscores, one without
// has the others; nobody comes before definitions in an executable.

static void *real(const char *name, _Atomic(void *) *known) {
  void *function = atomic_load(known);
  if (!function) atomic_store(known, function = dlsym(RTLD_NEXT, name));
  return function;
}

#define REAL_MEMORY(name, ...)            \
  static _Atomic(void *) known;           \
  FAIL(ALLOC, NULL);                      \
  return ((void *(*)(__VA_ARGS__))real(#name, &known))

void *__libc_malloc(size_t size) {
  REAL_MEMORY(malloc, size_t)(size);
}

void *__libc_calloc(size_t count, size_t size) {
  REAL_MEMORY(calloc, size_t, size_t)(count, size);
}

void *__libc_realloc(void *old, size_t size) {
  REAL_MEMORY(realloc, void *, size_t)(old, size);
}

void *__libc_memalign(size_t alignment, size_t size) {
  REAL_MEMORY(memalign, size_t, size_t)(alignment, size);
}

void *malloc(size_t) __attribute__((alias("__libc_malloc")));
void *calloc(size_t, size_t) __attribute__((alias("__libc_calloc")));
void *realloc(void *, size_t) __attribute__((alias("__libc_realloc")));
void *memalign(size_t, size_t) __attribute__((alias("__libc_memalign")));
void *aligned_alloc(size_t, size_t) __attribute__((alias("__libc_memalign")));

int posix_memalign(void **result, size_t alignment, size_t size) {
  void *memory = __libc_memalign(alignment, size);
  if (!memory) return ENOMEM;
  *result = memory;
  return 0;
}

void *mmap(void *where, size_t size, int protection, int flags, int file, off_t offset) {
  // Memory too.
  FAIL(ALLOC, MAP_FAILED);
  FAIL(MMAP, MAP_FAILED);
  return (void *)syscall(SYS_mmap, where, size, protection, flags, file, offset);
}

// Files.

#define MODE(flags)                                    \
  mode_t mode = 0;                                     \
  if ((flags) & (O_CREAT | __O_TMPFILE)) {             \
    va_list rest;                                      \
    va_start(rest, flags);                             \
    mode = va_arg(rest, mode_t);                       \
    va_end(rest);                                      \
  }

int open(const char *path, int flags, ...) {
  MODE(flags)
  FAIL(OPEN, -1);
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  MODE(flags)
  FAIL(OPEN, -1);
  return (int)syscall(SYS_openat, folder, path, flags, mode);
}

int creat(const char *path, mode_t mode) {
  FAIL(OPEN, -1);
  return (int)syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

FILE *fopen(const char *path, const char *mode) {
  FAIL(OPEN, NULL);
  return REAL(fopen)(path, mode);
}

int open64(const char *, int, ...) __attribute__((alias("open")));
int openat64(int, const char *, int, ...) __attribute__((alias("openat")));
FILE *fopen64(const char *, const char *) __attribute__((alias("fopen")));

ssize_t read(int file, void *buffer, size_t count) {
  if (fails_or_is_short(READ, &count)) return -1;
  return syscall(SYS_read, file, buffer, count);
}

ssize_t pread(int file, void *buffer, size_t count, off_t offset) {
  if (fails_or_is_short(READ, &count)) return -1;
  return syscall(SYS_pread64, file, buffer, count, offset);
}

ssize_t pread64(int, void *, size_t, off_t) __attribute__((alias("pread")));

ssize_t readv(int file, const struct iovec *parts, int count) {
  FAIL(READ, -1);
  return syscall(SYS_readv, file, parts, count);
}

size_t fread(void *buffer, size_t size, size_t count, FILE *file) {
  FAIL(READ, 0);
  return REAL(fread)(buffer, size, count, file);
}

ssize_t write(int file, const void *buffer, size_t count) {
  uint64_t before = state ? atomic_load(&state->injected) : 0;
  int failed = fails_or_is_short(WRITE, &count);
  if (file == STDERR_FILENO && state && atomic_load(&state->injected) != before) {
    atomic_fetch_add(&state->injected_messages, 1);
  }
  return failed ? -1 : syscall(SYS_write, file, buffer, count);
}

ssize_t pwrite(int file, const void *buffer, size_t count, off_t offset) {
  if (fails_or_is_short(WRITE, &count)) return -1;
  return syscall(SYS_pwrite64, file, buffer, count, offset);
}

ssize_t pwrite64(int, const void *, size_t, off_t) __attribute__((alias("pwrite")));

ssize_t writev(int file, const struct iovec *parts, int count) {
  FAIL(WRITE, -1);
  return syscall(SYS_writev, file, parts, count);
}

int fsync(int file) {
  FAIL(SYNC, -1);
  return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
  FAIL(SYNC, -1);
  return (int)syscall(SYS_fdatasync, file);
}

int rename(const char *from, const char *to) {
  FAIL(RENAME, -1);
  return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int renameat(int folder, const char *from, int other, const char *to) {
  FAIL(RENAME, -1);
  return (int)syscall(SYS_renameat2, folder, from, other, to, 0);
}

int linkat(int folder, const char *from, int other, const char *to, int flags) {
  FAIL(RENAME, -1);
  return (int)syscall(SYS_linkat, folder, from, other, to, flags);
}

// The kernel closes the descriptor whatever it says.
int close(int file) {
  int failed = fails(CLOSE);
  int result = (int)syscall(SYS_close, file);
  if (!failed) return result;
  errno = error;
  return -1;
}

int fstat(int file, struct stat *info) {
  FAIL(STAT, -1);
  return (int)syscall(SYS_fstat, file, info);
}

int fstatat(int folder, const char *path, struct stat *info, int flags) {
  FAIL(STAT, -1);
  return (int)syscall(SYS_newfstatat, folder, path, info, flags);
}

int stat(const char *path, struct stat *info) {
  FAIL(STAT, -1);
  return (int)syscall(SYS_newfstatat, AT_FDCWD, path, info, 0);
}

int lstat(const char *path, struct stat *info) {
  FAIL(STAT, -1);
  return (int)syscall(SYS_newfstatat, AT_FDCWD, path, info, AT_SYMLINK_NOFOLLOW);
}

int access(const char *path, int mode) {
  FAIL(STAT, -1);
  return (int)syscall(SYS_faccessat, AT_FDCWD, path, mode);
}

int mkdir(const char *path, mode_t mode) {
  FAIL(MKDIR, -1);
  return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

// Threads, the network, and no waiting between attempts.

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *),
                   void *argument) {
  if (fails(THREAD)) return error;
  return REAL(pthread_create)(thread, attributes, body, argument);
}

int socket(int domain, int type, int protocol) {
  FAIL(NET, -1);
  return (int)syscall(SYS_socket, domain, type, protocol);
}

int connect(int socket, const struct sockaddr *address, socklen_t length) {
  FAIL(NET, -1);
  return (int)syscall(SYS_connect, socket, address, length);
}

ssize_t send(int socket, const void *buffer, size_t count, int flags) {
  if (fails_or_is_short(NET, &count)) return -1;
  return syscall(SYS_sendto, socket, buffer, count, flags, NULL, 0);
}

ssize_t recv(int socket, void *buffer, size_t count, int flags) {
  if (fails_or_is_short(NET, &count)) return -1;
  return syscall(SYS_recvfrom, socket, buffer, count, flags, NULL, NULL);
}

int nanosleep(const struct timespec *time, struct timespec *rest) {
  (void)time, (void)rest;
  return 0;
}
