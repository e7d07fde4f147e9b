package io.smilodon.security;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Which passwords need not be hashed again. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KnownPasswordsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final KnownPasswords known = new KnownPasswords(nanos::get);

    private static User user(String name, String credentials) {
        return new User(
                Document.builder()
                        .put("user", name)
                        .put("db", "admin")
                        .put("credentials", Document.of("x", Value.of(credentials)))
                        .build());
    }

    private boolean knows(User user, String password) {
        return known.contains(Optional.of(user), password);
    }

    @Test
    void a_password_is_known_of_its_user_and_while_it_is_its_password() {
        known.add(user("ann", "1"), "secret");
        assertTrue(knows(user("ann", "1"), "secret"));
        assertFalse(knows(user("ann", "1"), "Secret"));
        assertFalse(knows(user("ann", "1"), ""));
        assertFalse(knows(user("ann", "2"), "secret"));
        assertFalse(knows(user("bob", "1"), "secret"));
        assertFalse(known.contains(Optional.empty(), "secret"));
    }

    @Test
    void it_is_known_for_some_minutes() {
        known.add(user("ann", "1"), "secret");
        nanos.addAndGet(KnownPasswords.KEPT_MAX.toNanos());
        assertTrue(knows(user("ann", "1"), "secret"));
        nanos.incrementAndGet();
        assertFalse(knows(user("ann", "1"), "secret"));
        known.add(user("ann", "1"), "secret");
        assertTrue(knows(user("ann", "1"), "secret"));
    }

    @Test
    void only_so_many_are_known() {
        for (int i = 0; i <= KnownPasswords.COUNT_MAX; i++) {
            known.add(user("u" + i, "1"), "secret");
        }
        assertFalse(knows(user("u0", "1"), "secret"));
        assertTrue(knows(user("u1", "1"), "secret"));
    }
}
