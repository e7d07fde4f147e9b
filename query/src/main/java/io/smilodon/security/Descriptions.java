package io.smilodon.security;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What MongoDB's {@code usersInfo} and {@code rolesInfo} tell. Thread-safe. */
public final class Descriptions {

    private static final String BUILTIN = "isBuiltin";
    private static final String INHERITED_ROLES = "inheritedRoles";
    private static final String INHERITED_PRIVILEGES = "inheritedPrivileges";
    private static final String INHERITED_RESTRICTIONS = "inheritedAuthenticationRestrictions";

    private final Records records;

    Descriptions(Records records) {
        this.records = records;
    }

    /**
     * What is wanted beside names and roles.
     *
     * @param privileges what they allow, with all that they inherit
     * @param restrictions from where they may be used
     */
    public record Wanted(boolean privileges, boolean restrictions) {}

    /** A role; empty if there is none. */
    public Optional<Document> role(RoleName name, Wanted wanted) {
        return BuiltinRoles.find(name)
                .map(allowed -> builtin(name, allowed, wanted))
                .or(() -> records.role(name).map(role -> made(role, wanted)));
    }

    private static Document builtin(RoleName name, PrivilegeSet allowed, Wanted wanted) {
        DocumentBuilder told =
                Document.builder()
                        .putAll(name.toDocument())
                        .put(BUILTIN, true)
                        .put(User.ROLES, ArrayValue.EMPTY)
                        .put(INHERITED_ROLES, ArrayValue.EMPTY);
        if (wanted.privileges) {
            told.put(Role.PRIVILEGES, listed(allowed)).put(INHERITED_PRIVILEGES, listed(allowed));
        }
        if (wanted.restrictions) {
            told.put(INHERITED_RESTRICTIONS, ArrayValue.EMPTY);
        }
        return told.build();
    }

    private Document made(Role role, Wanted wanted) {
        Document stored = role.stored();
        stored = wanted.privileges ? stored : stored.without(Role.PRIVILEGES);
        stored = wanted.restrictions ? stored : stored.without(User.RESTRICTIONS);
        Rights all = records.rights(List.of(role.name()));
        List<RoleName> inherited =
                all.roles().stream().filter(name -> !name.equals(role.name())).toList();
        DocumentBuilder told =
                Document.builder()
                        .putAll(stored)
                        .put(BUILTIN, false)
                        .put(INHERITED_ROLES, RoleName.toArray(inherited));
        putInherited(told, all, wanted);
        return told.build();
    }

    private static void putInherited(DocumentBuilder told, Rights all, Wanted wanted) {
        if (wanted.privileges) {
            told.put(INHERITED_PRIVILEGES, listed(all.privileges()));
        }
        if (wanted.restrictions) {
            told.put(INHERITED_RESTRICTIONS, ArrayValue.of(all.restrictions()));
        }
    }

    private static Value listed(PrivilegeSet privileges) {
        return ArrayValue.of(privileges.listed().stream().map(Privilege::toDocument).toList());
    }

    /**
     * What a user with these roles would have.
     *
     * @throws io.smilodon.engine.error.SmilodonException {@code RoleNotFound} (31)
     */
    public Document fragment(Collection<RoleName> roles, Wanted wanted) {
        records.requireRoles(roles);
        DocumentBuilder told = Document.builder().put(User.ROLES, RoleName.toArray(roles));
        putAll(told, roles, new Wanted(true, wanted.restrictions));
        return told.build();
    }

    private void putAll(DocumentBuilder told, Collection<RoleName> roles, Wanted wanted) {
        Rights all = records.rights(roles);
        told.put(INHERITED_ROLES, RoleName.toArray(all.roles()));
        putInherited(told, all, wanted);
    }

    /** A user, without what is kept of the password. */
    public Document user(User user) {
        return user.stored()
                .without("credentials")
                .without(User.RESTRICTIONS)
                .with("mechanisms", mechanisms(user));
    }

    /** The same with what all the user's roles allow. */
    public Document user(User user, Wanted wanted) {
        DocumentBuilder told = Document.builder().putAll(user(user));
        if (wanted.restrictions && user.stored().has(User.RESTRICTIONS)) {
            told.put(User.RESTRICTIONS, user.stored().get(User.RESTRICTIONS));
        }
        putAll(told, user.roles(), wanted);
        return told.build();
    }

    private static Value mechanisms(User user) {
        return ArrayValue.of(user.mechanisms().stream().map(Value::of).toList());
    }
}
