package io.smilodon.database.command;

import io.smilodon.security.Action;
import io.smilodon.security.Resource;

/** What the sender of a command must be allowed to do. Every row of the table has one. */
@FunctionalInterface
interface Requirement {

    /** Anyone may, also who has not logged in. */
    Requirement NOTHING =
            new Requirement() {

                @Override
                public void check(Asked asked) {}

                @Override
                public boolean needsLogin() {
                    return false;
                }
            };

    /** Whoever has logged in may. */
    Requirement LOGIN = asked -> {};

    /**
     * Asks for what the command needs.
     *
     * @throws io.smilodon.engine.error.SmilodonException {@code Unauthorized} (13)
     */
    void check(Asked asked);

    /** Whether it must have logged in, where logins are asked for. */
    default boolean needsLogin() {
        return true;
    }

    /** Whether it may be asked for by who may do it with some documents only, and then does so. */
    default boolean isLimitable() {
        return false;
    }

    /** The same of a command that keeps to the documents that its sender may see and write. */
    static Requirement limitable(Requirement requirement) {
        return new Requirement() {

            @Override
            public void check(Asked asked) {
                requirement.check(asked);
            }

            @Override
            public boolean isLimitable() {
                return true;
            }
        };
    }

    /** To do these to the collection that the command names. */
    static Requirement onCollection(Action... actions) {
        return asked -> needAll(asked, asked.collection(), actions);
    }

    /** To do these to the database that it is sent to. */
    static Requirement onDatabase(Action... actions) {
        return asked -> needAll(asked, asked.databaseItself(), actions);
    }

    /** To do these to the server. */
    static Requirement onServer(Action... actions) {
        return asked -> needAll(asked, Resource.CLUSTER, actions);
    }

    private static void needAll(Asked asked, Resource resource, Action... actions) {
        for (Action action : actions) {
            asked.need(action, resource);
        }
    }
}
