package io.smilodon.security;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import java.util.Collection;

/**
 * Which role is meant.
 *
 * @param database that the role belongs to: a built-in role allows what it does there
 */
public record RoleName(String role, String database) {

    /** The {@code _id} under which a role is kept that somebody made. */
    public String id() {
        return database + "." + role;
    }

    /** As MongoDB shows and stores it. */
    public Document toDocument() {
        return Document.builder().put("role", role).put("db", database).build();
    }

    /** As expressions see it. */
    Document shown() {
        return Document.builder().put("_id", id()).putAll(toDocument()).build();
    }

    static ArrayValue toArray(Collection<RoleName> roles) {
        return ArrayValue.of(roles.stream().map(RoleName::toDocument).toList());
    }

    /** As MongoDB writes it in texts. */
    @Override
    public String toString() {
        return role + "@" + database;
    }
}
