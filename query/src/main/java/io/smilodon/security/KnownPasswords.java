package io.smilodon.security;

import io.smilodon.engine.value.ValueText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were right a short while ago, so that not each request pays for the hashing that
 * makes guessing slow. Neither they nor anything that they could be guessed from is kept: only
 * their codes under a key that never leaves the process. Another password of the user has another
 * code. Thread-safe.
 */
final class KnownPasswords {

    static final Duration KEPT_MAX = Duration.ofMinutes(5);
    static final int COUNT_MAX = 1_000;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final LongSupplier clock;

    /** When each was right, the oldest first. Guarded by this. */
    private final Map<String, Long> codes = new LinkedHashMap<>();

    KnownPasswords() {
        this(System::nanoTime);
    }

    /**
     * The same by another clock.
     *
     * @param clock nanoseconds since some moment
     */
    KnownPasswords(LongSupplier clock) {
        this.clock = clock;
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    /** Whether it was the right one, and the user has had no other since. */
    boolean contains(Optional<User> user, String password) {
        return user.isPresent() && contains(code(user.get(), password));
    }

    private synchronized boolean contains(String code) {
        Long since = codes.get(code);
        return since != null && clock.getAsLong() - since <= KEPT_MAX.toNanos();
    }

    void add(User user, String password) {
        add(code(user, password));
    }

    private synchronized void add(String code) {
        codes.remove(code);
        codes.put(code, clock.getAsLong());
        if (codes.size() > COUNT_MAX) {
            codes.remove(codes.keySet().iterator().next());
        }
    }

    private String code(User user, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            String credentials = ValueText.of(user.stored().get("credentials"));
            mac.update(credentials.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(user.name().id().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            byte[] code = mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(code);
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing); // every Java has it
        }
    }
}
