package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.plan.KeyRange;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FindRequestTest {

    private static final KeyRange RANGE = new KeyRange(doc("{'a': 1}"), doc("{'a': 2}"));

    private static final FindRequest WHOLE =
            new FindRequest(
                    doc("{'filter': 1}"),
                    doc("{'projection': 1}"),
                    doc("{'sort': 1}"),
                    2,
                    3,
                    Value.of("hint"),
                    4,
                    doc("{'let': 1}"),
                    false,
                    doc("{'collation': 1}"),
                    RANGE,
                    true,
                    true);

    @Test
    void each_part_is_set_and_the_others_stay() {
        FindRequest built =
                FindRequest.of(doc("{'filter': 1}"))
                        .withProjection(doc("{'projection': 1}"))
                        .withSort(doc("{'sort': 1}"))
                        .withSkip(2)
                        .withLimit(3)
                        .withHint(Value.of("hint"))
                        .withMaxTimeMillis(4)
                        .withLet(doc("{'let': 1}"))
                        .withDiskUse(false)
                        .withCollation(doc("{'collation': 1}"))
                        .withRange(RANGE)
                        .withKeys(true)
                        .withRecordIds(true);
        assertEquals(WHOLE, built);
        assertEquals(WHOLE, WHOLE.withSkip(9).withSkip(2));
        assertEquals(WHOLE, WHOLE.withHint(Missing.INSTANCE).withHint(Value.of("hint")));
    }

    @Test
    void no_number_is_negative() {
        assertCode(51024, () -> WHOLE.withSkip(-1));
        assertCode(51024, () -> WHOLE.withLimit(-1));
    }
}
