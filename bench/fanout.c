// Plays the hub for the C baseline: a line is appended, synced, and only then sent to everybody else, as the real hub
// must.
// fanout SOCKET FILE
// To a line "?" it answers the ms of each sync since the last such line, as JSON.
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 32, SYNCS = 4096 };

static double took[SYNCS];
static int syncs;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void tell(int fd) {
    char line[SYNCS * 16];
    int length = 0;
    for (int i = 0; i < syncs; i++) length += sprintf(line + length, "%c%.4f", i ? ',' : '[', took[i]);
    length += sprintf(line + length, "%s]\n", syncs ? "" : "[");
    send(fd, line, (size_t)length, MSG_NOSIGNAL);
    syncs = 0;
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", argv[1]);
    int file = open(argv[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct pollfd open_fds[MOST] = {{.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), .events = POLLIN}};
    int count = 1;
    if (file < 0 || bind(open_fds[0].fd, (struct sockaddr *)&address, sizeof address) < 0
        || listen(open_fds[0].fd, 8) < 0) {
        perror("fanout");
        return 1;
    }
    static char bytes[65536];
    while (poll(open_fds, (nfds_t)count, -1) >= 0) {
        for (int i = count - 1; i > 0; i--) {
            if (!open_fds[i].revents) continue;
            ssize_t got = read(open_fds[i].fd, bytes, sizeof bytes);
            if (got <= 0) {
                close(open_fds[i].fd);
                open_fds[i] = open_fds[--count];
                continue;
            }
            if (got == 2 && bytes[0] == '?') {
                tell(open_fds[i].fd);
                continue;
            }
            double began = now();
            if (write(file, bytes, (size_t)got) != got || fdatasync(file) != 0) return 1;
            if (syncs < SYNCS) took[syncs++] = now() - began;
            for (int other = 1; other < count; other++)
                if (other != i) send(open_fds[other].fd, bytes, (size_t)got, MSG_NOSIGNAL | MSG_DONTWAIT);
        }
        if (open_fds[0].revents && count < MOST) {
            int fd = accept4(open_fds[0].fd, NULL, NULL, SOCK_CLOEXEC);
            if (fd >= 0) open_fds[count++] = (struct pollfd){.fd = fd, .events = POLLIN};
        }
    }
    return 0;
}
