#define _GNU_SOURCE
#include "CNcurses.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

int wr_start(const char *path, char *const arguments[], int output, int errors, int keep, bool ends_with_us) {
    pid_t parent = getpid(), child = fork();
    if (child != 0) return child;
    setsid();
    if (ends_with_us) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent) _exit(1); // it ended before we could ask to be told
    }
    signal(SIGPIPE, SIG_DFL);
    int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(errors, STDERR_FILENO);
    if (keep > STDERR_FILENO) fcntl(keep, F_SETFD, 0);
    execv(path, arguments);
    _exit(127);
}
