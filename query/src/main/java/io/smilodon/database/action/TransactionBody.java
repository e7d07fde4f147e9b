package io.smilodon.database.action;

import io.smilodon.database.TransactionSettings;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Isolation;
import io.smilodon.engine.value.Document;
import java.util.Map;

/**
 * The request for a transaction: <code>{isolation: "snapshot" | "serializable", writeConcern,
 * durability}</code>.
 */
public final class TransactionBody {

    private static final String ISOLATION = "isolation";

    private static final BodyRules RULES =
            WriteConcern.rules(BodyRules.builder().optional(FieldKind.STRING, ISOLATION)).build();

    private TransactionBody() {}

    /** What the body asks for; an empty one asks for nothing special. */
    public static TransactionSettings settings(Document body) {
        Body checked = RULES.check(body, Location.ROOT);
        return TransactionSettings.DEFAULTS
                .withIsolation(isolation(checked))
                .withWrite(WriteConcern.options(checked));
    }

    private static Isolation isolation(Body body) {
        String name = body.text(ISOLATION).orElse("snapshot");
        return switch (name) {
            case "snapshot" -> Isolation.SNAPSHOT;
            case "serializable" -> Isolation.SERIALIZABLE;
            default ->
                    throw new SmilodonException(
                                    ErrorCode.BAD_VALUE,
                                    "Unknown isolation of a transaction",
                                    Map.of("actual", name))
                            .at(body.location().child(ISOLATION))
                            .withHint("snapshot or serializable");
        };
    }
}
