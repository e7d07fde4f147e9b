package io.smilodon.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TurnsTest {

    private static final long EVER_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final Runnable NEVER_WAITS = () -> fail("waits");

    /** Somebody who has used up what he may work without a turn, and his turn too. */
    private static Turns.Turn holder(Turns turns) {
        Turns.Turn holder = turns.turn();
        holder.begin();
        holder.pass(NEVER_WAITS);
        return holder;
    }

    /** Somebody else who needs one; done when he has had it. */
    private static CompletableFuture<String> other(Turns turns, Runnable check) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Turns.Turn turn = turns.turn();
                    turn.begin();
                    turn.pass(check);
                    turn.giveUp();
                    return "worked";
                });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS), "nobody waits");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void who_comes_when_all_are_lent_waits_until_one_is_given_up() {
        Turns turns = new Turns(1, 0, EVER_NANOS, 0);
        Turns.Turn first = holder(turns);
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<String> second = other(turns, waiting::countDown);
        await(waiting);
        assertFalse(second.isDone());

        first.giveUp();

        assertEquals("worked", second.join());
    }

    @Test
    void who_has_had_a_turn_lets_those_who_wait_go_first() {
        Turns turns = new Turns(1, 0, EVER_NANOS, 0);
        Turns.Turn first = holder(turns);
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<String> second = other(turns, waiting::countDown);
        await(waiting);

        first.pass(() -> {});

        assertEquals("worked", second.join());
    }

    @Test
    void as_many_work_at_once_as_there_are_turns() {
        Turns turns = new Turns(2, 0, EVER_NANOS, 0);
        holder(turns);

        assertEquals("worked", other(turns, NEVER_WAITS).join());
    }

    @Test
    void who_asks_for_little_never_waits() {
        Turns turns = new Turns(0, EVER_NANOS, EVER_NANOS, 0);

        assertEquals("worked", other(turns, NEVER_WAITS).join());
    }

    @Test
    void only_the_thread_that_works_waits() {
        Turns turns = new Turns(1, 0, EVER_NANOS, 0);
        Turns.Turn first = holder(turns);

        CompletableFuture.runAsync(() -> first.pass(NEVER_WAITS)).join();
    }

    @Test
    void who_is_ended_while_waiting_leaves_the_queue() {
        Turns turns = new Turns(1, 0, EVER_NANOS, 0);
        Turns.Turn first = holder(turns);
        CompletableFuture<String> ended =
                other(
                        turns,
                        () -> {
                            throw new IllegalStateException("ended");
                        });
        assertEquals(
                "ended",
                assertThrows(CompletionException.class, ended::join).getCause().getMessage());

        first.giveUp();

        assertEquals("worked", other(turns, NEVER_WAITS).join());
    }

    @Test
    void who_is_interrupted_goes_on_and_is_not_in_the_way() {
        Turns turns = new Turns(1, 0, EVER_NANOS, 0);
        Turns.Turn first = holder(turns);
        CompletableFuture<Void> interrupted =
                CompletableFuture.runAsync(
                        () -> {
                            Turns.Turn turn = turns.turn();
                            turn.begin();
                            Thread.currentThread().interrupt();
                            turn.pass(NEVER_WAITS);
                            assertTrue(Thread.interrupted());
                        });
        interrupted.join();

        first.giveUp();

        assertEquals("worked", other(turns, () -> {}).join());
    }

    /** So nobody waits for good who is waited for by who has the turn. */
    @Test
    void a_turn_that_is_kept_too_long_goes_to_the_next() {
        Turns turns = new Turns(1, 0, TimeUnit.MILLISECONDS.toNanos(1), 0);
        holder(turns);

        assertEquals("worked", other(turns, () -> {}).join());
    }

    @Test
    void one_is_left_free_while_there_are_others_who_ask_for_little() {
        Turns turns = new Turns(2, 0, EVER_NANOS, EVER_NANOS);
        Turns.Turn first = holder(turns);
        asksForLittle(turns);
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<String> second = other(turns, waiting::countDown);
        await(waiting);
        assertFalse(second.isDone());

        first.giveUp();

        assertEquals("worked", second.join());
    }

    @Test
    void none_is_left_free_when_the_others_are_long_gone() {
        Turns turns = new Turns(2, 0, EVER_NANOS, 0);
        asksForLittle(turns);
        holder(turns);

        assertEquals("worked", other(turns, NEVER_WAITS).join());
    }

    @Test
    void who_has_worked_by_turns_did_not_ask_for_little() {
        Turns turns = new Turns(2, 0, EVER_NANOS, EVER_NANOS);
        holder(turns).end();
        holder(turns);

        assertEquals("worked", other(turns, NEVER_WAITS).join());
    }

    private static void asksForLittle(Turns turns) {
        Turns.Turn little = turns.turn();
        little.begin();
        little.end();
    }
}
