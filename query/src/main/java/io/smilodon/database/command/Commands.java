package io.smilodon.database.command;

import io.smilodon.database.OperationDescription;
import io.smilodon.database.action.Body;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.OperatorTable;
import java.util.Iterator;
import java.util.Map;

/**
 * MongoDB's commands: a document in whose first field's name says what to do, and a document out
 * with {@code ok}. The one table that serves the REST interface and MongoDB's wire protocol.
 */
public final class Commands {

    /** Every command by its name. */
    public static final OperatorTable<Command> TABLE = CommandRows.table();

    private Commands() {}

    /** Carries out a command; an error becomes an answer too, with {@code ok: 0}. */
    public static Document run(CommandContext context, Document command) {
        try {
            return carryOut(context, command).with("ok", Value.of(1.0));
        } catch (SmilodonException failure) {
            return CommandFailure.answer(failure);
        }
    }

    private static Document carryOut(CommandContext context, Document command) {
        Invocation invocation = invocation(context, command);
        Command row = TABLE.find(invocation.name()).orElseThrow();
        if (context.transaction().isPresent() && !row.takesTransaction()) {
            throw new SmilodonException(
                    ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION,
                    "Cannot run this command in a multi-document transaction.",
                    Map.of("command", invocation.name()));
        }
        Body general = GeneralFields.of(context, command);
        OperationDescription description =
                new OperationDescription(
                        invocation.name(),
                        context.databaseName(),
                        row.target().isCollection() ? invocation.collectionName() : "",
                        command,
                        context.client());
        long given = GeneralFields.limitMillis(general, invocation);
        boolean isOfWaiting = row == CursorCommands.GET_MORE; // it says how long to wait
        long limitMillis = isOfWaiting ? 0 : given;
        return context.smilodon()
                .operations()
                .run(description, limitMillis, () -> row.handler().run(invocation));
    }

    /**
     * Reads a command without carrying it out.
     *
     * @throws SmilodonException {@code CommandNotFound} (59), 40415, 40414, {@code TypeMismatch}
     *     (14) or {@code InvalidNamespace} (73)
     */
    static Invocation invocation(CommandContext context, Document command) {
        Iterator<Field> fields = command.iterator();
        if (!fields.hasNext()) {
            throw new SmilodonException(ErrorCode.COMMAND_NOT_FOUND, "no command was given");
        }
        Field first = fields.next();
        Command row = TABLE.find(first.name()).orElseThrow(() -> unknown(first.name()));
        GeneralFields.of(context, command);
        row.target().check(context, first.name(), first.value());
        Document own = GeneralFields.without(command, first.name());
        Body body = row.check(own);
        return new Invocation(context, first.name(), body, first.value());
    }

    private static SmilodonException unknown(String name) {
        SmilodonException error =
                new SmilodonException(
                                ErrorCode.COMMAND_NOT_FOUND,
                                "no such command: '" + name.replace("\0", "\\0") + "'")
                        .at(Location.ROOT);
        return TABLE.withSuggestion(error, name);
    }
}
