/*
 * A disk that fails as it is told: preloaded into a process (LD_PRELOAD), it stands before the calls by
 * which Java and SQLite write, flush and rename files. The environment variable FAULTS names a file with
 * rules, which is read again whenever it has changed; FAULTS.made lists every fault that was made.
 *
 * A rule is one line: "<call> <skip> <times> <error> <stall> <drop> <pattern>".
 *   call     sync (fsync, fdatasync), write (every way of writing), rename (its target) or open
 *   skip     so many matching calls pass first
 *   times    so many fail after that; then they pass again
 *   error    errno of the failure; 0: the call is only held up
 *   stall    milliseconds that the call takes longer
 *   drop     1: a failed flush turns what was written since the last good one into zeros. Linux drops
 *            the pages of a failed flush likewise: the next flush succeeds, the bytes are gone.
 *   pattern  of the file's whole path, as fnmatch(3) has it; * also stands for slashes
 *
 * Linux only.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_RULES 32
#define MOST_STRETCHES 65536
#define MOST_PATH 4096

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

struct rule {
  char call[16];
  long skip, times, error, stall, drop;
  char pattern[1024];
};

/* Bytes of a file that no good flush has seen. */
struct stretch {
  dev_t device;
  ino_t inode;
  off_t first, end;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct rule rules[MOST_RULES];
static int rule_count;
static struct timespec rules_time;
static ino_t rules_inode;
static struct stretch dirty[MOST_STRETCHES];
static int dirty_count;

static void read_rules(void) {
  const char *control = getenv("FAULTS");
  struct stat now;
  if (!control || stat(control, &now)) {
    rule_count = 0;
    return;
  }
  if (now.st_ino == rules_inode && now.st_mtim.tv_sec == rules_time.tv_sec
      && now.st_mtim.tv_nsec == rules_time.tv_nsec) {
    return;
  }
  rules_inode = now.st_ino;
  rules_time = now.st_mtim;
  rule_count = 0;
  FILE *file = fopen(control, "re");
  if (!file) return;
  char line[2048];
  while (rule_count < MOST_RULES && fgets(line, sizeof line, file)) {
    struct rule *r = &rules[rule_count];
    if (sscanf(line, "%15s %ld %ld %ld %ld %ld %1023[^\n]", r->call, &r->skip, &r->times, &r->error,
               &r->stall, &r->drop, r->pattern) == 7) {
      rule_count++;
    }
  }
  fclose(file);
}

static void tell(const char *call, long error, const char *path) {
  char name[MOST_PATH], line[MOST_PATH + 64];
  snprintf(name, sizeof name, "%s.made", getenv("FAULTS"));
  int length = snprintf(line, sizeof line, "%s %ld %s\n", call, error, path);
  REAL(ssize_t, "write", int, const void *, size_t);
  int fd = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd >= 0) {
    if (real(fd, line, length) < 0) perror(name);
    close(fd);
  }
}

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, MOST_PATH - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return path[0] == '/';
}

/* The rule that makes this call fail, used once; its copy is in *found. */
static int due(const char *call, const char *path, struct rule *found) {
  int is_due = 0;
  pthread_mutex_lock(&lock);
  read_rules();
  for (int i = 0; i < rule_count && !is_due; i++) {
    struct rule *r = &rules[i];
    if (strcmp(r->call, call) || fnmatch(r->pattern, path, 0)) continue;
    if (r->skip > 0) {
      r->skip--;
    } else if (r->times > 0) {
      r->times--;
      *found = *r;
      is_due = 1;
    }
  }
  pthread_mutex_unlock(&lock);
  return is_due;
}

/* Whether the call is to fail, with errno set. */
static int fails(const char *call, const char *path, struct rule *found) {
  if (!due(call, path, found)) return 0;
  tell(call, found->error, path);
  if (found->stall) usleep(found->stall * 1000);
  errno = (int)found->error;
  return found->error != 0;
}

static int fd_fails(const char *call, int fd, struct rule *found) {
  char path[MOST_PATH];
  int before = errno;
  int failing = path_of(fd, path) && fails(call, path, found);
  if (!failing) errno = before;
  return failing;
}

static int is_dropped(const char *path) {
  for (int i = 0; i < rule_count; i++) {
    if (rules[i].drop && !fnmatch(rules[i].pattern, path, 0)) return 1;
  }
  return 0;
}

/* Remembers what was written to a file whose flush may drop it; an end of -1 is where the file stands. */
static ssize_t written(int fd, off_t end, ssize_t length) {
  char path[MOST_PATH];
  struct stat file;
  int before = errno;
  if (length > 0 && path_of(fd, path) && !fstat(fd, &file) && S_ISREG(file.st_mode)) {
    if (end < 0) end = lseek(fd, 0, SEEK_CUR);
    pthread_mutex_lock(&lock);
    if (is_dropped(path) && dirty_count < MOST_STRETCHES) {
      dirty[dirty_count++] = (struct stretch){file.st_dev, file.st_ino, end - length, end};
    }
    pthread_mutex_unlock(&lock);
  }
  errno = before;
  return length;
}

static void zero(const char *path, struct stretch s) {
  static const char zeros[65536];
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  while (fd >= 0 && s.first < s.end) {
    size_t length = s.end - s.first < (off_t)sizeof zeros ? (size_t)(s.end - s.first) : sizeof zeros;
    ssize_t done = real(fd, zeros, length, s.first);
    if (done <= 0) break;
    s.first += done;
  }
  if (fd >= 0) close(fd);
}

/* After a flush: forgets what was written to the file, and makes it zeros where that is asked. */
static void flushed(int fd, int drop) {
  char path[MOST_PATH];
  struct stat file;
  int before = errno;
  if (!fstat(fd, &file) && path_of(fd, path)) {
    pthread_mutex_lock(&lock);
    int left = 0;
    for (int i = 0; i < dirty_count; i++) {
      if (dirty[i].device != file.st_dev || dirty[i].inode != file.st_ino) {
        dirty[left++] = dirty[i];
      } else if (drop) {
        zero(path, dirty[i]);
      }
    }
    dirty_count = left;
    pthread_mutex_unlock(&lock);
  }
  errno = before;
}

static int flush(int fd, int (*real)(int)) {
  struct rule rule;
  if (fd_fails("sync", fd, &rule)) {
    flushed(fd, rule.drop != 0);
    errno = (int)rule.error;
    return -1;
  }
  int result = real(fd);
  if (!result) flushed(fd, 0);
  return result;
}

int fsync(int fd) {
  REAL(int, "fsync", int);
  return flush(fd, real);
}

int fdatasync(int fd) {
  REAL(int, "fdatasync", int);
  return flush(fd, real);
}

ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  struct rule rule;
  return fd_fails("write", fd, &rule) ? -1 : written(fd, -1, real(fd, bytes, length));
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  struct rule rule;
  return fd_fails("write", fd, &rule) ? -1 : written(fd, -1, real(fd, parts, count));
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t position) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  struct rule rule;
  if (fd_fails("write", fd, &rule)) return -1;
  ssize_t done = real(fd, bytes, length, position);
  return written(fd, position + done, done);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t position) {
  return pwrite64(fd, bytes, length, position);
}

ssize_t sendfile64(int out, int in, off64_t *position, size_t length) {
  REAL(ssize_t, "sendfile64", int, int, off64_t *, size_t);
  struct rule rule;
  return fd_fails("write", out, &rule) ? -1 : written(out, -1, real(out, in, position, length));
}

ssize_t sendfile(int out, int in, off_t *position, size_t length) {
  return sendfile64(out, in, position, length);
}

ssize_t copy_file_range(
    int in, off64_t *from, int out, off64_t *to, size_t length, unsigned flags) {
  REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
  struct rule rule;
  if (fd_fails("write", out, &rule)) return -1;
  ssize_t done = real(in, from, out, to, length, flags);
  return written(out, to ? *to : -1, done);
}

/* Java opens files by this name, and what is above by the other. */
int open64(const char *path, int flags, ...) {
  REAL(int, "open64", const char *, int, ...);
  struct rule rule;
  va_list more;
  va_start(more, flags);
  int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;
  va_end(more);
  int before = errno;
  if (fails("open", path, &rule)) return -1;
  errno = before;
  return real(path, flags, mode);
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  struct rule rule;
  return fails("rename", to, &rule) ? -1 : real(from, to);
}
