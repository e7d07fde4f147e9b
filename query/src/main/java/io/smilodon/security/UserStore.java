package io.smilodon.security;

import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Optional;

/** Where users and roles are kept, in documents as MongoDB's, and keys. Thread-safe. */
public interface UserStore {

    /** What is kept. */
    enum Kind {
        USERS("system.users"),
        ROLES("system.roles"),

        /** In which form they are kept. */
        VERSIONS("system.version"),

        /** What the server alone knows. */
        KEYS("system.keys");

        private final String collection;

        Kind(String collection) {
            this.collection = collection;
        }

        /** The collection of the database {@code admin} that holds it. */
        public String collection() {
            return collection;
        }
    }

    /**
     * One document that becomes another.
     *
     * @param id its {@code _id}
     * @param after empty to remove it
     */
    record Change(Kind kind, String id, Optional<Document> after) {}

    Optional<Document> find(Kind kind, String id);

    /** All of a kind, by their ids. */
    List<Document> all(Kind kind);

    /** How many there are of a kind. */
    long count(Kind kind);

    /**
     * Refuses what can be no privilege; what rules say is known here alone.
     *
     * @throws io.smilodon.engine.error.SmilodonException that says why
     */
    void check(Privilege privilege);

    /** Makes changes, all together or none, and durable. */
    void write(List<Change> changes);
}
