/*
 * Writes down what a process writes and flushes, so that a loss of power can be played afterwards: preloaded
 * (LD_PRELOAD), it stands before the calls by which Java and SQLite make, write, flush, rename and delete
 * files. The environment variable POWER_FOLDER names the folder that is watched, POWER_LOG the file with the
 * lines, one for each call that succeeded, in order:
 *
 *   W <file> <first> <end>   bytes were written; <file> is the inode's number
 *   T <file> <size>          a file was cut, or made longer
 *   S <file>                 a file was flushed
 *   N <path>                 a file or folder was made
 *   U <path>                 a file or folder was deleted
 *   R <replaced> <from>\t<to>  a file or folder was renamed; <replaced> is 1 where there was one of that name
 *   D <path>                 a folder was flushed: the names in it are durable
 *
 * What is written through a memory map is not seen. Linux only.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_PATH 4096

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static int is_watched(const char *path) {
  const char *folder = getenv("POWER_FOLDER");
  size_t length = folder ? strlen(folder) : 0;
  return length && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

/* One write appends a line whole. */
static void tell(const char *format, ...) {
  static int log = -1;
  int before = errno;
  if (log < 0) {
    log = (int)syscall(
        SYS_openat, AT_FDCWD, getenv("POWER_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  char line[2 * MOST_PATH + 64];
  va_list values;
  va_start(values, format);
  int length = vsnprintf(line, sizeof line, format, values);
  va_end(values);
  syscall(SYS_write, log, line, length);
  errno = before;
}

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, MOST_PATH - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return is_watched(path);
}

static int is_watched_file(int fd, struct stat *file) {
  char path[MOST_PATH];
  return path_of(fd, path) && !fstat(fd, file) && S_ISREG(file->st_mode);
}

/* An end of -1 is where the file stands. */
static ssize_t written(int fd, off_t end, ssize_t length) {
  struct stat file;
  int before = errno;
  if (length > 0 && is_watched_file(fd, &file)) {
    if (end < 0) end = lseek(fd, 0, SEEK_CUR);
    tell("W %lu %ld %ld\n", file.st_ino, (long)(end - length), (long)end);
  }
  errno = before;
  return length;
}

static int flushed(int fd, int result) {
  char path[MOST_PATH];
  struct stat file;
  int before = errno;
  if (!result && path_of(fd, path) && !fstat(fd, &file)) {
    if (S_ISDIR(file.st_mode)) {
      tell("D %s\n", path);
    } else {
      tell("S %lu\n", file.st_ino);
    }
  }
  errno = before;
  return result;
}

int fsync(int fd) {
  REAL(int, "fsync", int);
  return flushed(fd, real(fd));
}

int fdatasync(int fd) {
  REAL(int, "fdatasync", int);
  return flushed(fd, real(fd));
}

ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  return written(fd, -1, real(fd, bytes, length));
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  return written(fd, -1, real(fd, parts, count));
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t position) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  ssize_t done = real(fd, bytes, length, position);
  return written(fd, position + done, done);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t position) {
  return pwrite64(fd, bytes, length, position);
}

ssize_t sendfile64(int out, int in, off64_t *position, size_t length) {
  REAL(ssize_t, "sendfile64", int, int, off64_t *, size_t);
  return written(out, -1, real(out, in, position, length));
}

ssize_t sendfile(int out, int in, off_t *position, size_t length) {
  return sendfile64(out, in, position, length);
}

ssize_t copy_file_range(
    int in, off64_t *from, int out, off64_t *to, size_t length, unsigned flags) {
  REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
  ssize_t done = real(in, from, out, to, length, flags);
  return written(out, to ? *to : -1, done);
}

static int cut(int fd, off_t size, int result) {
  struct stat file;
  int before = errno;
  if (!result && is_watched_file(fd, &file)) tell("T %lu %ld\n", file.st_ino, (long)size);
  errno = before;
  return result;
}

int ftruncate64(int fd, off64_t size) {
  REAL(int, "ftruncate64", int, off64_t);
  return cut(fd, size, real(fd, size));
}

int ftruncate(int fd, off_t size) {
  return ftruncate64(fd, size);
}

/* Whether a call that may make this file is watched, and it is not there yet. */
static int is_new(const char *path, int flags) {
  int before = errno;
  int missing = (flags & O_CREAT) && path && is_watched(path) && access(path, F_OK);
  errno = before;
  return missing;
}

static int opened(const char *path, int new, int fd) {
  if (fd >= 0 && new) tell("N %s\n", path);
  return fd;
}

#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, flags); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  }

int open64(const char *path, int flags, ...) {
  MODE(flags)
  REAL(int, "open64", const char *, int, ...);
  int new = is_new(path, flags);
  return opened(path, new, real(path, flags, mode));
}

int open(const char *path, int flags, ...) {
  MODE(flags)
  REAL(int, "open", const char *, int, ...);
  int new = is_new(path, flags);
  return opened(path, new, real(path, flags, mode));
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  int result = real(path, mode);
  if (!result && is_watched(path)) tell("N %s\n", path);
  return result;
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  int result = real(path);
  if (!result && is_watched(path)) tell("U %s\n", path);
  return result;
}

int rmdir(const char *path) {
  REAL(int, "rmdir", const char *);
  int result = real(path);
  if (!result && is_watched(path)) tell("U %s\n", path);
  return result;
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  int before = errno;
  int replaces = !access(to, F_OK);
  errno = before;
  int result = real(from, to);
  if (!result && is_watched(to)) tell("R %d %s\t%s\n", replaces, from, to);
  return result;
}
