// Faults of the disk, the clock and the name service, for a hub that is started with this library preloaded. Which of
// them hold now is said by numbers in a file that the attacker writes and both map (faults.py names them in order).
// CLOCK_MONOTONIC and CLOCK_BOOTTIME are left alone, as a step of the clock leaves them.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct faults {
    _Atomic int64_t clock_step;                             // seconds that the wall clock is off
    _Atomic int64_t sync_ms;                                // what a sync takes longer
    _Atomic int64_t sync_error, write_error, read_error;    // errno, of the journal's files alone
    _Atomic int64_t name_ms, name_error;                    // the same of the name service
    _Atomic int64_t syncs, names, errors;                   // how often each has been met
};

static struct faults none, *faults = &none;

__attribute__((constructor)) static void map(void) {
    const char *name = getenv("WARROOM_FAULTS");
    int fd = name ? open(name, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0) return;
    void *mapped = mmap(NULL, sizeof none, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (mapped != MAP_FAILED) faults = mapped;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void pause_for(int64_t ms) {
    struct timespec left = {ms / 1000, ms % 1000 * 1000000};
    while (nanosleep(&left, &left) < 0 && errno == EINTR) {}
}

static int is_journal(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strstr(path, "journal.sqlite") != NULL;
}

static int fails(int fd, int64_t error) {
    if (!error || !is_journal(fd)) return 0;
    faults->errors++;
    errno = (int)error;
    return 1;
}

static int slow_sync(int fd, int (*sync)(int)) {
    if (faults->sync_ms && is_journal(fd)) {
        faults->syncs++;
        pause_for(faults->sync_ms);
    }
    return fails(fd, faults->sync_error) ? -1 : sync(fd);
}

int fsync(int fd) { return slow_sync(fd, REAL(fsync)); }
int fdatasync(int fd) { return slow_sync(fd, REAL(fdatasync)); }

ssize_t write(int fd, const void *bytes, size_t count) {
    return fails(fd, faults->write_error) ? -1 : REAL(write)(fd, bytes, count);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    return fails(fd, faults->write_error) ? -1 : REAL(pwrite)(fd, bytes, count, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    return fails(fd, faults->write_error) ? -1 : REAL(pwrite64)(fd, bytes, count, at);
}
ssize_t read(int fd, void *bytes, size_t count) {
    return fails(fd, faults->read_error) ? -1 : REAL(read)(fd, bytes, count);
}
ssize_t pread(int fd, void *bytes, size_t count, off_t at) {
    return fails(fd, faults->read_error) ? -1 : REAL(pread)(fd, bytes, count, at);
}
ssize_t pread64(int fd, void *bytes, size_t count, off64_t at) {
    return fails(fd, faults->read_error) ? -1 : REAL(pread64)(fd, bytes, count, at);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int done = REAL(clock_gettime)(clock, now);
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) now->tv_sec += faults->clock_step;
    return done;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    int done = REAL(gettimeofday)(now, zone);
    now->tv_sec += faults->clock_step;
    return done;
}
time_t time(time_t *into) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (into) *into = now.tv_sec;
    return now.tv_sec;
}

static int no_name(void) {
    if (!faults->name_ms && !faults->name_error) return 0;
    faults->names++;
    pause_for(faults->name_ms);
    errno = (int)faults->name_error;
    return errno != 0;
}

struct passwd *getpwuid(uid_t uid) { return no_name() ? NULL : REAL(getpwuid)(uid); }
struct passwd *getpwnam(const char *name) { return no_name() ? NULL : REAL(getpwnam)(name); }
struct group *getgrnam(const char *name) { return no_name() ? NULL : REAL(getgrnam)(name); }
struct group *getgrgid(gid_t gid) { return no_name() ? NULL : REAL(getgrgid)(gid); }

#define NO_NAME(call) (*found = NULL, no_name() ? errno : call)
int getpwuid_r(uid_t uid, struct passwd *into, char *room, size_t size, struct passwd **found) {
    return NO_NAME(REAL(getpwuid_r)(uid, into, room, size, found));
}
int getpwnam_r(const char *name, struct passwd *into, char *room, size_t size, struct passwd **found) {
    return NO_NAME(REAL(getpwnam_r)(name, into, room, size, found));
}
int getgrnam_r(const char *name, struct group *into, char *room, size_t size, struct group **found) {
    return NO_NAME(REAL(getgrnam_r)(name, into, room, size, found));
}
int getgrgid_r(gid_t gid, struct group *into, char *room, size_t size, struct group **found) {
    return NO_NAME(REAL(getgrgid_r)(gid, into, room, size, found));
}
// A service that is down knows of no group but the one that it was told.
int getgrouplist(const char *user, gid_t group, gid_t *groups, int *count) {
    if (!no_name()) return REAL(getgrouplist)(user, group, groups, count);
    if (*count > 0) groups[0] = group;
    *count = 1;
    return 1;
}
