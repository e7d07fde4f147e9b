package io.smilodon.security;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.security.UserStore.Change;
import io.smilodon.security.UserStore.Kind;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The users of a data directory. Thread-safe. */
public final class Users {

    /** Roles that are granted to one user, or to one role, without those that they inherit. */
    public static final int GRANTS_MAX = 1_000;

    /** Says to mongorestore in which form users are kept: in that of MongoDB since 3.0. */
    private static final Change VERSION =
            Records.put(
                    Kind.VERSIONS,
                    Document.builder().put("_id", "authSchema").put("currentVersion", 5).build());

    private static final byte UUID_SUBTYPE = 4;
    private static final String CREDENTIALS = "credentials";

    private final Records records;
    private final Roles roles;
    private final Logins logins;
    private final Clock clock;
    private final AuditTrail audit;

    /**
     * Those that are kept in a store.
     *
     * @param clock tells when one may guess a password again, and when a login ends
     */
    public Users(UserStore store, Clock clock) {
        this.records = new Records(store);
        this.roles = new Roles(records);
        this.logins = new Logins(this, store, clock);
        this.clock = clock;
        this.audit = new AuditTrail(clock);
    }

    /** What is written down of what they do. */
    public AuditTrail audit() {
        return audit;
    }

    /** By which logins are timed. */
    public Clock clock() {
        return clock;
    }

    /** How they log in. */
    public Logins logins() {
        return logins;
    }

    /** The roles that somebody made. */
    public Roles roles() {
        return roles;
    }

    /** By which users and roles come here that were kept elsewhere. */
    public DumpedUsers dumped() {
        return new DumpedUsers(records);
    }

    /** Grows whenever a user or a role becomes another. */
    long generation() {
        return records.generation();
    }

    /** What was known of users and roles may no longer be so. */
    public void invalidate() {
        records.invalidate();
    }

    Rights rights(Collection<RoleName> granted) {
        return records.rights(granted);
    }

    public Optional<User> find(UserName name) {
        return records.user(name);
    }

    /** Whether there is none: a server that asks for logins is of no use then. */
    public boolean isEmpty() {
        return records.count(Kind.USERS) == 0;
    }

    /** All of them. */
    public List<User> all() {
        return records.all(Kind.USERS, database -> true).stream().map(User::new).toList();
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
        if (!isAllowed(user, origin)) {
            throw refused();
        }
        return Caller.of(this, user, origin);
    }

    /** Whether a user may be logged in from there, by its own restrictions and its roles'. */
    boolean isAllowed(User user, Origin origin) {
        return origin.satisfies(user.stored())
                && rights(user.roles()).restricted().stream().allMatch(origin::satisfies);
    }

    /**
     * Somebody whom another server has recognised, and who need not be kept here.
     *
     * @param granted the roles, which allow what they allow here
     * @throws SmilodonException {@code AuthenticationFailed} (18) if the roles may not be used from
     *     there
     */
    public Caller recognised(UserName name, Collection<RoleName> granted, Origin origin) {
        User stranger = User.ofStranger(name, granted);
        if (!isAllowed(stranger, origin)) {
            throw refused();
        }
        return Caller.ofStranger(this, stranger, origin);
    }

    private static SmilodonException refused() {
        return new SmilodonException(ErrorCode.AUTHENTICATION_FAILED, "Authentication failed.");
    }

    /** Creates a user; see below. */
    public User create(UserName name, Document credentials, List<RoleName> granted) {
        return create(name, UserChange.NONE.withCredentials(credentials).withRoles(granted));
    }

    /**
     * Creates a user.
     *
     * @throws SmilodonException 51003 if it exists, {@code RoleNotFound} (31)
     */
    public User create(UserName name, UserChange with) {
        Records.checkDatabase(name.database());
        DocumentBuilder identity =
                Document.builder()
                        .put("_id", name.id())
                        .put("userId", newId())
                        .put("user", name.user())
                        .put("db", name.database())
                        .put(CREDENTIALS, Document.EMPTY);
        return records.changing(
                () -> {
                    if (records.user(name).isPresent()) {
                        throw new SmilodonException(
                                new ErrorCode(51003, "Location51003"),
                                "User \"" + name + "\" already exists");
                    }
                    return put(changed(identity.build(), with));
                });
    }

    /**
     * Makes another of a user.
     *
     * @throws SmilodonException {@code UserNotFound} (11), {@code RoleNotFound} (31)
     */
    public void change(UserName name, UserChange to) {
        records.changing(
                () -> {
                    User before = require(name, "User " + name + " not found");
                    return put(changed(before.stored(), to));
                });
    }

    private User put(Document stored) {
        records.write(List.of(Records.put(Kind.USERS, stored), VERSION));
        return new User(stored);
    }

    private User require(UserName name, String otherwise) {
        return records.user(name)
                .orElseThrow(() -> new SmilodonException(ErrorCode.USER_NOT_FOUND, otherwise));
    }

    /** The fields in the order of MongoDB's: the roles last. */
    private Document changed(Document before, UserChange to) {
        Document stored = before;
        if (to.credentials().isPresent()) {
            stored = stored.with(CREDENTIALS, to.credentials().get());
        } else if (to.mechanisms().isPresent()) {
            stored = stored.with(CREDENTIALS, only(new User(before), to.mechanisms().get()));
        }
        if (to.restrictions().isPresent()) {
            stored =
                    to.restrictions().get().isEmpty()
                            ? stored.without(User.RESTRICTIONS)
                            : stored.with(User.RESTRICTIONS, to.restrictions().get());
        }
        if (to.customData().isPresent()) {
            stored = stored.with("customData", to.customData().get());
        }
        return to.roles().isPresent() ? withRoles(stored, to.roles().get()) : stored;
    }

    private Document withRoles(Document stored, Collection<RoleName> granted) {
        Records.checkCount("roles of one user", granted.size(), GRANTS_MAX);
        records.requireRoles(granted);
        records.rights(granted); // not too many
        return stored.with(User.ROLES, RoleName.toArray(granted));
    }

    private static Document only(User user, List<String> mechanisms) {
        DocumentBuilder kept = Document.builder();
        for (String mechanism : mechanisms) {
            kept.put(
                    mechanism,
                    user.credentials(mechanism)
                            .orElseThrow(
                                    () ->
                                            new SmilodonException(
                                                    ErrorCode.BAD_VALUE,
                                                    "mechanisms field must be a subset of"
                                                            + " previously set mechanisms")));
        }
        return kept.build();
    }

    /**
     * Grants more roles to a user.
     *
     * @throws SmilodonException {@code UserNotFound} (11), {@code RoleNotFound} (31)
     */
    public void grant(UserName name, Collection<RoleName> granted) {
        changeRoles(name, granted, before -> union(before, granted));
    }

    /** Takes roles away from a user; those that the user does not have change nothing. */
    public void revoke(UserName name, Collection<RoleName> revoked) {
        changeRoles(name, revoked, before -> without(before, revoked));
    }

    private void changeRoles(
            UserName name, Collection<RoleName> named, UnaryOperator<Set<RoleName>> change) {
        records.changing(
                () -> {
                    String unknown =
                            "Could not find user \""
                                    + name.user()
                                    + "\" for db \""
                                    + name.database()
                                    + "\"";
                    User before = require(name, unknown);
                    records.requireRoles(named);
                    Set<RoleName> after = change.apply(new LinkedHashSet<>(before.roles()));
                    return put(withRoles(before.stored(), after));
                });
    }

    static Set<RoleName> union(Set<RoleName> some, Collection<RoleName> others) {
        some.addAll(others);
        return some;
    }

    static Set<RoleName> without(Set<RoleName> some, Collection<RoleName> others) {
        some.removeAll(Set.copyOf(others));
        return some;
    }

    /** Drops a user; returns whether there was one. */
    public boolean drop(UserName name) {
        return records.changing(
                () -> {
                    boolean isThere = records.user(name).isPresent();
                    if (isThere) {
                        records.write(List.of(Records.remove(Kind.USERS, name.id())));
                    }
                    return isThere;
                });
    }

    /** Drops the users of a database; returns how many there were. */
    public int dropAll(String database) {
        return records.changing(
                () -> {
                    List<Change> dropped =
                            records.all(Kind.USERS, database::equals).stream()
                                    .map(stored -> User.text(stored, "_id"))
                                    .map(id -> Records.remove(Kind.USERS, id))
                                    .toList();
                    records.write(dropped);
                    return dropped.size();
                });
    }

    static Value newId() {
        UUID id = UUID.randomUUID();
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return new BinaryValue(UUID_SUBTYPE, bytes.array());
    }
}
