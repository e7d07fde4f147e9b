package io.smilodon.engine.file;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first {@value #BYTES} bytes of every file of the store. This layout never changes, so that
 * any version can tell which version wrote a file.
 *
 * <pre>
 * header := magic u8[8] | major u16 | minor u16 | compatible u32 | readOnlyCompatible u32
 *         | incompatible u32 | databaseId u64 | fileNumber u64 | salt u64 | crc u32   (big-endian)
 * </pre>
 *
 * The three words of feature bits say what a reader must know: nothing, enough to write, enough to
 * read. This version knows none, so it refuses a file that has any of the latter two.
 *
 * @param kind what the file is
 * @param databaseId the database that it belongs to
 * @param fileNumber its number in that database; never used twice
 * @param salt random for each file; a log's id, and the generation in a segment's checksums
 */
public record FileHeader(FileKind kind, long databaseId, long fileNumber, long salt) {

    public static final int BYTES = 52;

    public byte[] encode() {
        ByteWriter writer = new ByteWriter(BYTES);
        writer.raw(kind.magic()).u32(kind.major() << 16 | kind.minor());
        writer.u32(0).u32(0).u32(0);
        writer.u64(databaseId).u64(fileNumber).u64(salt);
        writer.u32(Checksum.of(writer.buffer(), 0, writer.size()));
        return writer.toBytes();
    }

    /** Reads and checks the header of a file. */
    public static FileHeader read(StorageFile file, String name, FileKind kind) throws IOException {
        byte[] bytes = new byte[BYTES];
        try {
            file.readFully(ByteBuffer.wrap(bytes), 0);
        } catch (EOFException tooShort) {
            throw Corruption.at(name, 0, "a file without a whole header");
        }
        ByteReader reader = new ByteReader(bytes);
        boolean magicAgrees = Arrays.equals(reader.raw(8), kind.magic());
        int version = reader.u32();
        reader.u32();
        int readOnlyCompatible = reader.u32();
        int incompatible = reader.u32();
        int features = readOnlyCompatible | incompatible;
        FileHeader header = new FileHeader(kind, reader.u64(), reader.u64(), reader.u64());
        if (!magicAgrees || reader.u32() != Checksum.of(bytes, 0, BYTES - 4)) {
            throw Corruption.at(name, 0, "a damaged header");
        }
        requireKnown(name, kind, version, features);
        return header;
    }

    /** Whether the file starts with an undamaged header; one that was never synced may not. */
    public static boolean isWhole(StorageFile file) throws IOException {
        if (file.length() < BYTES) {
            return false;
        }
        byte[] bytes = new byte[BYTES];
        file.readFully(ByteBuffer.wrap(bytes), 0);
        return new ByteReader(bytes, BYTES - 4, 4).u32() == Checksum.of(bytes, 0, BYTES - 4);
    }

    private static void requireKnown(String name, FileKind kind, int version, int features) {
        int major = version >>> 16;
        if (major >= kind.oldestMajor() && major <= kind.major() && features == 0) {
            return;
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("file", name);
        details.put("formatVersion", major + "." + (version & 0xffff));
        details.put("readableVersion", kind.major() + "." + kind.minor());
        details.put("features", Integer.toHexString(features));
        throw new SmilodonException(
                        ErrorCode.UNSUPPORTED_FORMAT,
                        "The file has a format that this version cannot read",
                        details)
                .withHint(
                        "Open the directory with the "
                                + (major < kind.major() ? "older" : "newer")
                                + " version that wrote it.");
    }

    /** Fails unless the file is the one that the manifest means. */
    public void require(String name, FileHeader expected) {
        boolean agrees =
                kind == expected.kind
                        && databaseId == expected.databaseId
                        && fileNumber == expected.fileNumber
                        && salt == expected.salt;
        if (!agrees) {
            throw Corruption.at(name, 0, "a file of another database or generation");
        }
    }
}
