package io.smilodon.security;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which actions are allowed on what; what is not in it is not allowed. Immutable. */
final class PrivilegeSet {

    static final PrivilegeSet NONE = new Builder().build();

    private final Map<Resource, Set<Action>> actions;

    /** Those about some documents only: nobody is allowed by them who does not ask for that. */
    private final List<Privilege> limited;

    private PrivilegeSet(Map<Resource, Set<Action>> actions, List<Privilege> limited) {
        this.actions = actions;
        this.limited = limited;
    }

    static Builder builder() {
        return new Builder();
    }

    /** Collects what several roles allow. */
    static final class Builder {

        private final Map<Resource, Set<Action>> actions = new LinkedHashMap<>();
        private final Set<Privilege> limited = new LinkedHashSet<>();

        Builder add(Privilege privilege) {
            if (privilege.rules().isNone()) {
                return add(privilege.resource(), privilege.actions());
            }
            limited.add(privilege);
            return this;
        }

        Builder add(Resource resource, Set<Action> allowed) {
            actions.computeIfAbsent(resource, same -> EnumSet.noneOf(Action.class)).addAll(allowed);
            return this;
        }

        Builder addAll(PrivilegeSet other) {
            other.actions.forEach(this::add);
            limited.addAll(other.limited);
            return this;
        }

        PrivilegeSet build() {
            Map<Resource, Set<Action>> built = new LinkedHashMap<>();
            actions.forEach(
                    (resource, allowed) ->
                            built.put(
                                    resource,
                                    Collections.unmodifiableSet(EnumSet.copyOf(allowed))));
            return new PrivilegeSet(Collections.unmodifiableMap(built), List.copyOf(limited));
        }
    }

    /** The rules of the privileges that allow an action with some documents of a collection. */
    List<AccessRules> limits(Action action, Resource collection) {
        return limited.stream()
                .filter(privilege -> privilege.resource().equals(collection))
                .filter(privilege -> privilege.actions().contains(action))
                .map(Privilege::rules)
                .distinct()
                .toList();
    }

    /**
     * Whether an action is allowed on a thing.
     *
     * @param target a collection, a database or the server; or what a role would allow it on, which
     *     must be allowed as a whole
     */
    boolean allow(Action action, Resource target) {
        return has(target, action)
                || has(Resource.ANYTHING, action)
                || target.kind() == Resource.Kind.NAMESPACE && allowAround(action, target);
    }

    /** By what covers more than the target. The server's own collections must be named. */
    private boolean allowAround(Action action, Resource target) {
        boolean isEveryOne = !target.isOfServersDatabase() && has(Resource.EVERY_DATABASE, action);
        if (target.collection().isEmpty()) {
            return isEveryOne;
        }
        if (has(Resource.named(target.collection()), action)) {
            return true;
        }
        return !target.isSystem()
                && (isEveryOne || has(Resource.database(target.database()), action));
    }

    /** Whether anything is allowed on a collection. */
    boolean allowAny(Resource collection) {
        for (Action action : Action.values()) {
            if (allow(action, collection)) {
                return true;
            }
        }
        return limited.stream().anyMatch(privilege -> privilege.resource().equals(collection));
    }

    /** All of it, in the order in which the roles have it. */
    List<Privilege> listed() {
        List<Privilege> all = new ArrayList<>();
        actions.forEach((resource, allowed) -> all.add(new Privilege(resource, allowed)));
        all.addAll(limited);
        return all;
    }

    /** Whether any action is allowed on a database or on something in it. */
    boolean touch(String database) {
        for (Resource resource : actions.keySet()) {
            boolean isThere =
                    resource.database().isEmpty()
                            ? !Resource.database(database).isOfServersDatabase()
                            : resource.database().equals(database);
            if (resource.kind() == Resource.Kind.ANYTHING
                    || resource.kind() == Resource.Kind.NAMESPACE && isThere) {
                return true;
            }
        }
        return limited.stream()
                .anyMatch(privilege -> privilege.resource().database().equals(database));
    }

    private boolean has(Resource resource, Action action) {
        Set<Action> allowed = actions.get(resource);
        return allowed != null && (allowed.contains(action) || allowed.contains(Action.ANY_ACTION));
    }
}
