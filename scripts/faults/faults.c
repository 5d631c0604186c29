/*
 * Loaded before libc (LD_PRELOAD): the k-th open for writing, write, fsync, rename or unlink below a folder fails, is cut
 * short or kills the process. FAULT=KIND:K:ROUND in the environment, FAULT_FOLDER the folder; a new ROUND counts anew. With
 * K = 0 nothing fails. FAULT_COUNT names a file that is kept at the number of calls so far.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char counted[128];
static int calls;
static char ours[65536];

static int below(const char *path) {
  const char *folder = getenv("FAULT_FOLDER");
  return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

/* 0: go on; 1: fail with *code; 2: write a part. */
static int strike(int *code) {
  const char *fault = getenv("FAULT");
  if (!fault) return 0;
  pthread_mutex_lock(&lock);
  if (strncmp(fault, counted, sizeof counted - 1) != 0) {
    strncpy(counted, fault, sizeof counted - 1);
    calls = 0;
  }
  int call = ++calls;
  pthread_mutex_unlock(&lock);
  const char *file = getenv("FAULT_COUNT");
  if (file) {
    int fd = REAL(open)(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dprintf(fd, "%d", call);
    close(fd);
  }
  char kind[32] = "";
  int k = 0;
  sscanf(fault, "%31[^:]:%d", kind, &k);
  if (call != k) return 0;
  if (strcmp(kind, "kill") == 0) kill(getpid(), SIGKILL);
  if (strcmp(kind, "short") == 0) return 2;
  *code = strcmp(kind, "ENOSPC") == 0 ? ENOSPC : EIO;
  return 1;
}

static int opening(const char *path, int flags) {
  int code;
  if (!below(path) || (flags & O_ACCMODE) == O_RDONLY) return 0;
  if (strike(&code) != 1) return 0;
  errno = code;
  return -1;
}

static int opened(int fd, const char *path, int flags) {
  if (fd >= 0 && fd < (int)sizeof ours) ours[fd] = below(path) && (flags & O_ACCMODE) != O_RDONLY;
  return fd;
}

#define OPEN(name)                                  \
  int name(const char *path, int flags, ...) {      \
    va_list rest;                                   \
    va_start(rest, flags);                          \
    int mode = va_arg(rest, int);                   \
    va_end(rest);                                   \
    if (opening(path, flags)) return -1;            \
    return opened(REAL(name)(path, flags, mode), path, flags); \
  }
OPEN(open)
OPEN(open64)

static int isOurs(int fd) { return fd >= 0 && fd < (int)sizeof ours && ours[fd]; }

ssize_t write(int fd, const void *from, size_t count) {
  int code, how = isOurs(fd) ? strike(&code) : 0;
  if (how == 1) return errno = code, -1;
  return REAL(write)(fd, from, how == 2 && count > 1 ? count / 2 : count);
}

ssize_t pwrite(int fd, const void *from, size_t count, off_t at) {
  int code, how = isOurs(fd) ? strike(&code) : 0;
  if (how == 1) return errno = code, -1;
  return REAL(pwrite)(fd, from, how == 2 && count > 1 ? count / 2 : count, at);
}

ssize_t pwrite64(int fd, const void *from, size_t count, off64_t at) {
  int code, how = isOurs(fd) ? strike(&code) : 0;
  if (how == 1) return errno = code, -1;
  return REAL(pwrite64)(fd, from, how == 2 && count > 1 ? count / 2 : count, at);
}

ssize_t writev(int fd, const struct iovec *from, int count) {
  int code, how = isOurs(fd) ? strike(&code) : 0;
  if (how == 1) return errno = code, -1;
  return REAL(writev)(fd, from, how == 2 && count > 1 ? count / 2 : count);
}

#define SYNC(name)                                   \
  int name(int fd) {                                 \
    int code;                                        \
    if (isOurs(fd) && strike(&code) == 1) return errno = code, -1; \
    return REAL(name)(fd);                           \
  }
SYNC(fsync)
SYNC(fdatasync)

int rename(const char *from, const char *to) {
  int code;
  if (below(to) && strike(&code) == 1) return errno = code, -1;
  return REAL(rename)(from, to);
}

int unlink(const char *path) {
  int code;
  if (below(path) && strike(&code) == 1) return errno = code, -1;
  return REAL(unlink)(path);
}
