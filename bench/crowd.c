// Many terminals at once: keeps all that they write, each piece with its time, and costs little beside them.
// crowd COUNT COLUMNS ROWS FILE PROGRAM [ARGUMENT...]
// Prints their process ids. For each line on its input it writes what has come since into FILE, and answers with a
// line. A piece is: ns (8 bytes), terminal (4), length (4), bytes. All end with its input.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 1000, PIECE = 65536 };

typedef struct {
    long long ns;
    int terminal, length;
} Head;

static char *kept;
static size_t size, room;

static void die(const char *why) {
    perror(why);
    exit(1);
}

static void keep(int terminal, int fd, int epoll) {
    if (size + sizeof(Head) + PIECE > room) kept = realloc(kept, room = 2 * room + (1 << 24));
    if (!kept) die("memory");
    ssize_t got = read(fd, kept + size + sizeof(Head), PIECE);
    if (got <= 0) {
        epoll_ctl(epoll, EPOLL_CTL_DEL, fd, NULL);
        return;
    }
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    Head head = {.ns = t.tv_sec * 1000000000LL + t.tv_nsec, .terminal = terminal, .length = (int)got};
    memcpy(kept + size, &head, sizeof head);
    size += sizeof head + (size_t)got;
}

static void hand_over(const char *path) {
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (size_t done = 0; done < size;) {
        ssize_t put = write(file, kept + done, size - done);
        if (put <= 0) die(path);
        done += (size_t)put;
    }
    close(file);
    size = 0;
    puts("kept");
    fflush(stdout);
}

int main(int argc, char **argv) {
    int count = argc > 5 ? atoi(argv[1]) : 0, epoll = epoll_create1(EPOLL_CLOEXEC), fds[MOST];
    pid_t pids[MOST];
    if (count < 1 || count > MOST) return 2;
    struct winsize window = {.ws_col = (unsigned short)atoi(argv[2]), .ws_row = (unsigned short)atoi(argv[3])};
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = MOST};
    epoll_ctl(epoll, EPOLL_CTL_ADD, 0, &event);
    for (int i = 0; i < count; i++) {
        pids[i] = forkpty(&fds[i], NULL, NULL, &window);
        if (pids[i] < 0) die("forkpty");
        if (pids[i] == 0) {
            execv(argv[5], argv + 5);
            _exit(127);
        }
        fcntl(fds[i], F_SETFD, FD_CLOEXEC);
        event.data.u32 = (uint32_t)i;
        epoll_ctl(epoll, EPOLL_CTL_ADD, fds[i], &event);
        printf("%d ", pids[i]);
    }
    puts("");
    fflush(stdout);
    for (int open = 1; open;) {
        struct epoll_event ready[64];
        int found = epoll_wait(epoll, ready, 64, -1);
        for (int i = 0; i < found; i++) {
            char line[64];
            if (ready[i].data.u32 < MOST) keep((int)ready[i].data.u32, fds[ready[i].data.u32], epoll);
            else if (read(0, line, sizeof line) > 0) hand_over(argv[4]);
            else open = 0;
        }
    }
    for (int i = 0; i < count; i++) kill(pids[i], SIGKILL);
    for (int i = 0; i < count; i++) waitpid(pids[i], NULL, 0);
    return 0;
}
