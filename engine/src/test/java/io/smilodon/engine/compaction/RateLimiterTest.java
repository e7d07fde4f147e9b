package io.smilodon.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RateLimiterTest {

    private long now = 42;

    @Test
    void a_tenth_of_a_second_is_free_and_then_each_byte_takes_its_time() {
        RateLimiter limiter = new RateLimiter(() -> now);
        assertEquals(0, limiter.take(100, 1_000));
        assertEquals(TimeUnit.SECONDS.toNanos(1), limiter.take(1_000, 1_000));
        now += TimeUnit.SECONDS.toNanos(1);
        assertEquals(TimeUnit.MILLISECONDS.toNanos(1), limiter.take(1, 1_000));
    }

    @Test
    void without_a_limit_nobody_waits() {
        RateLimiter limiter = new RateLimiter(() -> now);
        assertEquals(0, limiter.take(Long.MAX_VALUE, 0));
        assertEquals(0, limiter.take(1, 1_000));
    }

    @Test
    void idle_time_is_not_saved_up() {
        RateLimiter limiter = new RateLimiter(() -> now);
        now += TimeUnit.HOURS.toNanos(1);
        assertEquals(0, limiter.take(100, 1_000));
        assertEquals(TimeUnit.SECONDS.toNanos(1), limiter.take(1_000, 1_000));
    }

    @Test
    void who_waits_as_told_keeps_to_the_rate() {
        RateLimiter limiter = new RateLimiter(() -> now);
        Random random = new Random(1);
        long start = now;
        long bytes = 0;
        for (int round = 0; round < 10_000; round++) {
            int size = random.nextInt(1 << 16);
            bytes += size;
            now += limiter.take(size, 1 << 20);
        }
        double seconds = (now - start) / 1e9;
        double rate = bytes / seconds;
        assertTrue(rate < 1.01 * (1 << 20) && rate > 0.98 * (1 << 20), () -> "rate " + rate);
    }
}
