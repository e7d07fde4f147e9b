package io.smilodon.database;

import java.util.Optional;

/** What must hold of a stored document for a conditional write to happen. Immutable. */
public sealed interface Precondition {

    /** Anything goes. */
    Precondition NONE = new None();

    /** There must be no such document: create only. */
    Precondition ABSENT = new Absent();

    /** There must be such a document, in any version. */
    Precondition PRESENT = new Present();

    /** There must be such a document in exactly this version. */
    static Precondition version(long version) {
        return new Version(version);
    }

    boolean holds(Optional<VersionedDocument> stored);

    /** See {@link #NONE}. */
    record None() implements Precondition {

        @Override
        public boolean holds(Optional<VersionedDocument> stored) {
            return true;
        }
    }

    /** See {@link #ABSENT}. */
    record Absent() implements Precondition {

        @Override
        public boolean holds(Optional<VersionedDocument> stored) {
            return stored.isEmpty();
        }
    }

    /** See {@link #PRESENT}. */
    record Present() implements Precondition {

        @Override
        public boolean holds(Optional<VersionedDocument> stored) {
            return stored.isPresent();
        }
    }

    /** See {@link #version}. */
    record Version(long version) implements Precondition {

        @Override
        public boolean holds(Optional<VersionedDocument> stored) {
            return stored.isPresent() && stored.get().version() == version;
        }
    }
}
