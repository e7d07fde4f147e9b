package io.smilodon.index.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexMaintainer;
import io.smilodon.index.IndexTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GeometryWorkTest {

    private static final int TEETH = 500;
    private static final IndexMaintainer INDEX =
            IndexTypes.maintainer(
                    IndexDefinition.parse(document("{'key':{'a':'2dsphere'}}")).withId(1), "d.c");

    private static Document document(String json) {
        return ExtendedJson.readDocument(json.replace('\'', '"'));
    }

    /** Long teeth side by side, aslant, so that each lies in the box of all others. */
    private static Document comb() {
        StringBuilder ring = new StringBuilder("[[0,0]");
        for (int tooth = 0; tooth < TEETH; tooth++) {
            double left = 1 + tooth * 0.01;
            ring.append(",[").append(left).append(",0.1],[").append(left + 20).append(",30]");
            ring.append(",[").append(left + 0.005).append(",0.1]");
        }
        ring.append(",[").append(10).append(",0],[0,0]]");
        return document("{'a':{'type':'Polygon','coordinates':[" + ring + "]}}");
    }

    private static void endAfter(long steps) {
        long[] left = {steps};
        GeometryWork.tell(
                count -> {
                    left[0] -= count;
                    if (left[0] < 0) {
                        throw new SmilodonException(ErrorCode.MAX_TIME_EXPIRED, "out of time");
                    }
                });
    }

    @AfterEach
    void nobodyIsTold() {
        GeometryWork.tell(steps -> {});
    }

    @Test
    void the_work_of_a_polygon_of_many_edges_can_be_ended() {
        long[] steps = {0};
        GeometryWork.tell(count -> steps[0] += count);
        assertTrue(INDEX.canHold(comb()));
        assertTrue(steps[0] > 100 * TEETH, () -> "steps: " + steps[0]);
        endAfter(steps[0] / 2);
        SmilodonException ended =
                assertThrows(SmilodonException.class, () -> INDEX.canHold(comb()));
        assertEquals(ErrorCode.MAX_TIME_EXPIRED, ended.code());
        endAfter(1_000);
        assertThrows(SmilodonException.class, () -> StoredGeometry.find(comb().get("a")));
    }

    @Test
    void what_is_no_geometry_is_only_refused() {
        assertFalse(INDEX.canHold(document("{'a':{'type':'Polygon','coordinates':[]}}")));
        assertFalse(INDEX.canHold(document("{'a':[1]}")));
    }
}
