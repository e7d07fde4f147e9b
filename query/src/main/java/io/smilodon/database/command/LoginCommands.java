package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Login;
import io.smilodon.security.UserName;
import io.smilodon.security.scram.ScramMechanism;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The commands by which clients say who they are: <code>{saslStart: 1, mechanism, payload}</code>
 * and <code>{saslContinue: 1, conversationId, payload}</code>, with what a greeting has of them.
 */
final class LoginCommands {

    private static final String MECHANISM = "mechanism";
    private static final String PAYLOAD = "payload";
    private static final String OPTIONS = "options";
    private static final String CONVERSATION = "conversationId";
    private static final String MECHANISMS = "saslSupportedMechs";
    static final String SPECULATIVE = "speculativeAuthenticate";
    private static final String X509 = "MONGODB-X509";
    private static final ErrorCode PROTOCOL_ERROR = new ErrorCode(17, "ProtocolError");

    /** There is one conversation of a connection at a time. */
    private static final Value ONLY = Value.of(1);

    static final Command START =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.NOTHING)
                    .required(FieldKind.STRING, MECHANISM)
                    .required(FieldKind.ANYTHING, PAYLOAD)
                    .optional(FieldKind.ANYTHING, "autoAuthorize")
                    .optional(FieldKind.OBJECT, OPTIONS)
                    .concealing(PAYLOAD)
                    .by(LoginCommands::start);

    static final Command CONTINUE =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.NOTHING)
                    .required(FieldKind.NUMBER, CONVERSATION)
                    .required(FieldKind.ANYTHING, PAYLOAD)
                    .concealing(PAYLOAD)
                    .by(LoginCommands::resume);

    static final Command AUTHENTICATE =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.NOTHING)
                    .takingAnyField()
                    .by(LoginCommands::authenticate);

    static final Command LOGOUT =
            Command.on(Target.DATABASE, Permission.NONE, Requirement.NOTHING)
                    .by(LoginCommands::logOut);

    private LoginCommands() {}

    private static Login login(Invocation invocation) {
        return invocation
                .context()
                .login()
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                        ErrorCode.AUTHENTICATION_FAILED,
                                        "There is no connection to log in on"));
    }

    private static Document start(Invocation invocation) {
        Login login = login(invocation);
        return start(login, invocation.context().databaseName(), invocation.body());
    }

    private static Document start(Login login, String database, Body body) {
        Document options = body.document(OPTIONS);
        boolean skips =
                new Body(options, Location.ROOT.child(OPTIONS)).flag("skipEmptyExchange", false);
        String mechanism = body.text(MECHANISM).orElse("");
        Value payload = body.value(PAYLOAD);
        return answer(login.start(mechanism, database, skips, bytes(payload)), payload);
    }

    private static Document resume(Invocation invocation) {
        Body body = invocation.body();
        Login login = login(invocation);
        if (body.number(CONVERSATION) != 1) {
            login.abandon();
            throw new SmilodonException(PROTOCOL_ERROR, "sasl: Mismatched conversation id");
        }
        Value payload = body.value(PAYLOAD);
        return answer(login.resume(bytes(payload)), payload);
    }

    /** Bytes, or text that stands for bytes. */
    private static byte[] bytes(Value payload) {
        if (payload instanceof BinaryValue binary && binary.subtype() == 0) {
            return binary.bytes();
        }
        if (payload instanceof StringValue text) {
            try {
                return Base64.getDecoder().decode(text.value());
            } catch (IllegalArgumentException broken) {
                throw invalid("no base64");
            }
        }
        throw invalid(payload.type().alias());
    }

    private static SmilodonException invalid(String actual) {
        return new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "Invalid SASLPayload type. Expected Base64 or BinData",
                        Map.of("actual", actual))
                .at(Location.ROOT.child(PAYLOAD));
    }

    /** The answer speaks as the client does: in bytes or text. */
    private static Document answer(Login.Reply reply, Value asked) {
        Value payload =
                asked instanceof StringValue
                        ? Value.of(Base64.getEncoder().encodeToString(reply.payload()))
                        : new BinaryValue((byte) 0, reply.payload());
        return Document.builder()
                .put(CONVERSATION, ONLY)
                .put("done", reply.isDone())
                .put(PAYLOAD, payload)
                .build();
    }

    /** What is left of it in MongoDB needs certificates. */
    private static Document authenticate(Invocation invocation) {
        String mechanism = invocation.body().text(MECHANISM).orElse("");
        if (mechanism.equals(X509)) {
            throw new SmilodonException(
                            ErrorCode.AUTHENTICATION_FAILED,
                            "Clients cannot log in by certificates")
                    .withHint("log in by SCRAM-SHA-256");
        }
        throw new SmilodonException(
                ErrorCode.BAD_VALUE,
                mechanism.isEmpty() ? "Auth mechanism not specified" : "Unsupported mechanism",
                Map.of(MECHANISM, mechanism));
    }

    private static Document logOut(Invocation invocation) {
        String database = invocation.context().databaseName();
        invocation.context().login().ifPresent(login -> login.logOut(database));
        return Document.EMPTY;
    }

    /**
     * What a greeting is answered about logins: by which mechanisms a user can, and the first
     * answer to who begins at once. If that fails the client begins anew.
     */
    static Document greeted(Invocation invocation) {
        DocumentBuilder answer = Document.builder();
        Optional<Login> login = invocation.context().login();
        Body asked = invocation.body();
        if (login.isPresent() && asked.value(MECHANISMS) instanceof StringValue name) {
            List<ScramMechanism> mechanisms = login.get().mechanisms(user(name.value()));
            List<Value> labels =
                    mechanisms.stream().map(ScramMechanism::label).map(Value::of).toList();
            answer.put(MECHANISMS, ArrayValue.of(labels));
        }
        if (login.isPresent() && asked.value(SPECULATIVE) instanceof Document start) {
            begun(login.get(), start).ifPresent(reply -> answer.put(SPECULATIVE, reply));
        }
        return answer.build();
    }

    private static UserName user(String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "UserName must contain a '.' separated database.user pair")
                    .at(Location.ROOT.child(MECHANISMS));
        }
        return new UserName(name.substring(dot + 1), name.substring(0, dot));
    }

    private static Optional<Document> begun(Login login, Document start) {
        boolean isComplete = start.has("saslStart") && start.get("db") instanceof StringValue;
        if (!isComplete) {
            return Optional.empty();
        }
        try {
            Body body = new Body(start, Location.ROOT.child(SPECULATIVE));
            return Optional.of(start(login, body.text("db").orElseThrow(), body));
        } catch (SmilodonException failure) {
            login.abandon();
            return Optional.empty();
        }
    }
}
