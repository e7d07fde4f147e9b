package io.smilodon.security;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What roles allow, with all that they inherit. Immutable.
 *
 * @param roles those that were asked for, and those that they inherit
 * @param privileges what all of them allow
 * @param restrictions from where they may be used: each role's own
 */
record Rights(List<RoleName> roles, PrivilegeSet privileges, List<Document> restrictions) {

    /** Roles that somebody may have, those among them that roles inherit. */
    static final int ROLES_MAX = 10_000;

    static final Rights NONE = new Rights(List.of(), PrivilegeSet.NONE, List.of());

    /**
     * Follows roles to all that they inherit, each once, so that there may be circles. A role that
     * does not exist, or no longer, allows nothing.
     *
     * @throws SmilodonException {@code ExceededMemoryLimit} for more than {@value #ROLES_MAX} roles
     */
    static Rights of(Collection<RoleName> granted, UserStore store) {
        Set<RoleName> seen = new LinkedHashSet<>(granted);
        Deque<RoleName> left = new ArrayDeque<>(seen);
        PrivilegeSet.Builder privileges = PrivilegeSet.builder();
        List<Document> restrictions = new ArrayList<>();
        while (!left.isEmpty()) {
            checkCount(seen);
            RoleName name = left.remove();
            Optional<PrivilegeSet> builtin = BuiltinRoles.find(name);
            if (builtin.isPresent()) {
                privileges.addAll(builtin.get());
                continue;
            }
            Optional<Role> made = store.find(UserStore.Kind.ROLES, name.id()).map(Role::new);
            if (made.isPresent()) {
                privileges.addAll(made.get().privileges());
                restrictions.add(made.get().stored());
                made.get().roles().stream().filter(seen::add).forEach(left::add);
            }
        }
        return new Rights(List.copyOf(seen), privileges.build(), List.copyOf(restrictions));
    }

    private static void checkCount(Set<RoleName> seen) {
        if (seen.size() > ROLES_MAX) {
            throw new SmilodonException(
                    ErrorCode.EXCEEDED_MEMORY_LIMIT,
                    "Too many roles, with those that they inherit",
                    Map.of("limit", ROLES_MAX));
        }
    }
}
