package io.smilodon.security;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.security.UserStore.Change;
import io.smilodon.security.UserStore.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Users and roles as they are kept, which become others one change at a time. Thread-safe; who
 * reads to write does both within {@link #changing}.
 */
final class Records {

    private final UserStore store;
    private final AtomicLong generation = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();

    Records(UserStore store) {
        this.store = store;
    }

    /** Grows whenever a user or a role becomes another. */
    long generation() {
        return generation.get();
    }

    void invalidate() {
        generation.incrementAndGet();
    }

    Optional<User> user(UserName name) {
        return store.find(Kind.USERS, name.id())
                .map(User::new)
                .filter(user -> user.name().equals(name));
    }

    /** A role that somebody made. */
    Optional<Role> role(RoleName name) {
        return store.find(Kind.ROLES, name.id())
                .map(Role::new)
                .filter(role -> role.name().equals(name));
    }

    /** All of a kind whose database is wanted, by their ids. */
    List<Document> all(Kind kind, Predicate<String> database) {
        return store.all(kind).stream()
                .filter(stored -> database.test(User.text(stored, "db")))
                .toList();
    }

    long count(Kind kind) {
        return store.count(kind);
    }

    /** What a role allows by itself. */
    PrivilegeSet privileges(Role role) {
        return role.privileges(store::check);
    }

    Rights rights(Collection<RoleName> roles) {
        return Rights.of(roles, this);
    }

    /** Runs what reads and writes while nobody else does. */
    <T> T changing(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    void write(List<Change> changes) {
        try {
            store.write(changes);
        } finally {
            invalidate(); // a write that failed may have happened
        }
    }

    static Change put(Kind kind, Document stored) {
        return new Change(kind, User.text(stored, "_id"), Optional.of(stored));
    }

    static Change remove(Kind kind, String id) {
        return new Change(kind, id, Optional.empty());
    }

    /**
     * Refuses roles that there are not.
     *
     * @throws SmilodonException {@code RoleNotFound} (31)
     */
    void requireRoles(Collection<RoleName> roles) {
        for (RoleName role : roles) {
            if (!BuiltinRoles.has(role) && role(role).isEmpty()) {
                throw new SmilodonException(
                        ErrorCode.ROLE_NOT_FOUND, "Could not find role: " + role);
            }
        }
    }

    /**
     * Refuses what is no database's name: a dot in it would make two names one {@code _id}.
     *
     * @throws SmilodonException {@code InvalidNamespace} (73)
     */
    static void checkDatabase(String database) {
        if (database.isEmpty() || database.indexOf('.') >= 0) {
            throw new SmilodonException(
                    ErrorCode.INVALID_NAMESPACE,
                    "Users and roles belong to a database",
                    Map.of("name", database));
        }
    }

    /** Refuses more than one may have of something. */
    static void checkCount(String what, long count, int limit) {
        if (count > limit) {
            throw new SmilodonException(
                    ErrorCode.EXCEEDED_MEMORY_LIMIT, "Too many " + what, Map.of("limit", limit));
        }
    }
}
