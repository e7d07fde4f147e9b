package io.smilodon.database.command;

import io.smilodon.database.OperationRegistry;
import io.smilodon.database.RunningOperation;
import io.smilodon.database.SessionRegistry;
import io.smilodon.database.SessionStatement;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.database.command.UserArguments.Naming;
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
import io.smilodon.security.UserName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The commands of sessions, and those that end their transactions. */
final class SessionCommands {

    private static final int TIMEOUT_MINUTES =
            (int) TimeUnit.MILLISECONDS.toMinutes(SessionRegistry.IDLE_MILLIS_MAX);

    private static final String UID = "uid";

    /** Of SHA-256: what MongoDB tells users apart by. */
    private static final int DIGEST_BYTES = 32;

    private static final BodyRules PATTERN_RULES =
            BodyRules.builder()
                    .optional(FieldKind.OBJECT, SessionFields.SESSION)
                    .optional(FieldKind.ANYTHING, UID)
                    .optional(FieldKind.ARRAY, "users", "roles")
                    .build();

    static final Command START =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.LOGIN)
                    .by(SessionCommands::start);

    static final Command REFRESH =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.LOGIN)
                    .by(invocation -> forEach(invocation, ids -> refresh(invocation, ids)));

    static final Command END =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.LOGIN)
                    .by(invocation -> forEach(invocation, ids -> end(invocation, ids)));

    static final Command KILL =
            Command.on(Target.DATABASE, Permission.ADMINISTER, SessionCommands::needKill)
                    .by(invocation -> forEach(invocation, ids -> kill(invocation, named(ids))));

    static final Command KILL_ALL =
            Command.on(
                            Target.DATABASE,
                            Permission.ADMINISTER,
                            Requirement.onServer(Action.KILL_ANY_SESSION))
                    .by(SessionCommands::killAll);

    /** As above, and single sessions; those that are wanted by roles do not match. */
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

    /** Ends what runs in the sessions too. */
    private static void kill(Invocation invocation, Predicate<BinaryValue> wanted) {
        OperationRegistry operations = invocation.context().smilodon().operations();
        for (RunningOperation operation : operations.running()) {
            if (session(operation).filter(wanted).isPresent()) {
                operations.kill(operation.id());
            }
        }
        sessions(invocation).end(sessions(invocation).all().stream().filter(wanted).toList());
        invocation.context().smilodon().cursors().close(wanted);
    }

    private static Optional<BinaryValue> session(RunningOperation operation) {
        Optional<byte[]> user = operation.description().caller().digest();
        return operation.description().request().get(SessionFields.SESSION)
                                instanceof Document session
                        && session.get(SessionFields.ID) instanceof BinaryValue id
                ? Optional.of(user.map(of -> SessionFields.known(id, of)).orElse(id))
                : Optional.empty();
    }

    /** Those that are named; all without any. */
    private static Predicate<BinaryValue> named(List<BinaryValue> ids) {
        return ids.isEmpty() ? session -> true : ids::contains;
    }

    /** Own sessions may be ended by everybody: those that are named, of the sender. */
    private static void needKill(Asked asked) {
        if (asked.command().get(asked.name()) instanceof ArrayValue ids && ids.isEmpty()) {
            asked.need(Action.KILL_ANY_SESSION, Resource.CLUSTER);
        }
    }

    /** Those of the users that are named; all without any. */
    private static Document killAll(Invocation invocation) {
        Location place = Location.ROOT.child(invocation.name());
        if (!(invocation.argument() instanceof ArrayValue named)) {
            throw wrongType(invocation.argument(), "array", place);
        }
        kill(invocation, named.isEmpty() ? session -> true : ofUsers(named, place));
        return Document.EMPTY;
    }

    private static Predicate<BinaryValue> ofUsers(Value named, Location place) {
        Naming<UserName> naming = new Naming<>("user", "", UserName::new);
        return UserArguments.names(named, place, naming).stream()
                .map(user -> ofUser(Caller.digest(user)))
                .reduce(session -> false, Predicate::or);
    }

    private static Predicate<BinaryValue> ofUser(byte[] digest) {
        return session -> SessionFields.isOf(session, digest);
    }

    private static Document killByPattern(Invocation invocation) {
        Location place = Location.ROOT.child(invocation.name());
        if (!(invocation.argument() instanceof ArrayValue patterns)) {
            throw wrongType(invocation.argument(), "array", place);
        }
        Predicate<BinaryValue> wanted = session -> patterns.isEmpty();
        for (int i = 0; i < patterns.size(); i++) {
            if (!(patterns.get(i) instanceof Document written)) {
                throw wrongType(patterns.get(i), "object", place.child(i));
            }
            wanted = wanted.or(pattern(invocation, written, place.child(i)));
        }
        kill(invocation, wanted);
        return Document.EMPTY;
    }

    /** One session, of the sender unless it names another, or those of users. */
    private static Predicate<BinaryValue> pattern(
            Invocation invocation, Document written, Location place) {
        Body pattern = PATTERN_RULES.check(written, place);
        if (pattern.has(SessionFields.SESSION)) {
            Document session = pattern.document(SessionFields.SESSION);
            BinaryValue id = SessionFields.session(session, place);
            Optional<byte[]> user =
                    digest(session.get(UID)).or(invocation.context().caller()::digest);
            return Predicate.isEqual(user.map(of -> SessionFields.known(id, of)).orElse(id));
        }
        Optional<byte[]> user = digest(pattern.value(UID));
        return user.map(SessionCommands::ofUser)
                .orElseGet(() -> ofUsers(pattern.value("users"), place));
    }

    private static Optional<byte[]> digest(Value uid) {
        return uid instanceof BinaryValue digest && digest.bytes().length == DIGEST_BYTES
                ? Optional.of(digest.bytes())
                : Optional.empty();
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
