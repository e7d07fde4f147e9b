package io.smilodon.rest.login;

import io.smilodon.security.Caller;
import io.smilodon.security.User;
import io.smilodon.security.UserName;
import io.smilodon.security.Users;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Logins that go on: who has one holds a token of 256 random bits, of which only the hash is kept
 * here. A session ends by logging out, after half an hour without a request, after half a day, when
 * the user is dropped or gets another password, and with the server. What goes on for long uses it
 * all the while. Thread-safe.
 */
public final class Sessions {

    /** How long a session waits for the next request. */
    public static final Duration IDLE_MAX = Duration.ofMinutes(30);

    /** How long a session lives. */
    public static final Duration AGE_MAX = Duration.ofHours(12);

    /** Sessions at a time; of more the longest unused one ends. */
    static final int COUNT_MAX = 10_000;

    /** Those of one user, so that nobody ends the sessions of others by logging in. */
    static final int COUNT_OF_USER_MAX = 1_000;

    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Users users;

    /** By the hash of the token, the longest unused first. Guarded by this. */
    private final Map<String, Session> open = new LinkedHashMap<>();

    public Sessions(Users users) {
        this.users = users;
    }

    /**
     * @param user as it was when it logged in
     * @param begun in milliseconds, as the next
     */
    private record Session(User user, Caller caller, long begun, long used) {

        boolean isOver(long now) {
            return now - used > IDLE_MAX.toMillis() || now - begun > AGE_MAX.toMillis();
        }

        Session usedAt(long now) {
            return new Session(user, caller, begun, now);
        }
    }

    /** Begins a session of a user who has logged in; the token is told nowhere else. */
    public synchronized String begin(User user, Caller caller) {
        long now = users.clock().millis();
        removeOver(now);
        List<String> own = ofUser(user);
        if (own.size() >= COUNT_OF_USER_MAX) {
            open.remove(own.getFirst());
        } else if (open.size() >= COUNT_MAX) {
            open.remove(open.keySet().iterator().next());
        }
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        open.put(hash(token), new Session(user, caller, now, now));
        return token;
    }

    /** The sessions of a user, the longest unused first. */
    private List<String> ofUser(User user) {
        UserName name = user.name();
        return open.entrySet().stream()
                .filter(entry -> entry.getValue().user.name().equals(name))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void removeOver(long now) {
        Iterator<Session> sessions = open.values().iterator();
        while (sessions.hasNext()) {
            if (sessions.next().isOver(now)) {
                sessions.remove();
            }
        }
    }

    /** Who holds a token; empty if the session is over. */
    public synchronized Optional<Caller> find(String token) {
        long now = users.clock().millis();
        String hash = hash(token);
        Session session = open.remove(hash);
        if (session == null || session.isOver(now) || !isSame(session.user)) {
            return Optional.empty();
        }
        open.put(hash, session.usedAt(now));
        return Optional.of(session.caller);
    }

    private boolean isSame(User known) {
        return users.find(known.name())
                .filter(user -> user.id().equals(known.id()))
                .filter(user -> user.hasPasswordOf(known))
                .isPresent();
    }

    /** Ends a session; false if there was none. */
    public synchronized boolean end(String token) {
        return open.remove(hash(token)) != null;
    }

    private static String hash(String token) {
        try {
            byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing); // every Java has it
        }
    }
}
