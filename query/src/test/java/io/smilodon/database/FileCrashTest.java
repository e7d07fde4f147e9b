package io.smilodon.database;

import static io.smilodon.database.files.NumberedFile.ID;
import static io.smilodon.database.files.NumberedFile.OF_ID;
import static io.smilodon.database.files.NumberedFile.bucket;
import static io.smilodon.database.files.NumberedFile.chunksOf;
import static io.smilodon.database.files.NumberedFile.put;
import static io.smilodon.database.files.NumberedFile.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.files.FileBucket;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The machine stops at every operation while files take each other's place. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileCrashTest {

    /** What was acknowledged before the machine stopped: the files of so many numbers. */
    private static int run(FaultyDirectory directory, int lastNumber) {
        int done = 0;
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            FileBucket bucket = bucket(smilodon);
            bucket.create();
            while (done < lastNumber) {
                put(bucket, 4 - done);
                done++;
            }
        } catch (SmilodonException stopped) {
            return done;
        }
        return done;
    }

    /** The chunks are those of the file that is there, so that drivers read it too. */
    @ParameterizedTest
    @EnumSource(
            value = CrashPolicy.class,
            names = {"DROP_ALL", "KEEP_ALL", "POSIX_RANDOM"})
    void a_crash_leaves_the_old_file_or_the_new_one(CrashPolicy policy) {
        FaultyDirectory whole = FaultyDirectory.crashingAfter(Long.MAX_VALUE);
        run(whole, 0);
        long operations = whole.operations();
        boolean isCrashed = true;
        int replacedCount = 0;
        for (; isCrashed; operations++) {
            FaultyDirectory directory = FaultyDirectory.crashingAfter(operations);
            int acknowledged = run(directory, 3);
            isCrashed = directory.operations() > operations;
            FaultyDirectory left = directory.afterCrash(policy, operations);
            replacedCount += isReplacedAfter(acknowledged, left) ? 1 : 0;
        }
        assertTrue(replacedCount > 10, "crashes around the replacement: " + replacedCount);
    }

    /** Whether there was a file; the next one removes what another left under its id. */
    private static boolean isReplacedAfter(int acknowledged, FaultyDirectory directory) {
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            FileBucket bucket = bucket(smilodon);
            boolean isFile = bucket.find(ID).isPresent();
            assertTrue(isFile || acknowledged == 0, "acknowledged: " + acknowledged);
            if (isFile) {
                int made = 5 - read(bucket);
                assertTrue(
                        made == acknowledged || made == acknowledged + 1,
                        acknowledged + " became " + made);
                assertEquals(chunksOf(5 - made), bucket.chunks().count(OF_ID));
            }
            bucket.create();
            put(bucket, 5);
            assertEquals(5, read(bucket));
            assertEquals(chunksOf(5), bucket.chunks().count(OF_ID));
            return isFile;
        }
    }
}
