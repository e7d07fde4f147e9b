package io.smilodon.database.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.ConditionalWriteResult;
import io.smilodon.database.Smilodon;
import io.smilodon.database.VersionedDocument;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Files under one id: each byte of one, its size and its name tell which one it is. */
public final class NumberedFile {

    public static final Value ID = Value.of("a");

    /** What finds its chunks. */
    public static final Document OF_ID = Document.of("files_id", ID);

    private static final int CHUNK = FileUpload.CHUNK_BYTES;

    private NumberedFile() {}

    /** Where they are kept. */
    public static FileBucket bucket(Smilodon smilodon) {
        return new FileBucket(smilodon.database("media"), "fs");
    }

    static byte[] bytes(int number) {
        byte[] bytes = new byte[number * (CHUNK / 2) + number];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }

    /** How many chunks the one of a number has. */
    public static int chunksOf(int number) {
        return chunkCount(bytes(number).length);
    }

    static int chunkCount(long length) {
        return (int) ((length + CHUNK - 1) / CHUNK);
    }

    /** Puts the one of a number into the place of what is there. */
    public static ConditionalWriteResult put(FileBucket bucket, int number) {
        return put(bucket, bytes(number), number);
    }

    static ConditionalWriteResult put(FileBucket bucket, byte[] bytes, int number) {
        try (FileUpload upload = bucket.upload(Long.MAX_VALUE)) {
            upload.write(bytes, 0, bytes.length);
            Document name = Document.of("filename", Value.of("f" + number));
            return upload.finish(Optional.of(ID), name, Precondition.NONE);
        }
    }

    /** The number of the one that is there, every byte of which is read. */
    public static int read(FileBucket bucket) {
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
        assertEquals(Value.of("f" + number), file.document().get("filename"));
        return number;
    }
}
