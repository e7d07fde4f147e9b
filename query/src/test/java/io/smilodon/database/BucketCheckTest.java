package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.check.Finding;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a check finds of buckets whose ids are not their own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BucketCheckTest {

    private static final byte[] COUNTER = {4, 0};

    private final FaultyDirectory directory = new FaultyDirectory();

    /** Buckets 1 to 3, of which the second is dropped. */
    @BeforeEach
    void fill() {
        try (Smilodon smilodon = open()) {
            for (String bucket : List.of("photos", "gone", "letters")) {
                for (int number = 0; number < 20; number++) {
                    smilodon.bucket(bucket).put("k" + number, bytes(bucket + number));
                }
            }
            smilodon.bucket("gone").drop();
        }
    }

    private Smilodon open() {
        return Smilodon.open(directory, DatabaseOptions.DEFAULTS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] name(String bucket) {
        return bytes("\4\1" + bucket);
    }

    private void change(WriteBatch batch) {
        try (EmbeddedStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS)) {
            store.write(batch);
        }
    }

    private List<Finding> findings() throws IOException {
        DatabaseCheckReport report = DatabaseCheck.run(directory, Progress.SILENT);
        try (Smilodon smilodon = open()) {
            DatabaseCheckReport opened = smilodon.verify(Progress.SILENT);
            assertEquals(found(report.findings()), found(opened.findings()));
        }
        return report.findings();
    }

    private static List<String> found(List<Finding> findings) {
        return findings.stream().map(finding -> finding.subject() + finding.found()).toList();
    }

    private void assertFound(String... what) throws IOException {
        List<Finding> findings = findings();
        assertEquals(List.of(what), findings.stream().map(Finding::found).toList());
        for (Finding finding : findings) {
            assertTrue(finding.subject().startsWith("buckets"), finding::toString);
            assertTrue(finding.isDamage());
        }
    }

    @Test
    void those_in_order_are_good() throws IOException {
        assertEquals(List.of(), findings());
        try (Smilodon smilodon = open()) {
            smilodon.compact(Progress.SILENT);
        }
        assertEquals(List.of(), findings());
    }

    @Test
    void ids_that_would_be_given_again() throws IOException {
        change(new WriteBatch().put(COUNTER, new byte[] {0, 0, 0, 3}));
        assertFound(
                "the id 3 of bucket letters is to be given again",
                "the id 3 that blobs have is to be given again");
    }

    /** The blobs of the bucket that was dropped are still there, too. */
    @Test
    void a_lost_counter() throws IOException {
        change(new WriteBatch().delete(COUNTER).delete(name("letters")));
        assertFound(
                "the id 1 of bucket photos is to be given again",
                "the id 1 that blobs have is to be given again",
                "the id 2 that blobs have is to be given again",
                "the id 3 that blobs have is to be given again");
    }

    @Test
    void two_names_of_one_bucket() throws IOException {
        change(new WriteBatch().put(name("other"), new byte[] {0, 0, 0, 1}));
        assertFound("buckets other and photos have the same id 1");
    }

    @Test
    void an_id_that_is_none() throws IOException {
        change(new WriteBatch().put(name("photos"), new byte[] {1, 2, 3}));
        assertFound("The id of a bucket is damaged {bytes: 3, expected: 4}");
    }
}
