package io.smilodon.security;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.security.scram.ScramConversation;
import io.smilodon.security.scram.ScramCredentials;
import io.smilodon.security.scram.ScramMechanism;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * How the users of a data directory log in. Whether a user exists does not show: names that nobody
 * has are asked for a password like others. Thread-safe.
 */
public final class Logins {

    private static final String SALTS = "salts";
    private static final String KEY = "key";
    private static final int KEY_BYTES = 32;

    /** Passwords that are looked at a time. */
    private static final int CHECKS_MAX = 2;

    private static final int SECONDS = 60;
    private static final ErrorCode TOO_MANY = new ErrorCode(462, "IngressRequestRateLimitExceeded");

    private final Users users;
    private final UserStore store;
    private final FailedLogins failed;
    private final AtomicIntegerArray iterations =
            new AtomicIntegerArray(ScramMechanism.values().length);
    private final ReentrantLock keyMaking = new ReentrantLock();
    private final KnownPasswords known = new KnownPasswords();
    private final Semaphore checking = new Semaphore(CHECKS_MAX);

    /** What the salts of names that nobody has are made of; empty until it is needed. */
    private volatile Optional<byte[]> key = Optional.empty();

    /**
     * Those of users.
     *
     * @param store where the users are
     * @param clock tells when one may guess again
     */
    Logins(Users users, UserStore store, Clock clock) {
        this.users = users;
        this.store = store;
        this.failed = new FailedLogins(clock);
        for (ScramMechanism mechanism : ScramMechanism.values()) {
            iterations.set(mechanism.ordinal(), ScramCredentials.ITERATIONS_DEFAULT);
        }
    }

    /** How often a new password is hashed. */
    public int iterations(ScramMechanism mechanism) {
        return iterations.get(mechanism.ordinal());
    }

    /**
     * From now on a new password is hashed so often.
     *
     * @throws SmilodonException {@code BadValue} for a number out of the bounds of {@link
     *     ScramCredentials}
     */
    public void setIterations(ScramMechanism mechanism, int count) {
        ScramCredentials.checkIterations(count);
        iterations.set(mechanism.ordinal(), count);
    }

    /** Who fails too often. */
    public FailedLogins failed() {
        return failed;
    }

    Users users() {
        return users;
    }

    /** By which mechanisms a user can log in, the best first: of a name nobody has, by all. */
    List<ScramMechanism> mechanisms(UserName name) {
        Optional<User> user = users.find(name);
        return Stream.of(ScramMechanism.SHA_256, ScramMechanism.SHA_1)
                .filter(
                        mechanism ->
                                user.isEmpty()
                                        || user.get().credentials(mechanism.label()).isPresent())
                .toList();
    }

    /**
     * A conversation by which a user of a database may log in.
     *
     * @param skipsEmptyExchange whether the client leaves out its last message, which is empty
     */
    ScramConversation conversation(
            ScramMechanism mechanism, String database, boolean skipsEmptyExchange) {
        return new ScramConversation(
                mechanism,
                user -> credentials(mechanism, new UserName(user, database)),
                skipsEmptyExchange);
    }

    /** Who has none of this mechanism is told so at once: a greeting tells it as well. */
    private ScramCredentials credentials(ScramMechanism mechanism, UserName name) {
        ScramCredentials ofNobody =
                ScramCredentials.ofNobody(mechanism, key(), name.id(), iterations(mechanism));
        Optional<User> user = users.find(name);
        return user.isEmpty() ? ofNobody : credentials(mechanism, user.get());
    }

    private static ScramCredentials credentials(ScramMechanism mechanism, User user) {
        Document stored =
                user.credentials(mechanism.label()).orElseThrow(ScramConversation::failure);
        try {
            return ScramCredentials.read(mechanism, stored);
        } catch (SmilodonException unreadable) {
            throw ScramConversation.failure();
        }
    }

    /**
     * Who knows the password of a user, where that is sent as it is. Takes as long if nobody has
     * the name; a password that was right is known again for some minutes.
     *
     * @param client from where it is sent
     * @param server by which address
     * @throws SmilodonException {@code AuthenticationFailed} (18); {@code
     *     IngressRequestRateLimitExceeded} (462) if the user or the address has failed too often
     */
    public Caller login(UserName name, String password, InetAddress client, InetAddress server) {
        if (!isKnown(name, password)) {
            inTurn(() -> check(name, password, client));
        }
        Caller caller = users.login(name, Origin.of(client, server));
        failed.succeeded(name, client);
        return caller;
    }

    /** Whether a password was right some minutes ago, so that the next login takes no time. */
    public boolean isKnown(UserName name, String password) {
        return known.contains(users.find(name), password);
    }

    /** So few at a time that what fails is counted before many others are looked at. */
    private void inTurn(Runnable check) {
        checking.acquireUninterruptibly();
        try {
            check.run();
        } finally {
            checking.release();
        }
    }

    private void check(UserName name, String password, InetAddress client) {
        if (!failed.mayTry(name, client)) {
            throw new SmilodonException(
                    TOO_MANY,
                    "Too many logins have failed",
                    Map.of("retryAfterSeconds", SECONDS / FailedLogins.OF_USER_MAX));
        }
        if (!isPassword(name, password)) {
            failed.failed(name, client);
            throw ScramConversation.failure();
        }
        users.find(name).ifPresent(user -> known.add(user, password));
    }

    private boolean isPassword(UserName name, String password) {
        try {
            ScramMechanism mechanism = mechanisms(name).getFirst();
            String prepared = mechanism.prepared(name.user(), password);
            return credentials(mechanism, name).isOf(prepared) && users.find(name).isPresent();
        } catch (SmilodonException | NoSuchElementException unusable) {
            return false;
        }
    }

    private byte[] key() {
        if (key.isEmpty()) {
            keyMaking.lock();
            try {
                key = Optional.of(storedKey().orElseGet(this::newKey));
            } finally {
                keyMaking.unlock();
            }
        }
        return key.orElseThrow();
    }

    private Optional<byte[]> storedKey() {
        return store.find(UserStore.Kind.KEYS, SALTS)
                .flatMap(
                        stored ->
                                stored.get(KEY) instanceof BinaryValue bytes
                                        ? Optional.of(bytes.bytes())
                                        : Optional.empty());
    }

    private byte[] newKey() {
        byte[] made = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(made);
        Document document =
                Document.builder()
                        .put("_id", Value.of(SALTS))
                        .put(KEY, new BinaryValue((byte) 0, made))
                        .build();
        store.write(
                List.of(new UserStore.Change(UserStore.Kind.KEYS, SALTS, Optional.of(document))));
        return made;
    }
}
