/*
 * What reading the clock costs in a tight loop in C: what System.nanoTime() is held against.
 *
 *   cc -std=c99 -O2 -o clock_cost clock_cost.c && ./clock_cost
 *
 * Prints one line, the least of 21 batches, because interruptions only ever add:
 *
 *   cost=23.81
 *
 * in nanoseconds a reading of CLOCK_MONOTONIC, which is what the JVM reads on Linux. Exit status: 0, 1 if there is no such clock.
 */
#define _POSIX_C_SOURCE 199309L
#include <stdint.h>
#include <stdio.h>
#include <time.h>

enum { BATCHES = 21, READS = 100000 };

static int64_t now_ns(void) {
    struct timespec t;
    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) {
        return -1;
    }
    return (int64_t) t.tv_sec * 1000000000 + t.tv_nsec;
}

int main(void) {
    double least = 1e18;
    volatile int64_t sink = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
        const int64_t start = now_ns();
        int64_t sum = 0;
        for (int i = 0; i < READS; i++) {
            sum += now_ns();
        }
        const int64_t end = now_ns();
        sink += sum;
        if (start < 0 || end < 0) {
            return 1;
        }
        const double cost = (double) (end - start) / READS;
        least = cost < least ? cost : least;
    }
    printf("cost=%.2f\n", least);
    return sink == 1;
}
