package io.smilodon.security;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A role that somebody made, as it is kept: <code>{_id, role, db, privileges, roles,
 * authenticationRestrictions?}</code>.
 */
record Role(Document stored) {

    static final String PRIVILEGES = "privileges";

    RoleName name() {
        return new RoleName(User.text(stored, "role"), User.text(stored, "db"));
    }

    List<RoleName> roles() {
        return User.roles(stored);
    }

    /**
     * What it allows by itself.
     *
     * @param check throws for privileges that are not understood
     */
    PrivilegeSet privileges(Consumer<Privilege> check) {
        PrivilegeSet.Builder all = PrivilegeSet.builder();
        if (stored.get(PRIVILEGES) instanceof ArrayValue elements) {
            for (Value element : elements) {
                if (element instanceof Document privilege) {
                    addTo(all, privilege, check);
                }
            }
        }
        return all.build();
    }

    /** Adds what is understood; what is not allows nothing. */
    private static void addTo(
            PrivilegeSet.Builder all, Document privilege, Consumer<Privilege> check) {
        Set<Action> actions = actions(privilege);
        boolean isWhole = AccessRules.in(privilege).isNone() && AccessRules.areAllIn(privilege);
        if (!isWhole) {
            actions.retainAll(AccessRules.ACTIONS);
        }
        if (privilege.get("resource") instanceof Document resource && !actions.isEmpty()) {
            resource(resource)
                    .filter(on -> isWhole || isOneCollection(on))
                    .map(on -> new Privilege(on, actions, rules(privilege, on, check)))
                    .ifPresent(all::add);
        }
    }

    private static AccessRules rules(
            Document privilege, Resource resource, Consumer<Privilege> check) {
        AccessRules rules = AccessRules.in(privilege);
        if (!AccessRules.areAllIn(privilege)) {
            return AccessRules.NOT_UNDERSTOOD;
        }
        try {
            check.accept(new Privilege(resource, actions(privilege), rules));
            return rules;
        } catch (SmilodonException notUnderstood) {
            return AccessRules.NOT_UNDERSTOOD; // who uses it is told
        }
    }

    private static Set<Action> actions(Document privilege) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        if (privilege.get("actions") instanceof ArrayValue labels) {
            for (Value label : labels) {
                if (label instanceof StringValue text) {
                    Action.find(text.value()).ifPresent(actions::add);
                }
            }
        }
        return actions;
    }

    private static boolean isOneCollection(Resource resource) {
        return !resource.database().isEmpty() && !resource.collection().isEmpty();
    }

    private static Optional<Resource> resource(Document written) {
        if (BooleanValue.TRUE.equals(written.get("cluster"))) {
            return Optional.of(Resource.CLUSTER);
        }
        if (BooleanValue.TRUE.equals(written.get("anyResource"))) {
            return Optional.of(Resource.ANYTHING);
        }
        return written.get("db") instanceof StringValue database
                        && written.get("collection") instanceof StringValue collection
                ? Optional.of(Resource.collection(database.value(), collection.value()))
                : Optional.empty();
    }
}
