package io.smilodon.security;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who sends a command, and what it may do. What users and roles become counts from the next
 * question on: a role that is taken away allows nothing any more, and who is dropped may do
 * nothing. Thread-safe.
 */
public final class Caller {

    /** May do everything: a program that embeds the database, and servers without logins. */
    public static final Caller UNRESTRICTED = new Caller(Optional.empty(), true);

    /** Has not logged in where logins are asked for: may do nothing but that. */
    public static final Caller NOBODY = new Caller(Optional.empty(), false);

    /**
     * One that has logged in.
     *
     * @param user as it was then
     * @param origin from where, and to where
     * @param digest of its name
     * @param isKept whether the user is one of the data directory
     */
    private record Login(Users users, User user, Origin origin, byte[] digest, boolean isKept) {

        /** As it is now. Another user of the same name is not this one. */
        Optional<User> now() {
            Optional<User> found =
                    isKept
                            ? users.find(user.name()).filter(same -> same.id().equals(user.id()))
                            : Optional.of(user);
            return found.filter(same -> users.isAllowed(same, origin)); // nor from everywhere
        }
    }

    /**
     * What is known of a login.
     *
     * @param generation of the users and roles that it was read from
     */
    private record Known(
            long generation, Optional<User> user, Rights rights, ArrayValue shownRoles) {

        static final Known NOTHING = new Known(-1, Optional.empty(), Rights.NONE, ArrayValue.EMPTY);
    }

    private final Optional<Login> login;
    private final boolean isUnrestricted;
    private volatile Known known = Known.NOTHING;

    private Caller(Optional<Login> login, boolean isUnrestricted) {
        this.login = login;
        this.isUnrestricted = isUnrestricted;
    }

    /** A user who has proved to be it. */
    static Caller of(Users users, User user, Origin origin) {
        return of(users, user, origin, true);
    }

    /** Somebody who is not kept here, and of whom somebody else knows the roles. */
    static Caller ofStranger(Users users, User user, Origin origin) {
        return of(users, user, origin, false);
    }

    private static Caller of(Users users, User user, Origin origin, boolean isKept) {
        byte[] digest = digest(user.name());
        return new Caller(Optional.of(new Login(users, user, origin, digest, isKept)), false);
    }

    public boolean isUnrestricted() {
        return isUnrestricted;
    }

    /** Whether it has logged in as somebody who still exists. */
    public boolean isAuthenticated() {
        return user().isPresent();
    }

    /** Who it has logged in as; empty for nobody, and if the user does not exist any more. */
    public Optional<UserName> user() {
        return known().user.map(User::name);
    }

    /** Who it was when it logged in, also if that user does not exist any more. */
    public Optional<UserName> name() {
        return login.map(entered -> entered.user.name());
    }

    /** From where it has logged in, and to where. */
    Origin origin() {
        return login.map(Login::origin).orElse(Origin.UNKNOWN);
    }

    /** Whether it may do something with something. */
    public boolean may(Action action, Resource resource) {
        return isUnrestricted || known().rights.privileges().allow(action, resource);
    }

    /**
     * The rules under which it may do something with some documents of a collection; empty if it
     * may do that with all of them, or with none.
     */
    public List<AccessRules> limits(Action action, Resource collection) {
        Known now = known(); // of one moment: what is lost meanwhile does not become all
        if (isUnrestricted || now.rights.privileges().allow(action, collection)) {
            return List.of();
        }
        return now.user
                .map(
                        user ->
                                now.rights.privileges().limits(action, collection).stream()
                                        .map(rules -> rules.of(user.name()))
                                        .toList())
                .orElse(List.of());
    }

    /** Whether it may do still what it was allowed, with the same documents at least. */
    public boolean mayStill(Need need) {
        return may(need.action(), need.resource())
                || need.isLimited() && need.limits().equals(limits(need.action(), need.resource()));
    }

    /**
     * Refuses what it may not do.
     *
     * @throws SmilodonException {@code Unauthorized} (13)
     */
    public void check(Action action, Resource resource) {
        if (!may(action, resource)) {
            throw new SmilodonException(
                    ErrorCode.UNAUTHORIZED,
                    isAuthenticated() ? "not authorized" : "Authentication required",
                    Map.of("action", action.label(), "resource", resource.toDocument()));
        }
    }

    /** Whether it may do anything with a database, or with something in it. */
    public boolean mayTouch(String database) {
        return isUnrestricted || known().rights.privileges().touch(database);
    }

    /** Its roles, those among them that roles inherit. */
    public List<RoleName> roles() {
        return known().rights.roles();
    }

    /** The same as expressions see them: <code>[{_id, role, db}]</code>. */
    public ArrayValue shownRoles() {
        return known().shownRoles;
    }

    /** Whether it may do anything with a collection. */
    public boolean mayAnything(Resource collection) {
        return isUnrestricted || known().rights.privileges().allowAny(collection);
    }

    /** What it may do. */
    public List<Privilege> privileges() {
        return known().rights.privileges().listed();
    }

    /** What MongoDB tells sessions of users apart by; empty for nobody. */
    public Optional<byte[]> digest() {
        return login.map(Login::digest);
    }

    /** The same of a user: SHA-256 of the name. */
    public static byte[] digest(UserName user) {
        byte[] name = user.toString().getBytes(StandardCharsets.UTF_8);
        try {
            return MessageDigest.getInstance("SHA-256").digest(name);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("every JDK has SHA-256", missing);
        }
    }

    private Known known() {
        if (login.isEmpty()) {
            return known;
        }
        Known last = known;
        if (last.generation != login.get().users.generation()) {
            last = read(login.get());
            known = last;
        }
        return last;
    }

    private static Known read(Login login) {
        long generation = login.users.generation(); // first: what changes meanwhile is read again
        Optional<User> user = login.now();
        Rights rights = user.map(User::roles).map(login.users::rights).orElse(Rights.NONE);
        ArrayValue shown = ArrayValue.of(rights.roles().stream().map(RoleName::shown).toList());
        return new Known(generation, user, rights, shown);
    }
}
