package io.smilodon.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailedLoginsTest {

    private static final UserName ADA = new UserName("ada", "admin");
    private static final InetAddress HERE = address(192, 0, 2, 1);
    private static final InetAddress THERE = address(192, 0, 2, 2);

    private final AtomicLong now = new AtomicLong();
    private final FailedLogins logins = new FailedLogins(now::get);

    private static InetAddress address(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** Tries until it may not; returns how often it might. */
    private int triesLeft(UserName user, InetAddress from) {
        int tries = 0;
        while (tries < 100 && logins.mayTry(user, from)) {
            logins.failed(user, from);
            tries++;
        }
        return tries;
    }

    @Test
    void a_user_may_fail_five_times_and_then_each_twelve_seconds() {
        assertEquals(5, triesLeft(ADA, HERE));
        assertFalse(logins.mayTry(ADA, THERE), "the user is counted, wherever it comes from");
        pass(Duration.ofSeconds(11));
        assertFalse(logins.mayTry(ADA, HERE));
        pass(Duration.ofSeconds(1));
        assertEquals(1, triesLeft(ADA, HERE));
        pass(Duration.ofMinutes(1));
        assertEquals(5, triesLeft(ADA, HERE));
    }

    @Test
    void an_address_may_fail_twenty_times_and_then_each_three_seconds() {
        for (int i = 0; i < 20; i++) {
            UserName user = new UserName("user" + i, "admin");
            assertTrue(logins.mayTry(user, HERE));
            logins.failed(user, HERE);
        }
        assertFalse(logins.mayTry(ADA, HERE));
        assertTrue(logins.mayTry(ADA, THERE));
        pass(Duration.ofSeconds(3));
        assertEquals(1, triesLeft(ADA, HERE));
    }

    /** They had all been let in before the first of them was counted. */
    @Test
    void many_that_fail_together_are_waited_for_as_long_as_twenty() {
        for (int i = 0; i < 50; i++) {
            logins.failed(new UserName("user" + i, "admin"), HERE);
        }
        assertFalse(logins.mayTry(ADA, HERE));
        pass(Duration.ofSeconds(3));
        assertEquals(1, triesLeft(ADA, HERE));
    }

    @Test
    void a_network_of_version_6_counts_as_one_address() {
        InetAddress one = address(32, 1, 13, 184, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1);
        InetAddress other = address(32, 1, 13, 184, 0, 0, 0, 1, 9, 9, 9, 9, 9, 9, 9, 9);
        InetAddress elsewhere = address(32, 1, 13, 184, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1);
        for (int i = 0; i < 20; i++) {
            logins.failed(new UserName("user" + i, "admin"), one);
        }

        assertFalse(logins.mayTry(ADA, other));
        assertTrue(logins.mayTry(ADA, elsewhere));
    }

    @Test
    void strangers_do_not_lock_out_who_has_been_here() {
        logins.succeeded(ADA, HERE);
        assertEquals(5, triesLeft(ADA, THERE));

        assertTrue(logins.mayTry(ADA, HERE));
        assertEquals(5, triesLeft(ADA, HERE), "where it is known it is counted too");
        pass(Duration.ofDays(1));
        assertEquals(5, triesLeft(ADA, THERE));
        assertFalse(logins.mayTry(ADA, HERE), "after a day it is a stranger again");
    }

    @Test
    void success_is_not_counted() {
        for (int i = 0; i < 1_000; i++) {
            assertTrue(logins.mayTry(ADA, HERE));
            logins.succeeded(ADA, HERE);
        }
    }

    /** Other names do not use up what a user may do, however many they are. */
    @Test
    void many_names_hardly_matter_to_a_user() {
        int locked = 0;
        for (int i = 0; i < 100; i++) {
            triesLeft(new UserName("stranger" + i, "admin"), address(10, 0, i, 1));
            locked += logins.mayTry(new UserName("user" + i, "admin"), THERE) ? 0 : 1;
        }

        assertTrue(locked <= 5, locked + " of 100 users share the slot of a stranger");
    }

    @Test
    void who_waited_before_the_clock_was_set_back_does_not_wait_till_then() {
        pass(Duration.ofDays(1));
        assertEquals(5, triesLeft(ADA, HERE));
        pass(Duration.ofDays(-1));
        assertTrue(logins.mayTry(ADA, HERE));
    }
}
