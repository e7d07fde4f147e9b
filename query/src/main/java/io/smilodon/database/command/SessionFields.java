package io.smilodon.database.command;

import io.smilodon.database.CursorOwner;
import io.smilodon.database.SessionStatement;
import io.smilodon.database.TransactionSettings;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.security.Caller;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The fields by which a command belongs to a session and to a transaction of it: <code>lsid,
 * txnNumber, autocommit: false, startTransaction: true</code>.
 */
final class SessionFields {

    static final String SESSION = "lsid";
    static final String ID = "id";
    static final String NUMBER = "txnNumber";
    static final String AUTOCOMMIT = "autocommit";
    static final String START = "startTransaction";

    private static final String UID = "uid";
    private static final byte UUID_SUBTYPE = 4;
    private static final int UUID_BYTES = 16;
    private static final Set<String> LEVELS = Set.of("local", "majority", "snapshot");

    private static final BodyRules SESSION_RULES =
            BodyRules.builder()
                    .required(FieldKind.ANYTHING, ID)
                    .optional(FieldKind.ANYTHING, UID)
                    .build();

    private SessionFields() {}

    /**
     * The transaction that a command says it belongs to; empty if it says nothing of one.
     *
     * @param general the general fields of the command
     * @throws SmilodonException {@code InvalidOptions} for fields that do not go together
     */
    static Optional<SessionStatement> statement(Body general) {
        check(general);
        if (!general.has(AUTOCOMMIT)) {
            return Optional.empty();
        }
        BinaryValue session = known(general);
        Optional<TransactionSettings> start =
                general.has(START) ? Optional.of(TransactionSettings.DEFAULTS) : Optional.empty();
        checkReadConcern(general);
        return Optional.of(new SessionStatement(session, general.number(NUMBER), start));
    }

    /**
     * A name for a write that its sender may send again, the same each time: session and number
     * without a transaction. Empty for other commands.
     */
    static Optional<String> repeatable(Body general) {
        return writer(general)
                .map(session -> HexFormat.of().formatHex(session.bytes()))
                .map(hex -> "session:" + hex + ":" + general.number(NUMBER));
    }

    /** The session of a write that its sender may send again; empty for other commands. */
    static Optional<BinaryValue> writer(Body general) {
        return general.has(NUMBER) && !general.has(AUTOCOMMIT)
                ? Optional.of(known(general))
                : Optional.empty();
    }

    /** Who sends a command. */
    static CursorOwner owner(Body general) {
        if (!general.has(SESSION)) {
            return CursorOwner.NONE;
        }
        OptionalLong transaction =
                general.has(AUTOCOMMIT)
                        ? OptionalLong.of(general.number(NUMBER))
                        : OptionalLong.empty();
        BinaryValue id = known(general);
        return CursorOwner.of(Optional.of(id), transaction);
    }

    /** Each of the fields needs the one before it. */
    private static void check(Body general) {
        if (general.has(NUMBER) && !general.has(SESSION)) {
            throw refused(NUMBER, "Transaction number requires a session ID to also be specified");
        }
        if (general.number(NUMBER) < 0) {
            throw refused(NUMBER, "Transaction number cannot be negative");
        }
        if (general.has(AUTOCOMMIT) && !general.has(NUMBER)) {
            throw refused(
                    AUTOCOMMIT,
                    "'autocommit' field requires a transaction number to also be" + " specified");
        }
        if (general.flag(AUTOCOMMIT, false)) {
            throw refused(AUTOCOMMIT, "Specifying autocommit=true is not allowed.");
        }
        if (general.has(START) && !general.has(AUTOCOMMIT)) {
            throw refused(
                    START,
                    "'startTransaction' field requires 'autocommit' field to also be"
                            + " specified");
        }
        if (general.has(START) && !general.flag(START, false)) {
            throw refused(START, "Specifying startTransaction=false is not allowed.");
        }
    }

    private static void checkReadConcern(Body general) {
        Document concern = general.document("readConcern");
        if (concern.isEmpty()) {
            return;
        }
        if (!general.has(START)) {
            throw refused(
                    "readConcern",
                    "Only the first command in a transaction may specify a readConcern");
        }
        if (concern.get("level") instanceof StringValue level && !LEVELS.contains(level.value())) {
            throw refused(
                    "readConcern",
                    "The readConcern level must be either 'local' (default), 'majority' or"
                            + " 'snapshot' in order to run in a transaction");
        }
    }

    /**
     * By what a session is known here that somebody calls <code>{id: UUID}</code>: by that, and
     * apart from those that other users call so.
     *
     * @throws SmilodonException {@code TypeMismatch}, 40414 or 40415; {@code Unauthorized} for the
     *     session of another user who is named in it
     */
    static BinaryValue session(Document written, Location place, Caller caller) {
        BinaryValue id = session(written, place);
        Optional<byte[]> user = caller.digest();
        if (user.isEmpty()) {
            return id;
        }
        boolean isOther =
                written.get(UID) instanceof BinaryValue uid
                        && !Arrays.equals(uid.bytes(), user.get());
        if (isOther) {
            throw new SmilodonException(
                    ErrorCode.UNAUTHORIZED, "Unauthorized to set user digest in LogicalSessionId");
        }
        return known(id, user.get());
    }

    /** By what a session of a user is known here: its id, and what tells the user from others. */
    static BinaryValue known(BinaryValue id, byte[] user) {
        byte[] both = Arrays.copyOf(id.bytes(), 2 * UUID_BYTES);
        System.arraycopy(user, 0, both, UUID_BYTES, UUID_BYTES);
        return new BinaryValue(UUID_SUBTYPE, both);
    }

    /** Whether a session that is known here is one of a user. */
    static boolean isOf(BinaryValue known, byte[] user) {
        byte[] bytes = known.bytes();
        return bytes.length > UUID_BYTES
                && Arrays.equals(bytes, UUID_BYTES, bytes.length, user, 0, UUID_BYTES);
    }

    private static BinaryValue known(Body general) {
        return (BinaryValue) general.document(SESSION).get(ID);
    }

    /**
     * The id in <code>{id: UUID}</code>.
     *
     * @throws SmilodonException {@code TypeMismatch}, 40414 or 40415
     */
    static BinaryValue session(Document written, Location place) {
        Body checked = SESSION_RULES.check(written, place);
        if (checked.value(ID) instanceof BinaryValue id
                && id.subtype() == UUID_SUBTYPE
                && id.bytes().length == UUID_BYTES) {
            return id;
        }
        throw new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "The id of a session is a UUID",
                        Map.of("actual", checked.value(ID).type().alias()))
                .at(place.child(ID));
    }

    private static SmilodonException refused(String field, String text) {
        return new SmilodonException(ErrorCode.INVALID_OPTIONS, text)
                .at(Location.ROOT.child(field));
    }
}
