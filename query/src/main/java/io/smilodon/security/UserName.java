package io.smilodon.security;

import io.smilodon.engine.value.Document;

/**
 * Who a user is: a name, and the database that it belongs to.
 *
 * @param database where the user logs in, which says nothing of what the user may do
 */
public record UserName(String user, String database) {

    /** The {@code _id} under which the user is kept. */
    public String id() {
        return database + "." + user;
    }

    /** As MongoDB shows it. */
    public Document toDocument() {
        return Document.builder().put("user", user).put("db", database).build();
    }

    /** As MongoDB writes it in texts. */
    @Override
    public String toString() {
        return user + "@" + database;
    }
}
