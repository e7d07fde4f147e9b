package io.smilodon.security;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What roles allow, with all that they inherit. Immutable.
 *
 * @param roles those that were asked for, and those that they inherit
 * @param privileges what all of them allow
 * @param restricted those that may be used from certain places only, as they are kept
 */
record Rights(List<RoleName> roles, PrivilegeSet privileges, List<Document> restricted) {

    /** Roles that somebody may have, those among them that roles inherit. */
    static final int ROLES_MAX = 10_000;

    static final Rights NONE = new Rights(List.of(), PrivilegeSet.NONE, List.of());

    /**
     * Follows roles to all that they inherit, each once. A role that does not exist, or no longer,
     * allows nothing.
     *
     * @throws io.smilodon.engine.error.SmilodonException {@code ExceededMemoryLimit} for more than
     *     {@value #ROLES_MAX} roles
     */
    static Rights of(Collection<RoleName> granted, Records records) {
        Set<RoleName> seen = new LinkedHashSet<>(granted);
        Deque<RoleName> left = new ArrayDeque<>(seen);
        PrivilegeSet.Builder privileges = PrivilegeSet.builder();
        List<Document> restricted = new ArrayList<>();
        while (!left.isEmpty()) {
            Records.checkCount("roles, with those that they inherit", seen.size(), ROLES_MAX);
            RoleName name = left.remove();
            Optional<PrivilegeSet> builtin = BuiltinRoles.find(name);
            if (builtin.isPresent()) {
                privileges.addAll(builtin.get());
                continue;
            }
            Optional<Role> made = records.role(name);
            if (made.isPresent()) {
                privileges.addAll(records.privileges(made.get()));
                made.map(Role::stored)
                        .filter(stored -> stored.has(User.RESTRICTIONS))
                        .ifPresent(restricted::add);
                made.get().roles().stream().filter(seen::add).forEach(left::add);
            }
        }
        return new Rights(List.copyOf(seen), privileges.build(), List.copyOf(restricted));
    }

    /** From where the roles may be used, each role's own. */
    List<Value> restrictions() {
        return restricted.stream().map(stored -> stored.get(User.RESTRICTIONS)).toList();
    }
}
