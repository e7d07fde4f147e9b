package io.smilodon.database.command;

import io.smilodon.database.OperationDescription;
import io.smilodon.database.SessionStatement;
import io.smilodon.database.TimeLimits;
import io.smilodon.database.action.Body;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.OperatorTable;
import java.util.Map;
import java.util.Optional;

/**
 * MongoDB's commands: a document in whose first field's name says what to do, and a document out
 * with {@code ok}. The one table that serves the REST interface and MongoDB's wire protocol.
 */
public final class Commands {

    /** Every command by its name. */
    public static final OperatorTable<Command> TABLE = CommandRows.table();

    private static final ErrorCode NOT_REPEATABLE = ErrorCode.location(50768);

    private Commands() {}

    /** Carries out a command; an error becomes an answer too, with {@code ok: 0}. */
    public static Document run(CommandContext context, Document command) {
        try {
            return carryOut(context, command).with("ok", Value.of(1.0));
        } catch (SmilodonException failure) {
            return failure(failure);
        }
    }

    /**
     * Whether a command is one of those of which only some are carried out at a time: reads and
     * writes, but for what goes on with something that has begun.
     */
    public static boolean waitsForTurn(Document command) {
        if (command.isEmpty()) {
            return false;
        }
        Optional<Command> row = TABLE.find(command.iterator().next().name());
        boolean goesOn = command.has(SessionFields.AUTOCOMMIT) && !command.has(SessionFields.START);
        return !goesOn && row.filter(Commands::isWork).isPresent();
    }

    private static boolean isWork(Command row) {
        boolean goesOn = row == CursorCommands.GET_MORE || row == CursorCommands.KILL;
        boolean isOfDocuments =
                row.permission() == Permission.READ || row.permission() == Permission.WRITE;
        return isOfDocuments && !goesOn && !row.endsTransaction();
    }

    /** The answer to a command that failed, or that could not even be read. */
    public static Document failure(SmilodonException failure) {
        return CommandFailure.answer(failure);
    }

    private static Document carryOut(CommandContext sent, Document command) {
        Command row = row(command);
        Body general = GeneralFields.of(sent, command);
        CommandContext context = sent.withOwner(SessionFields.owner(general));
        context.owner().session().ifPresent(context.smilodon().cursors()::use);
        Optional<SessionStatement> statement = SessionFields.statement(general);
        checkRepeatable(row, general, name(command));
        if (row.isRepeatable()) {
            long number = general.number(SessionFields.NUMBER);
            SessionFields.writer(general)
                    .ifPresent(id -> context.smilodon().sessions().write(id, number));
        }
        if (statement.isEmpty() || row.endsTransaction()) {
            return carryOut(row, invocation(context, command), command);
        }
        checkBelongs(row, context, command);
        return context.smilodon()
                .sessions()
                .run(
                        statement.get(),
                        own -> {
                            CommandContext inside = context.withTransaction(own);
                            return carryOut(row, invocation(inside, command), command);
                        });
    }

    /** Refuses numbers that say nothing: only some writes are recognised when they come again. */
    private static void checkRepeatable(Command row, Body general, String name) {
        boolean hasNumber = SessionFields.repeatable(general).isPresent();
        if (hasNumber && !row.isRepeatable() && !row.endsTransaction()) {
            throw new SmilodonException(
                            NOT_REPEATABLE,
                            "txnNumber may only be provided for multi-document transactions and"
                                    + " retryable write commands. autocommit:false was not"
                                    + " provided, and the command is not a retryable write"
                                    + " command.",
                            Map.of("command", name))
                    .at(Location.ROOT.child(SessionFields.NUMBER));
        }
    }

    /** Refuses what cannot be a statement of a transaction of a session. */
    private static void checkBelongs(Command row, CommandContext context, Document command) {
        checkTransaction(row, name(command));
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

    private static void checkTransaction(Command row, String name) {
        if (!row.takesTransaction()) {
            throw new SmilodonException(
                    ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION,
                    "Cannot run this command in a multi-document transaction.",
                    Map.of("command", name));
        }
    }

    private static Document carryOut(Command row, Invocation invocation, Document command) {
        CommandContext context = invocation.context();
        if (context.transaction().isPresent()) {
            checkTransaction(row, invocation.name());
        }
        OperationDescription description =
                new OperationDescription(
                        invocation.name(),
                        context.databaseName(),
                        row.target().isCollection() ? invocation.collectionName() : "",
                        command,
                        context.client());
        long limitMillis = limitMillis(row, invocation);
        Optional<SnapshotRead> snapshot = SnapshotRead.of(invocation);
        return context.smilodon()
                .operations()
                .run(description, limitMillis, () -> run(row, invocation, snapshot));
    }

    private static Document run(
            Command row, Invocation invocation, Optional<SnapshotRead> snapshot) {
        return snapshot.map(read -> read.stamped(row.handler().run(invocation.on(read))))
                .orElseGet(() -> row.handler().run(invocation));
    }

    /** Reads and writes have less time than what changes or checks whole collections. */
    private static long limitMillis(Command row, Invocation invocation) {
        Value given = GeneralFields.maxTime(invocation.general());
        boolean isOfWaiting = row == CursorCommands.GET_MORE; // it says how long to wait
        boolean isShort =
                row.permission() == Permission.READ || row.permission() == Permission.WRITE;
        TimeLimits limits = invocation.context().timeLimits();
        return (isShort ? limits : limits.patient()).of(isOfWaiting ? Missing.INSTANCE : given);
    }

    /**
     * Reads a command without carrying it out.
     *
     * @throws SmilodonException {@code CommandNotFound} (59), 40415, 40414, {@code TypeMismatch}
     *     (14) or {@code InvalidNamespace} (73)
     */
    static Invocation invocation(CommandContext context, Document command) {
        Command row = row(command);
        String name = name(command);
        Value argument = command.get(name);
        Body general = GeneralFields.of(context, command);
        row.target().check(context, name, argument);
        Body body = row.check(name, GeneralFields.without(command, name, row));
        return new Invocation(context, name, general, body, argument, Optional.empty());
    }

    private static Command row(Document command) {
        String name = name(command);
        return TABLE.find(name).orElseThrow(() -> unknown(name));
    }

    /** The name of the first field. */
    private static String name(Document command) {
        if (command.isEmpty()) {
            throw new SmilodonException(ErrorCode.COMMAND_NOT_FOUND, "no command was given");
        }
        return command.iterator().next().name();
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
