package io.smilodon.security;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** The users of a data directory, and the roles that were made. Thread-safe. */
public final class Users {

    private static final byte UUID_SUBTYPE = 4;

    private final UserStore store;
    private final AtomicLong generation = new AtomicLong();
    private final ReentrantLock changing = new ReentrantLock();
    private final Logins logins;

    public Users(UserStore store) {
        this.store = store;
        this.logins = new Logins(this, store);
    }

    /** How they log in. */
    public Logins logins() {
        return logins;
    }

    /** Grows whenever a user or a role becomes another. */
    long generation() {
        return generation.get();
    }

    /** What was known of users and roles may no longer be so. */
    public void invalidate() {
        generation.incrementAndGet();
    }

    Rights rights(Collection<RoleName> roles) {
        return Rights.of(roles, store);
    }

    public Optional<User> find(UserName name) {
        return store.find(UserStore.Kind.USERS, name.id())
                .map(User::new)
                .filter(user -> user.name().equals(name));
    }

    /** Whether there is any: a server that asks for logins is of no use without. */
    public boolean isEmpty() {
        return store.all(UserStore.Kind.USERS).isEmpty();
    }

    /**
     * Who has proved to be this user.
     *
     * @param origin from where, and to where
     * @throws SmilodonException {@code AuthenticationFailed} (18) if the user does not exist or may
     *     not log in from there
     */
    public Caller login(UserName name, Origin origin) {
        User user = find(name).orElseThrow(Users::refused);
        boolean isAllowed =
                origin.satisfies(user.stored())
                        && rights(user.roles()).restrictions().stream().allMatch(origin::satisfies);
        if (!isAllowed) {
            throw refused();
        }
        return Caller.of(this, user);
    }

    private static SmilodonException refused() {
        return new SmilodonException(ErrorCode.AUTHENTICATION_FAILED, "Authentication failed.");
    }

    /**
     * Creates a user.
     *
     * @param credentials what is kept of the password, by the names of mechanisms
     * @throws SmilodonException 51003 if it exists, {@code RoleNotFound} (31)
     */
    public User create(UserName name, Document credentials, List<RoleName> roles) {
        DocumentBuilder stored =
                Document.builder()
                        .put("_id", name.id())
                        .put("userId", newId())
                        .put("user", name.user())
                        .put("db", name.database())
                        .put("credentials", credentials)
                        .put("roles", RoleName.toArray(roles));
        User user = new User(stored.build());
        add(user);
        return user;
    }

    private void add(User user) {
        changing.lock();
        try {
            UserName name = user.name();
            if (store.find(UserStore.Kind.USERS, name.id()).isPresent()) {
                throw new SmilodonException(
                        ErrorCode.location(51003),
                        "User \"" + name + "\" already exists",
                        Map.of("user", name.toString()));
            }
            user.roles().forEach(this::requireRole);
            put(List.of(change(user.stored(), UserStore.Kind.USERS)));
        } finally {
            changing.unlock();
        }
    }

    private void requireRole(RoleName role) {
        boolean isThere =
                BuiltinRoles.find(role).isPresent()
                        || store.find(UserStore.Kind.ROLES, role.id()).isPresent();
        if (!isThere) {
            throw new SmilodonException(
                    ErrorCode.ROLE_NOT_FOUND,
                    "Could not find role: " + role,
                    Map.of("role", role.toString()));
        }
    }

    /** Drops a user; returns whether there was one. */
    public boolean drop(UserName name) {
        changing.lock();
        try {
            boolean isThere = find(name).isPresent();
            if (isThere) {
                put(
                        List.of(
                                new UserStore.Change(
                                        UserStore.Kind.USERS, name.id(), Optional.empty())));
            }
            return isThere;
        } finally {
            changing.unlock();
        }
    }

    private static UserStore.Change change(Document stored, UserStore.Kind kind) {
        return new UserStore.Change(kind, User.text(stored, "_id"), Optional.of(stored));
    }

    private void put(List<UserStore.Change> changes) {
        store.write(changes);
        invalidate();
    }

    private static Value newId() {
        UUID id = UUID.randomUUID();
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return new BinaryValue(UUID_SUBTYPE, bytes.array());
    }
}
