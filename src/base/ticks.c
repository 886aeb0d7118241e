/* Time that goes by. What the kernel calls BOOTTIME goes on in a computer that sleeps, and MONOTONIC does
 * not: how far they lie apart tells of it. That it woke up is heard of by a timer which is to go off in many
 * years, and which the kernel cancels when the day and hour make a jump, as they do then. */
#include "base/ticks.h"

#include <stdint.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { MOST_WAITED_FOR = 7 };

static struct {
    bool fixed;
    long long now, asleep;
    int (*wait)(struct pollfd *, nfds_t, int);
} stand;

static long long clock_milliseconds(clockid_t clock)
{
    struct timespec ts;
    clock_gettime(clock, &ts);
    return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

long long ticks_now(void)
{
    return stand.fixed ? stand.now : clock_milliseconds(CLOCK_MONOTONIC);
}

long long ticks_asleep(void)
{
    return stand.fixed ? stand.asleep
                       : clock_milliseconds(CLOCK_BOOTTIME) - clock_milliseconds(CLOCK_MONOTONIC);
}

/* The timer that is cancelled when the computer wakes up; -1 where there is none to be had. */
static int waking(bool again)
{
    static int timer = -2;
    if (timer == -2 || again) {
        if (timer == -2)
            timer = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
        struct itimerspec never = {.it_value.tv_sec = (time_t)INT32_MAX * 4};
        if (timer >= 0)
            timerfd_settime(timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL);
    }
    return timer;
}

int ticks_wait(struct pollfd *fds, nfds_t count, int milliseconds)
{
    if (stand.wait)
        return stand.wait(fds, count, milliseconds);
    struct pollfd all[MOST_WAITED_FOR + 1];
    if (count > MOST_WAITED_FOR)
        count = MOST_WAITED_FOR;
    memcpy(all, fds, count * sizeof *fds);
    all[count] = (struct pollfd){.fd = waking(false), .events = POLLIN};
    int ready = poll(all, count + 1, milliseconds);
    bool woke = ready > 0 && all[count].revents;
    if (woke) {
        uint64_t ignored;
        ssize_t n = read(all[count].fd, &ignored, sizeof ignored);
        (void)n;
        waking(true);
    }
    for (nfds_t i = 0; i < count; i++)
        fds[i].revents = ready > 0 ? all[i].revents : 0;
    return ready - woke;
}

void ticks_fix(long long now, long long asleep)
{
    stand.fixed = now || asleep;
    stand.now = now;
    stand.asleep = asleep;
}

void ticks_wait_with(int (*wait)(struct pollfd *, nfds_t, int))
{
    stand.wait = wait;
}
