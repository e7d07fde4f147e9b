package io.smilodon.rest.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.value.Document;
import io.smilodon.rest.HandClock;
import io.smilodon.security.Caller;
import io.smilodon.security.User;
import io.smilodon.security.UserName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How long sessions live. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionsTest {

    private final HandClock clock = new HandClock();
    private final Smilodon smilodon = Smilodon.inMemory(DatabaseOptions.DEFAULTS.withClock(clock));
    private final Sessions sessions = new Sessions(smilodon.users());
    private User user = user("ann");

    @AfterEach
    void close() {
        smilodon.close();
    }

    private User user(String name) {
        return smilodon.users().create(new UserName(name, "admin"), Document.EMPTY, List.of());
    }

    private String begin() {
        return begin(user);
    }

    private String begin(User of) {
        return sessions.begin(of, Caller.NOBODY);
    }

    private boolean isOpen(String token) {
        return sessions.find(token).isPresent();
    }

    @Test
    void each_has_its_own_long_token() {
        String token = begin();
        assertEquals(43, token.length());
        assertNotEquals(token, begin());
        assertTrue(isOpen(token));
        assertFalse(isOpen(token + "x"));
        assertTrue(sessions.end(token));
        assertFalse(isOpen(token));
        assertFalse(sessions.end(token));
    }

    @Test
    void it_ends_when_nobody_uses_it_for_half_an_hour() {
        String token = begin();
        for (int i = 0; i < 3; i++) {
            clock.pass(Sessions.IDLE_MAX);
            assertTrue(isOpen(token));
        }
        clock.pass(Sessions.IDLE_MAX.plusMillis(1));
        assertFalse(isOpen(token));
    }

    @Test
    void it_ends_after_half_a_day_in_any_case() {
        String token = begin();
        Duration step = Sessions.IDLE_MAX;
        for (Duration age = Duration.ZERO;
                age.compareTo(Sessions.AGE_MAX) < 0;
                age = age.plus(step)) {
            assertTrue(isOpen(token));
            clock.pass(step);
        }
        clock.pass(Duration.ofMillis(1));
        assertFalse(isOpen(token));
    }

    @Test
    void of_too_many_of_one_user_the_longest_unused_of_these_ends() {
        String other = begin(user("bob"));
        String first = begin();
        String second = begin();
        assertTrue(isOpen(first));
        for (int i = 2; i <= Sessions.COUNT_OF_USER_MAX; i++) {
            begin();
        }
        assertTrue(isOpen(first));
        assertFalse(isOpen(second));
        assertTrue(isOpen(other));
    }

    @Test
    void of_too_many_of_all_the_longest_unused_ends() {
        String first = begin();
        String second = begin();
        assertTrue(isOpen(first));
        for (int i = 2; i <= Sessions.COUNT_MAX; i++) {
            if (i % Sessions.COUNT_OF_USER_MAX == 2) {
                user = user("u" + i);
            }
            begin();
        }
        assertTrue(isOpen(first));
        assertFalse(isOpen(second));
    }
}
