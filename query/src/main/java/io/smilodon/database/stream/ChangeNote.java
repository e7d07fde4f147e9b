package io.smilodon.database.stream;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.ByteReader;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a transaction leaves in the log for the readers of change streams, where the keys and values
 * that it wrote do not say it. A document that is put without a note was inserted.
 *
 * <pre>
 * note     := 1 u8 · key sized · own u8 · (path sized)*   fields of a document changed
 *           | 2 u8 · key sized · own u8            a document was replaced
 *           | 3 u8 · key sized · {_id} Smile         a document was removed that the same
 *                                                    transaction wrote before, or whose key does
 *                                                    not tell the exact type of its _id
 *           | 4 u8 · key sized · document Smile      what the document was before
 *           | 5 u8 · id u32 · database sized · collection sized        a collection was dropped
 *           | 6 u8 · id u32 · (database sized · collection sized){2}   it was renamed, from and to
 * own      := 1 if the same transaction wrote the document before, else 0
 * </pre>
 */
public sealed interface ChangeNote {

    /** Fields of a document changed; of a path below an array perhaps more than that. */
    record Updated(byte[] key, boolean isOwn, List<String> paths) implements ChangeNote {}

    /** A document was replaced. */
    record Replaced(byte[] key, boolean isOwn) implements ChangeNote {}

    /** A document was removed; needed where its key, or an earlier note, does not say it all. */
    record Removed(byte[] key, Value id) implements ChangeNote {}

    /** What a document was before it changed. */
    record Before(byte[] key, Document document) implements ChangeNote {}

    /** A collection was dropped. */
    record Dropped(int id, Namespace namespace) implements ChangeNote {}

    /** A collection was renamed. */
    record Renamed(int id, Namespace from, Namespace to) implements ChangeNote {}

    private static ByteWriter begin(int kind, byte[] key) {
        return new ByteWriter(key.length + 64).u8(kind).sized(key);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ByteWriter name(ByteWriter writer, Namespace namespace) {
        return writer.sized(utf8(namespace.database())).sized(utf8(namespace.collection()));
    }

    /** The note's bytes, for {@link io.smilodon.engine.store.Transaction#note}. */
    default byte[] encode() {
        ByteWriter writer =
                switch (this) {
                    case Updated note -> {
                        ByteWriter updated = begin(1, note.key).u8(note.isOwn ? 1 : 0);
                        note.paths.forEach(path -> updated.sized(utf8(path)));
                        yield updated;
                    }
                    case Replaced note -> begin(2, note.key).u8(note.isOwn ? 1 : 0);
                    case Removed note ->
                            begin(3, note.key)
                                    .raw(DocumentCodec.encode(Document.of("_id", note.id)));
                    case Before note -> begin(4, note.key).raw(DocumentCodec.encode(note.document));
                    case Dropped note ->
                            name(new ByteWriter(64).u8(5).u32(note.id), note.namespace);
                    case Renamed note ->
                            name(name(new ByteWriter(64).u8(6).u32(note.id), note.from), note.to);
                };
        return writer.toBytes();
    }

    /**
     * Reads a note back.
     *
     * @throws SmilodonException {@code DataCorruptionDetected}
     */
    static ChangeNote decode(byte[] bytes) {
        try {
            ByteReader reader = new ByteReader(bytes);
            int kind = reader.u8();
            return switch (kind) {
                case 1 -> new Updated(reader.sized(), reader.u8() != 0, paths(reader));
                case 2 -> new Replaced(reader.sized(), reader.u8() != 0);
                case 3 -> new Removed(reader.sized(), document(reader, bytes).get("_id"));
                case 4 -> new Before(reader.sized(), document(reader, bytes));
                case 5 -> new Dropped(reader.u32(), namespace(reader));
                case 6 -> new Renamed(reader.u32(), namespace(reader), namespace(reader));
                default -> throw new MalformedBytesException("a note of kind " + kind);
            };
        } catch (MalformedBytesException malformed) {
            throw new SmilodonException(
                    ErrorCode.DATA_CORRUPTION_DETECTED,
                    "A note in the log is malformed",
                    Map.of("reason", malformed.getMessage()));
        }
    }

    private static List<String> paths(ByteReader reader) {
        List<String> paths = new ArrayList<>();
        while (reader.hasMore()) {
            paths.add(text(reader));
        }
        return paths;
    }

    private static String text(ByteReader reader) {
        return new String(reader.sized(), StandardCharsets.UTF_8);
    }

    private static Document document(ByteReader reader, byte[] bytes) {
        return DocumentCodec.decode(reader.raw(bytes.length - reader.position()));
    }

    private static Namespace namespace(ByteReader reader) {
        return new Namespace(text(reader), text(reader));
    }
}
