package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How durations are counted. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LatenciesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1, 0, 0",
        "2, 1, 2",
        "2047, 10, 1024",
        "2048, 11, 2048",
        "3072, 12, 3072",
        "4095, 12, 3072",
        "4096, 13, 4096",
        "6144, 14, 6144",
        "8192, 15, 8192",
        "1572864, 30, 1572864",
        "2097152, 31, 2097152",
        "4194304, 32, 4194304",
        "9223372036854775807, 50, 1099511627776"
    })
    void buckets_double_and_then_have_halves(long micros, int bucket, long lowest) {
        assertEquals(bucket, Latencies.bucket(micros));
        assertEquals(lowest, Latencies.lowest(bucket));
    }

    @Test
    void no_more_collections_are_told_apart_than_fit() {
        Latencies latencies = new Latencies();
        for (int i = 0; i <= Latencies.COLLECTIONS_MAX; i++) {
            latencies.ended(
                    new OperationDescription("find", "db", "c" + i, Document.EMPTY, ""), 5_000);
        }
        String last = "db.c" + (Latencies.COLLECTIONS_MAX - 1);
        assertEquals("5", Json.text(at(latencies.report(last, false), "latency")));
        String tooMany = "db.c" + Latencies.COLLECTIONS_MAX;
        assertEquals("0", Json.text(at(latencies.report(tooMany, false), "latency")));
    }

    private static Value at(Document report, String name) {
        return ((Document) report.get("reads")).get(name);
    }
}
