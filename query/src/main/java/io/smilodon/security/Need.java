package io.smilodon.security;

import java.util.List;

/**
 * Something that somebody must be allowed to do.
 *
 * @param limits the rules under which it is allowed, each of another privilege; empty if it is
 *     allowed to do it with every document
 */
public record Need(Action action, Resource resource, List<AccessRules> limits) {

    public Need {
        limits = List.copyOf(limits);
    }

    /** To do it with every document. */
    public Need(Action action, Resource resource) {
        this(action, resource, List.of());
    }

    /** Whether it is allowed with some documents only. */
    public boolean isLimited() {
        return !limits.isEmpty();
    }
}
