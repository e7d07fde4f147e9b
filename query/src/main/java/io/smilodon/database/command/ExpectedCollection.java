package io.smilodon.database.command;

import io.smilodon.database.Database;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * The option <code>collectionUUID</code>: the collection of a command must be the one that its
 * sender means, not another that has its name by now. Looked at when the command begins.
 */
final class ExpectedCollection {

    static final String FIELD = "collectionUUID";

    private static final byte UUID_SUBTYPE = 4;
    private static final int UUID_BYTES = 16;

    /** What a pipeline on no collection is named by. */
    private static final String NO_COLLECTION = "$cmd.aggregate";

    private ExpectedCollection() {}

    /**
     * Refuses a command that names another collection than it means.
     *
     * @throws SmilodonException {@code CollectionUUIDMismatch}; {@code TypeMismatch} for no UUID
     */
    static void check(Invocation invocation) {
        boolean isOfCollection = !invocation.collectionName().isEmpty();
        check(
                invocation.body().value(FIELD),
                invocation.context().database(),
                isOfCollection ? invocation.collectionName() : NO_COLLECTION,
                Location.ROOT.child(FIELD));
    }

    /** The same of a collection that is named elsewhere in a command. */
    static void check(Value written, Database database, String expected, Location place) {
        if (written instanceof Missing) {
            return;
        }
        BinaryValue uuid = uuid(written, place);
        Optional<String> actual = database.collectionOf(uuid);
        if (!actual.equals(Optional.of(expected))) {
            throw new SmilodonException(
                            ErrorCode.COLLECTION_UUID_MISMATCH,
                            "Collection UUID does not match that specified",
                            Map.of(
                                    "db",
                                    Value.of(database.name()),
                                    FIELD,
                                    uuid,
                                    "expectedCollection",
                                    Value.of(expected),
                                    "actualCollection",
                                    actual.map(Value::of).orElse(NullValue.INSTANCE)))
                    .at(place);
        }
    }

    private static BinaryValue uuid(Value written, Location place) {
        if (written instanceof BinaryValue uuid
                && uuid.subtype() == UUID_SUBTYPE
                && uuid.bytes().length == UUID_BYTES) {
            return uuid;
        }
        throw new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "A collection is told by a UUID",
                        Map.of("actual", written.type().alias()))
                .at(place);
    }
}
