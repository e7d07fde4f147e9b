package io.smilodon.database.command;

import io.smilodon.database.SessionStatement;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Set;

/**
 * Which commands may be statements of a transaction. What is refused here has not been begun, so
 * the transaction goes on, as in MongoDB.
 */
final class StatementRules {

    private static final Set<String> FORBIDDEN_DATABASES = Set.of("local", "config");
    private static final Set<String> FORBIDDEN_COLLECTIONS =
            Set.of("system.profile", "system.views");

    private StatementRules() {}

    /**
     * Refuses what cannot be a statement of a transaction of a session.
     *
     * @throws SmilodonException as {@link #check}; {@code InvalidOptions} (72) for what the
     *     transaction settles
     */
    static void ofSession(
            CommandContext context, Command row, Document command, SessionStatement statement) {
        check(context, row, command);
        if (statement.start().isPresent() && row == CursorCommands.KILL) {
            throw refused(
                    "Cannot run killCursors as the first operation in a multi-document"
                            + " transaction.",
                    Map.of());
        }
        if (context.transaction().isPresent()) {
            throw new SmilodonException(
                            ErrorCode.INVALID_OPTIONS,
                            "The command belongs to another transaction already")
                    .at(Location.ROOT.child(SessionFields.NUMBER));
        }
        if (command.has("writeConcern")) {
            throw new SmilodonException(
                            ErrorCode.INVALID_OPTIONS,
                            "writeConcern is not allowed within a multi-statement transaction")
                    .at(Location.ROOT.child("writeConcern"));
        }
    }

    /**
     * Refuses what cannot belong to any transaction.
     *
     * @throws SmilodonException {@code OperationNotSupportedInTransaction} (263)
     */
    static void check(CommandContext context, Command row, Document command) {
        String name = command.iterator().next().name();
        if (!row.takesTransaction()) {
            throw refused(
                    "Cannot run this command in a multi-document transaction.",
                    Map.of("command", name));
        }
        if (row == BulkWriteCommand.ROW && command.get("nsInfo") instanceof ArrayValue named) {
            named.forEach(StatementRules::checkNamed);
            return;
        }
        String collection =
                row.target().isCollection() && command.get(name) instanceof StringValue text
                        ? text.value()
                        : "";
        checkPlace(context.databaseName(), collection);
    }

    /** One of the collections that a command names in full; another mistake is not told here. */
    private static void checkNamed(Value written) {
        if (written instanceof Document info && info.get("ns") instanceof StringValue name) {
            int dot = name.value().indexOf('.');
            checkPlace(
                    name.value().substring(0, Math.max(dot, 0)), name.value().substring(dot + 1));
        }
    }

    private static void checkPlace(String database, String collection) {
        if (FORBIDDEN_DATABASES.contains(database)) {
            throw refused(
                    "Cannot run command against this database in a transaction.",
                    Map.of("database", database));
        }
        if (FORBIDDEN_COLLECTIONS.contains(collection)) {
            throw refused(
                    "Cannot run command against this collection in a transaction.",
                    Map.of("collection", collection));
        }
    }

    private static SmilodonException refused(String text, Map<String, Object> details) {
        return new SmilodonException(
                ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION, text, details);
    }
}
