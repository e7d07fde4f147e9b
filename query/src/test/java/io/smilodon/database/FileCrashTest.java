package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.files.FileBucket;
import io.smilodon.database.files.FileContent;
import io.smilodon.database.files.FileUpload;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The machine stops at every operation while files take each other's place. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileCrashTest {

    private static final int CHUNK = FileUpload.CHUNK_BYTES;
    private static final Value ID = Value.of("a");
    private static final Document OF_ID = Document.of("files_id", ID);

    /** The file of a number, which all of its bytes are and its size depends on. */
    private static byte[] bytes(int number) {
        byte[] bytes = new byte[number * (CHUNK / 2) + number];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }

    private static int chunkCount(long length) {
        return (int) ((length + CHUNK - 1) / CHUNK);
    }

    private static FileBucket bucket(Smilodon smilodon) {
        return new FileBucket(smilodon.database("media"), "fs");
    }

    private static void put(FileBucket bucket, int number) {
        try (FileUpload upload = bucket.upload(Long.MAX_VALUE)) {
            upload.write(bytes(number), 0, bytes(number).length);
            upload.finish(Optional.of(ID), Document.EMPTY, Precondition.NONE);
        }
    }

    /** The number of the file that is there, every byte of which is read. */
    private static int read(FileBucket bucket) {
        VersionedDocument file = bucket.find(ID).orElseThrow();
        long length = FileBucket.length(file.document());
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (FileContent content = bucket.content(file, 0, length)) {
            content.send(output);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        int number = output.toByteArray()[0];
        assertArrayEquals(bytes(number), output.toByteArray());
        return number;
    }

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
                assertEquals(chunkCount(bytes(5 - made).length), bucket.chunks().count(OF_ID));
            }
            bucket.create();
            put(bucket, 5);
            assertEquals(5, read(bucket));
            assertEquals(chunkCount(bytes(5).length), bucket.chunks().count(OF_ID));
            return isFile;
        }
    }
}
