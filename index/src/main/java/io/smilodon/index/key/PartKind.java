package io.smilodon.index.key;

import java.util.Optional;

/** How one field of a key pattern is indexed. */
public enum PartKind {
    /** By value, in an order: 1 or -1. */
    ORDERED(""),
    /** By value, in an order, all the fields below a place: the path ends with {@code $**}. */
    WILDCARD(""),
    /** By the hash of the value. */
    HASHED("hashed"),
    /** By the words in it. */
    TEXT("text"),
    /** By the place on the earth. */
    SPHERE("2dsphere"),
    /** By the place on a plane. */
    PLANE("2d");

    private final String written;

    PartKind(String written) {
        this.written = written;
    }

    /** The text that asks for this kind; empty if a number does. */
    public String written() {
        return written;
    }

    /** Whether keys hold the values themselves, so that they have the order of values. */
    public boolean isByValue() {
        return written.isEmpty();
    }

    /** The kind that a text in a key pattern asks for. */
    static Optional<PartKind> named(String text) {
        for (PartKind kind : values()) {
            if (!kind.isByValue() && kind.written.equals(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
