// Many that only read what a hub says, and cost little.
// readers SOCKET COUNT
// Prints "ready", and at the end of its input how many are still attached, and the bytes read.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const char subscribe[] = "{\"subscribe\":{\"as\":\"viewer\"}}\n";

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    int count = atoi(argv[2]), epoll = epoll_create1(EPOLL_CLOEXEC);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", argv[1]);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = 0};
    epoll_ctl(epoll, EPOLL_CTL_ADD, 0, &event);
    for (int i = 0; i < count; i++) {
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0
            || send(fd, subscribe, sizeof subscribe - 1, MSG_NOSIGNAL) < 0) {
            perror(argv[1]);
            return 1;
        }
        event.data.fd = fd;
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    }
    puts("ready");
    fflush(stdout);
    static char bytes[1 << 20];
    long long total = 0;
    for (int open = 1; open;) {
        struct epoll_event ready[64];
        int found = epoll_wait(epoll, ready, 64, -1);
        for (int i = 0; i < found; i++) {
            int fd = ready[i].data.fd;
            ssize_t got = read(fd, bytes, sizeof bytes);
            if (fd == 0) open = 0;
            else if (got <= 0) {
                epoll_ctl(epoll, EPOLL_CTL_DEL, fd, NULL);
                count--;
            } else total += got;
        }
    }
    printf("%d %lld\n", count, total);
    return 0;
}
