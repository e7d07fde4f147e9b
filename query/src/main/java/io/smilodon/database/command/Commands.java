package io.smilodon.database.command;

import io.smilodon.database.CursorOwner;
import io.smilodon.database.OperationDescription;
import io.smilodon.database.SessionStatement;
import io.smilodon.database.TimeLimits;
import io.smilodon.database.action.Body;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.OperatorTable;
import io.smilodon.security.AuditTrail;
import io.smilodon.security.Need;
import io.smilodon.security.Permit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * MongoDB's commands: a document in whose first field's name says what to do, and a document out
 * with {@code ok}. The one table that serves the REST interface and MongoDB's wire protocol.
 */
public final class Commands {

    /** Every command by its name. */
    public static final OperatorTable<Command> TABLE = CommandRows.table();

    private static final String HELP = "help";
    private static final ErrorCode NOT_REPEATABLE = ErrorCode.location(50768);

    private Commands() {}

    /** Carries out a command; an error becomes an answer too, with {@code ok: 0}. */
    public static Document run(CommandContext context, Document command) {
        try {
            Document answer = carryOut(context, command).with("ok", Value.of(1.0));
            audit(context, command, 0);
            return answer;
        } catch (SmilodonException failure) {
            audit(context, command, failure.code().number());
            return failure(failure);
        }
    }

    private static void audit(CommandContext context, Document command, int result) {
        context.smilodon()
                .users()
                .audit()
                .command(
                        new AuditTrail.Sender(context.caller(), context.client()),
                        context.databaseName(),
                        command,
                        result);
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

    /**
     * A command that is known.
     *
     * @param general the fields that every command may have, checked
     */
    private record Call(Command row, CommandContext context, Body general, Document command) {

        String name() {
            return Commands.name(command);
        }

        /** Checks the rest of it and carries it out. */
        Document run(CommandContext place) {
            return Commands.run(row, invocation(place, command));
        }
    }

    private static Document carryOut(CommandContext sent, Document command) {
        Command row = row(command);
        List<Need> needs = authorize(row, sent, command);
        if (new Body(command, Location.ROOT).flag(HELP, false)) {
            return help(name(command), row);
        }
        Body general = GeneralFields.of(sent, command);
        CursorOwner owner = SessionFields.owner(general);
        CommandContext context =
                sent.withOwner(
                        sent.caller().isUnrestricted() ? owner : owner.by(sent.caller(), needs));
        context.owner().session().ifPresent(context.smilodon().cursors()::use);
        Optional<SessionStatement> statement = SessionFields.statement(general);
        Call call = new Call(row, context, general, command);
        checkRepeatable(call);
        if (statement.isPresent() && !row.endsTransaction()) {
            StatementRules.ofSession(context, row, command, statement.get());
            return operation(call, () -> inTransaction(call, statement.get()));
        }
        if (row.isRepeatable() && SessionFields.writer(general).isPresent()) {
            return operation(call, () -> inSession(call));
        }
        Invocation invocation = invocation(context, command);
        if (context.transaction().isPresent()) {
            StatementRules.check(context, row, command);
        }
        return operation(call, () -> run(row, invocation));
    }

    /**
     * Refuses a command that its sender may not send, as {@link #run} does before it looks at
     * anything else; for what is asked for in other words and does the same.
     *
     * @return what is needed for it; cursors that it opens are read on by who still may do that
     * @throws SmilodonException {@code Unauthorized} (13)
     */
    public static List<Need> authorize(CommandContext sent, Document command) {
        return authorize(row(command), sent, command);
    }

    private static List<Need> authorize(Command row, CommandContext sent, Document command) {
        if (sent.caller().isUnrestricted() || !row.needsLogin()) {
            return List.of();
        }
        Asked asked = new Asked(sent, name(command), command, row.requirement().isLimitable());
        if (!sent.caller().isAuthenticated()) {
            throw asked.refused("Command " + name(command) + " requires authentication");
        }
        row.requirement().check(asked);
        return asked.needs();
    }

    /** What a command takes, instead of carrying it out. */
    private static Document help(String name, Command row) {
        List<String> fields = row.rules().names().stream().sorted().toList();
        return Document.of(HELP, Value.of("help for: " + name + " " + fields));
    }

    private static Document inTransaction(Call call, SessionStatement statement) {
        CommandContext context = call.context;
        return context.smilodon()
                .sessions()
                .run(statement, own -> call.run(context.withTransaction(own)));
    }

    /** Carries out a write that may come again. */
    private static Document inSession(Call call) {
        BinaryValue session = SessionFields.writer(call.general).orElseThrow();
        return call.context
                .smilodon()
                .sessions()
                .write(
                        session,
                        call.general.number(SessionFields.NUMBER),
                        () -> call.run(call.context));
    }

    /** Refuses numbers that say nothing: only some writes are recognised when they come again. */
    private static void checkRepeatable(Call call) {
        boolean hasNumber = SessionFields.writer(call.general).isPresent();
        if (hasNumber && !call.row.isRepeatable() && !call.row.endsTransaction()) {
            throw new SmilodonException(
                            NOT_REPEATABLE,
                            "txnNumber may only be provided for multi-document transactions and"
                                    + " retryable write commands. autocommit:false was not"
                                    + " provided, and the command is not a retryable write"
                                    + " command.",
                            Map.of("command", call.name()))
                    .at(Location.ROOT.child(SessionFields.NUMBER));
        }
    }

    /** Lets others see what is carried out, and end it. */
    private static Document operation(Call call, Supplier<Document> work) {
        CommandContext context = call.context;
        OperationDescription description =
                new OperationDescription(
                        call.name(),
                        context.databaseName(),
                        collection(call.row, call.command, call.name()),
                        shown(call.row, call.name(), call.command),
                        context.client(),
                        new Permit(context.caller(), context.owner().needs()));
        return context.smilodon().operations().run(description, limitMillis(call), work);
    }

    /** The collection that a command works on; empty for none. */
    private static String collection(Command row, Document command, String name) {
        boolean goesOn = row == CursorCommands.GET_MORE;
        Value named = command.get(goesOn ? CursorCommands.COLLECTION : name);
        return (goesOn || row.target().isCollection()) && named instanceof StringValue text
                ? text.value()
                : "";
    }

    /** A command as others may see it, also one that is explained. */
    private static Document shown(Command row, String name, Document command) {
        Document shown = row.shown(command);
        if (!(command.get(name) instanceof Document inner) || inner.isEmpty()) {
            return shown;
        }
        String other = inner.iterator().next().name();
        return TABLE.find(other)
                .map(found -> shown.with(name, shown(found, other, inner)))
                .orElse(shown);
    }

    private static Document run(Command row, Invocation invocation) {
        if (row.target().isCollection()) {
            ExpectedCollection.check(invocation);
        }
        try {
            return SnapshotRead.of(invocation)
                    .map(read -> read.stamped(row.handler().run(invocation.on(read))))
                    .orElseGet(() -> row.handler().run(invocation));
        } catch (SmilodonException failure) {
            throw row.told(failure);
        }
    }

    /** Reads and writes have less time than what changes or checks whole collections. */
    private static long limitMillis(Call call) {
        Command row = call.row;
        Value given = GeneralFields.maxTime(call.general);
        boolean isOfWaiting = row == CursorCommands.GET_MORE; // it says how long to wait
        boolean isShort =
                row.permission() == Permission.READ || row.permission() == Permission.WRITE;
        TimeLimits limits = call.context.timeLimits();
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
