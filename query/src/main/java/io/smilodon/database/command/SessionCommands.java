package io.smilodon.database.command;

import io.smilodon.database.OperationRegistry;
import io.smilodon.database.RunningOperation;
import io.smilodon.database.SessionRegistry;
import io.smilodon.database.SessionStatement;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Action;
import io.smilodon.security.Caller;
import io.smilodon.security.Resource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The commands of sessions, and those that end their transactions. */
final class SessionCommands {

    private static final int TIMEOUT_MINUTES =
            (int) TimeUnit.MILLISECONDS.toMinutes(SessionRegistry.IDLE_MILLIS_MAX);

    private static final BodyRules PATTERN_RULES =
            BodyRules.builder()
                    .optional(FieldKind.OBJECT, SessionFields.SESSION)
                    .optional(FieldKind.ANYTHING, "uid")
                    .optional(FieldKind.ARRAY, "users", "roles")
                    .build();

    static final Command START =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.LOGIN)
                    .by(SessionCommands::start);

    static final Command REFRESH =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.LOGIN)
                    .by(invocation -> forEach(invocation, ids -> refresh(invocation, ids)));

    static final Command END =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.NOTHING)
                    .by(invocation -> forEach(invocation, ids -> end(invocation, ids)));

    static final Command KILL =
            Command.on(Target.DATABASE, Permission.ADMINISTER, SessionCommands::needKill)
                    .by(invocation -> forEach(invocation, ids -> kill(invocation, ids)));

    /** Those of users that there are not end as little as there is of them. */
    static final Command KILL_ALL =
            Command.on(
                            Target.DATABASE,
                            Permission.ADMINISTER,
                            Requirement.onServer(Action.KILL_ANY_SESSION))
                    .by(SessionCommands::killAll);

    /** As above, and single sessions; those of users that there are not do not match. */
    static final Command KILL_BY_PATTERN =
            Command.on(
                            Target.DATABASE,
                            Permission.ADMINISTER,
                            Requirement.onServer(Action.KILL_ANY_SESSION))
                    .by(SessionCommands::killByPattern);

    static final Command COMMIT =
            Command.on(Target.ADMIN, Permission.WRITE, Requirement.LOGIN)
                    .optional(FieldKind.ANYTHING, "recoveryToken")
                    .writeConcern()
                    .endingTransaction()
                    .by(SessionCommands::commit);

    static final Command ABORT =
            Command.on(Target.ADMIN, Permission.WRITE, Requirement.LOGIN)
                    .optional(FieldKind.ANYTHING, "recoveryToken")
                    .writeConcern()
                    .endingTransaction()
                    .by(SessionCommands::abort);

    private SessionCommands() {}

    private static SessionRegistry sessions(Invocation invocation) {
        return invocation.context().smilodon().sessions();
    }

    /** A new id: a session begins with what is said in its name. */
    private static Document start(Invocation invocation) {
        UUID id = UUID.randomUUID();
        byte[] bytes =
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array();
        return Document.builder()
                .put("id", Document.of("id", new BinaryValue((byte) 4, bytes)))
                .put("timeoutMinutes", TIMEOUT_MINUTES)
                .build();
    }

    private static Document forEach(Invocation invocation, Consumer<List<BinaryValue>> work) {
        Location place = Location.ROOT.child(invocation.name());
        if (!(invocation.argument() instanceof ArrayValue written)) {
            throw wrongType(invocation.argument(), "array", place);
        }
        List<BinaryValue> ids = new ArrayList<>();
        for (Value element : written) {
            Location position = place.child(ids.size());
            if (!(element instanceof Document session)) {
                throw wrongType(element, "object", position);
            }
            ids.add(SessionFields.session(session, position, invocation.context().caller()));
        }
        work.accept(ids);
        return Document.EMPTY;
    }

    private static SmilodonException wrongType(Value actual, String expected, Location place) {
        return new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "Sessions are named in an array of objects",
                        Map.of("actual", actual.type().alias(), "expected", expected))
                .at(place);
    }

    private static void refresh(Invocation invocation, List<BinaryValue> ids) {
        sessions(invocation).refresh(ids);
        ids.forEach(invocation.context().smilodon().cursors()::use);
    }

    private static void end(Invocation invocation, List<BinaryValue> ids) {
        sessions(invocation).end(ids);
        invocation.context().smilodon().cursors().close(ids::contains);
    }

    /** Ends what runs in the sessions too; no session at all means all of them. */
    private static void kill(Invocation invocation, List<BinaryValue> named) {
        List<BinaryValue> ids = named.isEmpty() ? sessions(invocation).all() : named;
        OperationRegistry operations = invocation.context().smilodon().operations();
        for (RunningOperation operation : operations.running()) {
            boolean isOfSession =
                    operation.description().request().get(SessionFields.SESSION)
                                    instanceof Document session
                            && session.get(SessionFields.ID) instanceof BinaryValue id
                            && (named.isEmpty() || named.contains(known(id, operation)));
            if (isOfSession) {
                operations.kill(operation.id());
            }
        }
        sessions(invocation).end(ids);
        invocation
                .context()
                .smilodon()
                .cursors()
                .close(id -> named.isEmpty() || named.contains(id));
    }

    private static BinaryValue known(BinaryValue id, RunningOperation operation) {
        return operation
                .description()
                .caller()
                .digest()
                .map(user -> SessionFields.known(id, user))
                .orElse(id);
    }

    /** Own sessions may be ended by everybody: those that are named, of the sender. */
    private static void needKill(Asked asked) {
        if (asked.command().get(asked.name()) instanceof ArrayValue ids && ids.isEmpty()) {
            asked.need(Action.KILL_ANY_SESSION, Resource.CLUSTER);
        }
    }

    private static Document killAll(Invocation invocation) {
        if (!(invocation.argument() instanceof ArrayValue users)) {
            Location place = Location.ROOT.child(invocation.name());
            throw wrongType(invocation.argument(), "array", place);
        }
        if (users.elements().isEmpty()) {
            kill(invocation, List.of());
        }
        return Document.EMPTY;
    }

    private static Document killByPattern(Invocation invocation) {
        Location place = Location.ROOT.child(invocation.name());
        if (!(invocation.argument() instanceof ArrayValue patterns)) {
            throw wrongType(invocation.argument(), "array", place);
        }
        List<BinaryValue> ids = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            if (!(patterns.get(i) instanceof Document written)) {
                throw wrongType(patterns.get(i), "object", place.child(i));
            }
            Body pattern = PATTERN_RULES.check(written, place.child(i));
            if (pattern.has(SessionFields.SESSION)) {
                Document session = pattern.document(SessionFields.SESSION);
                Caller caller = invocation.context().caller();
                ids.add(SessionFields.session(session, place.child(i), caller));
            }
        }
        if (patterns.isEmpty() || !ids.isEmpty()) {
            kill(invocation, ids);
        }
        return Document.EMPTY;
    }

    private static Document commit(Invocation invocation) {
        sessions(invocation).commit(statement(invocation), WriteConcern.options(invocation.body()));
        return Document.EMPTY;
    }

    private static Document abort(Invocation invocation) {
        WriteConcern.options(invocation.body());
        sessions(invocation).abort(statement(invocation));
        return Document.EMPTY;
    }

    private static SessionStatement statement(Invocation invocation) {
        SessionStatement statement =
                SessionFields.statement(invocation.general())
                        .orElseThrow(
                                () ->
                                        new SmilodonException(
                                                ErrorCode.COMMAND_FAILED,
                                                invocation.name()
                                                        + " must be run within a transaction"));
        if (statement.start().isPresent()) {
            throw new SmilodonException(
                    ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION,
                    "Cannot start a transaction with this command",
                    Map.of("command", invocation.name()));
        }
        return statement;
    }
}
