package io.smilodon.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Who has failed to log in, so that passwords can be guessed slowly only: five times in a minute
 * for a user, twenty times from an address; the next guess has to wait a fifth, or a twentieth, of
 * a minute. A user who has logged in from an address is counted there by itself for a day, so that
 * strangers elsewhere cannot lock it out. What is kept has a fixed size, whoever tries whatever,
 * and ends with the server. Thread-safe.
 */
public final class FailedLogins {

    /** Failures of a user at once, and in each minute. */
    public static final int OF_USER_MAX = 5;

    /** Failures from an address at once, and in each minute. */
    public static final int OF_ADDRESS_MAX = 20;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long DAY = Duration.ofDays(1).toNanos();

    /** Of IPv6 one machine has a whole network. */
    private static final int NETWORK_BYTES = 8;

    private final LongSupplier clock;

    /** When all failures have been waited for. */
    private final Moments ofUsers = new Moments();

    private final Moments ofAddresses = new Moments();

    /** Until when a user's address is known. */
    private final Moments known = new Moments();

    /** Those of a server that starts, whose clock may be set while it runs. */
    FailedLogins(Clock clock) {
        this(sinceNow(clock));
    }

    /**
     * The same.
     *
     * @param clock nanoseconds since the start
     */
    FailedLogins(LongSupplier clock) {
        this.clock = clock;
    }

    private static LongSupplier sinceNow(Clock clock) {
        Instant start = clock.instant();
        return () -> Duration.between(start, clock.instant()).toNanos();
    }

    /**
     * Whether a login is to be looked at; to be asked right before that, as those that are looked
     * at meanwhile are not counted yet.
     */
    public boolean mayTry(UserName user, InetAddress from) {
        long now = clock.getAsLong();
        return hasLeft(ofUsers.get(counted(user, from)), OF_USER_MAX, now)
                && hasLeft(ofAddresses.get(network(from)), OF_ADDRESS_MAX, now);
    }

    /** Nobody has to wait for more than a minute: then the clock was set back. */
    private static boolean hasLeft(long waitedForAt, int most, long now) {
        long wait = waitedForAt - now;
        return wait <= MINUTE / most * (most - 1) || wait > MINUTE;
    }

    /** A login that was looked at has failed. */
    public void failed(UserName user, InetAddress from) {
        long now = clock.getAsLong();
        ofUsers.update(counted(user, from), old -> later(old, MINUTE / OF_USER_MAX, now));
        ofAddresses.update(network(from), old -> later(old, MINUTE / OF_ADDRESS_MAX, now));
    }

    /** However many were looked at together, a minute is enough. */
    private static long later(long waitedForAt, long wait, long now) {
        return Math.min(Math.max(waitedForAt, now) + wait, now + MINUTE);
    }

    /** A login has succeeded. */
    public void succeeded(UserName user, InetAddress from) {
        long until = clock.getAsLong() + DAY;
        known.update(pair(user, from), old -> until);
    }

    private String counted(UserName user, InetAddress from) {
        String pair = pair(user, from);
        return known.get(pair) > clock.getAsLong() ? pair : user.id();
    }

    private static String pair(UserName user, InetAddress from) {
        return network(from) + " " + user.id();
    }

    private static String network(InetAddress from) {
        byte[] bytes = from.getAddress();
        boolean isWide = from instanceof Inet6Address && !from.isLoopbackAddress();
        return Arrays.toString(isWide ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
