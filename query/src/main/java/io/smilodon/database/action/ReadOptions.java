package io.smilodon.database.action;

import io.smilodon.database.AggregateOptions;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.FindRequest;
import io.smilodon.engine.error.Location;
import io.smilodon.query.plan.KeyRange;
import java.util.OptionalInt;

/** The options of reads that actions and commands have by the same names. */
public final class ReadOptions {

    static final String NO_TIMEOUT = "noCursorTimeout";

    static final String BATCH_SIZE = "batchSize";

    private static final String CURSOR = "cursor";

    private static final BodyRules CURSOR_RULES =
            BodyRules.builder().optional(FieldKind.NUMBER, BATCH_SIZE).build();

    private ReadOptions() {}

    /** What a find asks for, its filter too. */
    public static FindRequest find(Body body) {
        return FindRequest.of(body.document("filter"))
                .withProjection(body.document("projection"))
                .withSort(body.document("sort"))
                .withSkip(body.truncated("skip"))
                .withLimit(body.truncated("limit"))
                .withHint(body.value("hint"))
                .withMaxTimeMillis(body.number("maxTimeMS"))
                .withLet(body.document("let"))
                .withDiskUse(body.flag("allowDiskUse", true))
                .withCollation(body.document("collation"))
                .withRange(new KeyRange(body.document("min"), body.document("max")))
                .withKeys(body.flag("returnKey", false))
                .withRecordIds(body.flag("showRecordId", false));
    }

    /** The cursor of a find, which may be asked to wait longer for its reader. */
    public static DocumentCursor kept(DocumentCursor cursor, Body body) {
        return body.flag(NO_TIMEOUT, false) ? cursor.keptLonger() : cursor;
    }

    /** How many documents the first batch of a pipeline has: {@code cursor: {batchSize: …}}. */
    public static OptionalInt batchSize(Body body) {
        Location place = body.location().child(CURSOR);
        return CURSOR_RULES.check(body.document(CURSOR), place).count(BATCH_SIZE);
    }

    /** How a pipeline is to be run. */
    public static AggregateOptions aggregate(Body body) {
        return AggregateOptions.DEFAULTS
                .withHint(body.value("hint"))
                .withMaxTimeMillis(body.number("maxTimeMS"))
                .withDiskUse(body.flag("allowDiskUse", true))
                .withCollation(body.document("collation"))
                .withLet(body.document("let"));
    }
}
