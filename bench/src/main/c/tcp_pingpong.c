/*
 * Round trips over loopback TCP in C: the floor under tcp-nio.
 *
 *   gcc -std=c99 -O2 -o tcp_pingpong tcp_pingpong.c
 *   ./tcp_pingpong [messages [clientCpu serverCpu]]        (defaults: 200000 0 1; a cpu of -1 is not pinned)
 *
 * The same as the hand-written Java loop: both ends spin on a receive that does not block, TCP_NODELAY, a length of 4 bytes
 * before a message of 32, of which length and sequence are checked at both ends. The server is a child process. A tenth of
 * the messages more go first, unmeasured. Prints one line, in nanoseconds:
 *
 *   messages=200000 p50=7210 p90=7480 p99=9120 max=81210 mean=7302 clientCpu=0 serverCpu=1
 *
 * and "unpinned" in place of a cpu that could not be had. Exit status: 0, 1 if something broke, 2 for a wrong argument.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MESSAGE_BYTES = 32, MAX_MESSAGES = 10000000, TIMEOUT_S = 120 };

/* Little-endian machines only, as the fields are written as they lie in memory. */
struct frame {
    int32_t prefix;
    int32_t run;
    int32_t phase;
    int32_t sequence_low;
    int32_t sequence_high;
    int32_t intended_low;
    int32_t intended_high;
    int32_t length;
    int32_t checksum;
};

static void fail(const char *what) {
    fprintf(stderr, "tcp_pingpong: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * 1000000000 + t.tv_nsec;
}

static int pin(int cpu) {
    cpu_set_t set;
    if (cpu < 0) {
        return 0;
    }
    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    return sched_setaffinity(0, sizeof set, &set) == 0;
}

static void configure(int fd) {
    int on = 1;
    if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0) {
        fail("TCP_NODELAY");
    }
    if (fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) != 0) {
        fail("O_NONBLOCK");
    }
}

static void pause_cpu(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

/* Returns 0 at the end of the stream. */
static int receive(int fd, struct frame *frame) {
    size_t count = 0;
    while (count < sizeof *frame) {
        const ssize_t more = recv(fd, (char *) frame + count, sizeof *frame - count, 0);
        if (more > 0) {
            count += (size_t) more;
        } else if (more == 0) {
            return 0;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            pause_cpu();
        } else if (errno != EINTR) {
            fail("recv");
        }
    }
    return 1;
}

static void transmit(int fd, const struct frame *frame) {
    size_t count = 0;
    while (count < sizeof *frame) {
        const ssize_t more = send(fd, (const char *) frame + count, sizeof *frame - count, MSG_NOSIGNAL);
        if (more > 0) {
            count += (size_t) more;
        } else if (more < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
            fail("send");
        }
    }
}

static void check(const struct frame *frame, int32_t sequence) {
    if (frame->prefix != MESSAGE_BYTES || frame->length != MESSAGE_BYTES || frame->sequence_low != sequence) {
        fprintf(stderr, "tcp_pingpong: a wrong message came in place of %d\n", (int) sequence);
        exit(1);
    }
}

static void serve(int listening, int cpu) {
    struct frame frame;
    int32_t sequence = 0;
    const int fd = accept(listening, NULL, NULL);
    if (fd < 0) {
        fail("accept");
    }
    configure(fd);
    pin(cpu);
    while (receive(fd, &frame)) {
        check(&frame, sequence++);
        transmit(fd, &frame);
    }
}

static int compare(const void *a, const void *b) {
    const int64_t x = *(const int64_t *) a;
    const int64_t y = *(const int64_t *) b;
    return (x > y) - (x < y);
}

static void measure(int fd, int messages, int client_cpu, int server_cpu) {
    const int warmup = messages / 10;
    int64_t *took = malloc((size_t) messages * sizeof *took);
    int64_t sum = 0;
    struct frame frame;
    char client[16];
    char server[16];
    if (took == NULL) {
        fail("malloc");
    }
    for (int i = 0; i < warmup + messages; i++) {
        const int64_t start = now_ns();
        memset(&frame, 0, sizeof frame);
        frame.prefix = MESSAGE_BYTES;
        frame.length = MESSAGE_BYTES;
        frame.sequence_low = i;
        transmit(fd, &frame);
        if (!receive(fd, &frame)) {
            fprintf(stderr, "tcp_pingpong: the server has ended\n");
            exit(1);
        }
        check(&frame, i);
        if (i >= warmup) {
            took[i - warmup] = now_ns() - start;
            sum += took[i - warmup];
        }
    }
    qsort(took, (size_t) messages, sizeof *took, compare);
    snprintf(client, sizeof client, client_cpu < 0 ? "unpinned" : "%d", client_cpu);
    snprintf(server, sizeof server, server_cpu < 0 ? "unpinned" : "%d", server_cpu);
    printf("messages=%d p50=%lld p90=%lld p99=%lld max=%lld mean=%lld clientCpu=%s serverCpu=%s\n", messages,
           (long long) took[messages / 2], (long long) took[(int64_t) messages * 90 / 100],
           (long long) took[(int64_t) messages * 99 / 100], (long long) took[messages - 1],
           (long long) (sum / messages), client, server);
    free(took);
}

static int argument(char **argv, int argc, int index, int otherwise, int least, int most) {
    char *end;
    long value;
    if (argc <= index) {
        return otherwise;
    }
    value = strtol(argv[index], &end, 10);
    if (*argv[index] == 0 || *end != 0 || value < least || value > most) {
        fprintf(stderr, "tcp_pingpong: argument %d is '%s' and must be a number from %d to %d\n", index, argv[index],
                least, most);
        exit(2);
    }
    return (int) value;
}

int main(int argc, char **argv) {
    const int messages = argument(argv, argc, 1, 200000, 1, MAX_MESSAGES);
    int client_cpu = argument(argv, argc, 2, 0, -1, CPU_SETSIZE - 1);
    int server_cpu = argument(argv, argc, 3, 1, -1, CPU_SETSIZE - 1);
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    const int listening = socket(AF_INET, SOCK_STREAM, 0);
    int fd;
    pid_t child;
    int status;
    cpu_set_t anywhere;

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listening < 0 || bind(listening, (struct sockaddr *) &address, sizeof address) != 0
        || listen(listening, 1) != 0 || getsockname(listening, (struct sockaddr *) &address, &length) != 0) {
        fail("listen");
    }
    /* Whether the server's cpu can be had is found out here, where it is reported, and undone; the child pins itself. */
    sched_getaffinity(0, sizeof anywhere, &anywhere);
    server_cpu = pin(server_cpu) ? server_cpu : -1;
    sched_setaffinity(0, sizeof anywhere, &anywhere);
    child = fork();
    if (child < 0) {
        fail("fork");
    }
    alarm(TIMEOUT_S);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        serve(listening, server_cpu);
        return 0;
    }
    client_cpu = pin(client_cpu) ? client_cpu : -1;
    fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *) &address, sizeof address) != 0) {
        fail("connect");
    }
    configure(fd);
    measure(fd, messages, client_cpu, server_cpu);
    close(fd);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
