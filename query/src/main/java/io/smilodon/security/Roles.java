package io.smilodon.security;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.security.UserStore.Change;
import io.smilodon.security.UserStore.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The roles that somebody made, and what all roles are. Thread-safe. */
public final class Roles {

    /** Roles that are made, of all databases together. */
    public static final int COUNT_MAX = 10_000;

    /** Things on which one role allows something by itself. */
    public static final int PRIVILEGES_MAX = 1_000;

    private static final ErrorCode INVALID_MODIFICATION =
            new ErrorCode(49, "InvalidRoleModification");

    private final Records records;

    Roles(Records records) {
        this.records = records;
    }

    /**
     * What becomes of a role; what is empty stays.
     *
     * @param restrictions from where it may be used; empty for everywhere
     */
    public record RoleChange(
            Optional<List<Privilege>> privileges,
            Optional<List<RoleName>> roles,
            Optional<ArrayValue> restrictions) {}

    /**
     * Makes a role.
     *
     * @throws SmilodonException 51002 if it exists, {@code RoleNotFound} (31) for what it is to
     *     inherit, {@code InvalidRoleModification} (49) for what it cannot
     */
    public void create(RoleName name, RoleChange with) {
        Records.checkDatabase(name.database());
        Document identity =
                Document.builder()
                        .put("_id", name.id())
                        .put("role", name.role())
                        .put("db", name.database())
                        .put(Role.PRIVILEGES, ArrayValue.EMPTY)
                        .put(User.ROLES, ArrayValue.EMPTY)
                        .build();
        records.changing(
                () -> {
                    Document made = changed(name, identity, with);
                    if (records.role(name).isPresent()) {
                        throw new SmilodonException(
                                new ErrorCode(51002, "Location51002"),
                                "Role \"" + name + "\" already exists");
                    }
                    Records.checkCount("roles", records.count(Kind.ROLES) + 1, COUNT_MAX);
                    return put(made);
                });
    }

    /** Makes another of a role; errors as above, and {@code RoleNotFound} (31). */
    public void change(RoleName name, RoleChange to) {
        change(name, before -> changed(name, before.stored(), to));
    }

    private void change(RoleName name, Function<Role, Document> change) {
        records.changing(
                () -> {
                    records.requireRoles(List.of(name));
                    return put(change.apply(records.role(name).orElseThrow()));
                });
    }

    private Document put(Document stored) {
        records.write(List.of(Records.put(Kind.ROLES, stored)));
        return stored;
    }

    private Document changed(RoleName name, Document before, RoleChange to) {
        Document stored = before;
        if (to.privileges().isPresent()) {
            checkPrivileges(name, to.privileges().get());
            stored = stored.with(Role.PRIVILEGES, listed(to.privileges().get()));
        }
        if (to.roles().isPresent()) {
            checkRoles(name, to.roles().get());
            stored = stored.with(User.ROLES, RoleName.toArray(to.roles().get()));
        }
        if (to.restrictions().isPresent()) {
            stored =
                    to.restrictions().get().isEmpty()
                            ? stored.without(User.RESTRICTIONS)
                            : stored.with(User.RESTRICTIONS, to.restrictions().get());
        }
        return stored;
    }

    private static ArrayValue listed(Collection<Privilege> privileges) {
        return ArrayValue.of(privileges.stream().map(Privilege::toDocument).toList());
    }

    /** A role allows things of its own database, but one of {@code admin}. */
    private static void checkPrivileges(RoleName name, Collection<Privilege> privileges) {
        Records.checkCount("privileges of one role", privileges.size(), PRIVILEGES_MAX);
        boolean isOfAdmin = name.database().equals(BuiltinRoles.ADMIN);
        for (Privilege privilege : privileges) {
            if (!isOfAdmin && !privilege.resource().database().equals(name.database())) {
                throw refused(
                        "Roles on the '"
                                + name.database()
                                + "' database cannot be granted privileges that target other"
                                + " databases or the cluster");
            }
        }
    }

    private void checkRoles(RoleName name, Collection<RoleName> inherited) {
        Records.checkCount("roles of one role", inherited.size(), Users.GRANTS_MAX);
        boolean isOfAdmin = name.database().equals(BuiltinRoles.ADMIN);
        for (RoleName role : inherited) {
            if (role.equals(name)) {
                throw refused("Cannot grant role " + name + " to itself.");
            }
            if (!isOfAdmin && !role.database().equals(name.database())) {
                throw refused(
                        "Roles on the '"
                                + name.database()
                                + "' database cannot be granted roles from other databases");
            }
        }
        records.requireRoles(inherited);
        if (records.rights(inherited).roles().contains(name)) {
            throw refused(
                    "Granting roles to " + name + " would introduce a cycle in the role graph");
        }
    }

    private static SmilodonException refused(String text) {
        return new SmilodonException(INVALID_MODIFICATION, text);
    }

    /** Lets a role inherit more roles. */
    public void grantRoles(RoleName name, Collection<RoleName> granted) {
        change(
                name,
                before -> {
                    checkRoles(name, granted);
                    return withRoles(before, Users.union(rolesOf(before), granted));
                });
    }

    /** Lets a role inherit these roles no longer. */
    public void revokeRoles(RoleName name, Collection<RoleName> revoked) {
        change(name, before -> withRoles(before, Users.without(rolesOf(before), revoked)));
    }

    private static Set<RoleName> rolesOf(Role role) {
        return new LinkedHashSet<>(role.roles());
    }

    private static Document withRoles(Role role, Collection<RoleName> inherited) {
        Records.checkCount("roles of one role", inherited.size(), Users.GRANTS_MAX);
        return role.stored().with(User.ROLES, RoleName.toArray(inherited));
    }

    /** Lets a role allow more. */
    public void grantPrivileges(RoleName name, Collection<Privilege> granted) {
        checkPrivileges(name, granted);
        changePrivileges(name, granted, Set::addAll);
    }

    /** Lets a role allow less, of what it allows by itself. */
    public void revokePrivileges(RoleName name, Collection<Privilege> revoked) {
        changePrivileges(name, revoked, Set::removeAll);
    }

    private void changePrivileges(
            RoleName name,
            Collection<Privilege> changes,
            BiConsumer<Set<Action>, Set<Action>> change) {
        change(
                name,
                before -> {
                    Map<Privilege, Set<Action>> after = new LinkedHashMap<>();
                    for (Privilege own : records.privileges(before).listed()) {
                        after.put(bare(own), EnumSet.copyOf(own.actions()));
                    }
                    for (Privilege one : changes) {
                        change.accept(
                                after.computeIfAbsent(
                                        bare(one), on -> EnumSet.noneOf(Action.class)),
                                one.actions());
                    }
                    after.values().removeIf(Set::isEmpty);
                    Records.checkCount("privileges of one role", after.size(), PRIVILEGES_MAX);
                    List<Privilege> all = new ArrayList<>();
                    after.forEach(
                            (on, actions) ->
                                    all.add(new Privilege(on.resource(), actions, on.rules())));
                    return before.stored().with(Role.PRIVILEGES, listed(all));
                });
    }

    /** What a privilege is about. */
    private static Privilege bare(Privilege privilege) {
        return new Privilege(privilege.resource(), Set.of(), privilege.rules());
    }

    /**
     * Drops a role: whoever has it has it no longer.
     *
     * @throws SmilodonException {@code RoleNotFound} (31)
     */
    public void drop(RoleName name) {
        records.changing(
                () -> {
                    records.requireRoles(List.of(name));
                    return drop(List.of(name.id()), name::equals);
                });
    }

    /** Drops the roles of a database that somebody made; returns how many there were. */
    public int dropAll(String database) {
        return records.changing(
                () -> {
                    List<String> ids =
                            records.all(Kind.ROLES, database::equals).stream()
                                    .map(stored -> User.text(stored, "_id"))
                                    .toList();
                    return drop(
                            ids,
                            role -> role.database().equals(database) && !BuiltinRoles.has(role));
                });
    }

    private int drop(List<String> ids, Predicate<RoleName> dropped) {
        List<Change> changes = new ArrayList<>();
        for (Kind kind : List.of(Kind.USERS, Kind.ROLES)) {
            for (Document stored : records.all(kind, database -> true)) {
                List<RoleName> before = User.roles(stored);
                List<RoleName> after = before.stream().filter(dropped.negate()).toList();
                if (kind == Kind.ROLES && ids.contains(User.text(stored, "_id"))) {
                    changes.add(Records.remove(kind, User.text(stored, "_id")));
                } else if (after.size() < before.size()) {
                    Value roles = RoleName.toArray(after);
                    changes.add(Records.put(kind, stored.with(User.ROLES, roles)));
                }
            }
        }
        records.write(changes);
        return ids.size();
    }

    // ---- What there is

    /** Whether a role has been there from the beginning. */
    public static boolean isBuiltin(RoleName name) {
        return BuiltinRoles.has(name);
    }

    /** The roles of a database, by name. */
    public List<RoleName> of(String database, boolean withBuiltin) {
        List<RoleName> names = new ArrayList<>();
        records.all(Kind.ROLES, database::equals)
                .forEach(stored -> names.add(new Role(stored).name()));
        if (withBuiltin) {
            names.addAll(BuiltinRoles.of(database));
        }
        return names;
    }

    /** Tells of roles and users what MongoDB tells. */
    public Descriptions descriptions() {
        return new Descriptions(records);
    }
}
