package io.smilodon.database.command;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Map;

/** What a command works on, hence what the field of its name holds. */
public enum Target {
    /** A collection, by its name. */
    COLLECTION {
        @Override
        void check(CommandContext context, String command, Value value) {
            if (!(value instanceof StringValue)) {
                throw invalidNamespace(command, value);
            }
        }
    },

    /** A collection by its name, or the database as such by the number 1. */
    COLLECTION_OR_DATABASE {
        @Override
        void check(CommandContext context, String command, Value value) {
            boolean isOne = value instanceof NumberValue number && number.toDouble() == 1;
            if (!isOne && !(value instanceof StringValue)) {
                throw invalidNamespace(command, value);
            }
        }
    },

    /** The database that it is sent to, or the server; the value means something to it or not. */
    DATABASE {
        @Override
        void check(CommandContext context, String command, Value value) {
            // Any value will do.
        }
    },

    /** The server, by way of the database {@code admin}. */
    ADMIN {
        @Override
        void check(CommandContext context, String command, Value value) {
            if (!context.databaseName().equals(ADMIN_DATABASE)) {
                throw new SmilodonException(
                        ErrorCode.UNAUTHORIZED,
                        command + " may only be run against the admin database.");
            }
        }
    };

    private static final String ADMIN_DATABASE = "admin";

    /**
     * Refuses a command that is sent to the wrong place, or a value that names no target.
     *
     * @throws SmilodonException {@code InvalidNamespace} or {@code Unauthorized}
     */
    abstract void check(CommandContext context, String command, Value value);

    /** Whether its argument may name a collection of the database. */
    boolean isCollection() {
        return this == COLLECTION || this == COLLECTION_OR_DATABASE;
    }

    private static SmilodonException invalidNamespace(String command, Value value) {
        return new SmilodonException(
                        ErrorCode.INVALID_NAMESPACE,
                        "collection name has invalid type",
                        Map.of("command", command, "actual", value.type().alias()))
                .at(Location.ROOT.child(command));
    }
}
