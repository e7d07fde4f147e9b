package io.smilodon.engine.store;

import java.util.OptionalLong;

/** What must hold of what is stored for a conditional write to happen. Immutable. */
public sealed interface Precondition {

    /** Anything goes. */
    Precondition NONE = new None();

    /** There must be nothing: create only. */
    Precondition ABSENT = new Absent();

    /** There must be something, in any version. */
    Precondition PRESENT = new Present();

    /** There must be something in exactly this version. */
    static Precondition version(long version) {
        return new Version(version);
    }

    /** Whether it holds; there is no version of what is not there. */
    boolean holds(OptionalLong stored);

    /** See {@link #NONE}. */
    record None() implements Precondition {

        @Override
        public boolean holds(OptionalLong stored) {
            return true;
        }
    }

    /** See {@link #ABSENT}. */
    record Absent() implements Precondition {

        @Override
        public boolean holds(OptionalLong stored) {
            return stored.isEmpty();
        }
    }

    /** See {@link #PRESENT}. */
    record Present() implements Precondition {

        @Override
        public boolean holds(OptionalLong stored) {
            return stored.isPresent();
        }
    }

    /** See {@link #version}. */
    record Version(long version) implements Precondition {

        @Override
        public boolean holds(OptionalLong stored) {
            return stored.isPresent() && stored.getAsLong() == version;
        }
    }
}
