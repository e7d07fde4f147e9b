package io.smilodon.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommitTimesTest {

    private final CommitTimes times = new CommitTimes();

    private OptionalLong at(long millis) {
        return times.sequenceAt(Instant.ofEpochMilli(millis));
    }

    @Test
    void a_clock_that_jumps_back_moves_no_time_back() {
        assertEquals(1_000, times.next(1_000));
        assertEquals(1_000, times.next(7));
        assertEquals(1_001, times.next(1_001));
        times.record(5, 2_000);
        assertEquals(2_000, times.next(1_500), "what an earlier run wrote counts too");
        assertEquals(2_000, times.lastMillis());
    }

    @Test
    void an_instant_means_the_last_commit_not_after_it() {
        times.record(3, 100);
        times.record(4, 100);
        times.record(9, 250);
        assertEquals(OptionalLong.empty(), at(99));
        assertEquals(OptionalLong.of(4), at(100));
        assertEquals(OptionalLong.of(4), at(249));
        assertEquals(OptionalLong.of(9), at(250));
        assertEquals(OptionalLong.of(9), at(Integer.MAX_VALUE));
    }

    @Test
    void a_commit_has_the_time_of_its_group() {
        times.record(4, 100);
        times.record(9, 250);
        assertEquals(Optional.of(Instant.ofEpochMilli(100)), times.timeOf(2));
        assertEquals(Optional.of(Instant.ofEpochMilli(100)), times.timeOf(4));
        assertEquals(Optional.of(Instant.ofEpochMilli(250)), times.timeOf(5));
        assertEquals(Optional.empty(), times.timeOf(10));
    }

    /**
     * An opening after a loss goes on a millisecond later, and the next one sets out from there.
     */
    @Test
    void a_commit_keeps_its_time_though_the_next_ones_must_be_later() {
        times.record(4, 100);
        times.record(9, 250);
        assertEquals(300, times.next(300));
        times.begin(9, () -> 999);
        times.record(11, 400);
        times.record(12, 500);
        assertEquals(Optional.of(Instant.ofEpochMilli(250)), times.timeOf(9));
        assertEquals(OptionalLong.of(9), at(250));
    }

    /** Between the ends of two files of an earlier run there may be any number of commits. */
    @Test
    void what_lies_between_restored_samples_is_not_made_up() {
        times.restoring(9);
        times.record(4, 100);
        times.record(9, 250);
        times.record(10, 300);
        assertEquals(Optional.empty(), span(99));
        assertEquals(Optional.of(new CommitTimes.Span(4, 4)), span(100));
        assertEquals(Optional.of(new CommitTimes.Span(4, 9)), span(101));
        assertEquals(Optional.of(new CommitTimes.Span(9, 9)), span(250));
        assertEquals(Optional.of(new CommitTimes.Span(9, 9)), span(299));
        assertEquals(Optional.of(new CommitTimes.Span(10, 10)), span(300));
    }

    private Optional<CommitTimes.Span> span(long millis) {
        return times.spanAt(Instant.ofEpochMilli(millis));
    }

    @Test
    void many_samples_are_thinned_out_and_never_answer_with_a_later_commit() {
        int commits = 3 * CommitTimes.SAMPLES_MAX;
        for (int number = 1; number <= commits; number++) {
            times.record(number, 10L * number);
        }
        for (int number = 1; number <= commits; number += 997) {
            int asked = number;
            long found = at(10L * number).orElse(0);
            assertTrue(found <= number, () -> found + " is after the instant");
            CommitTimes.Span span =
                    times.spanAt(Instant.ofEpochMilli(10L * number + 5))
                            .orElse(new CommitTimes.Span(0, commits));
            assertTrue(
                    span.first() <= asked && asked <= span.last(),
                    () -> asked + " is not in " + span);
            assertTrue(
                    asked - found <= 2 + (commits - asked) / 64,
                    () -> found + " is far from the instant");
        }
        assertEquals(OptionalLong.of(commits), at(Long.MAX_VALUE));
    }
}
