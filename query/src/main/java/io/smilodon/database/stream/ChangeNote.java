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
import java.util.OptionalInt;

/**
 * What a transaction leaves in the log for the readers of change streams, where the keys and values
 * that it wrote do not say it. A document that is put without a note was inserted.
 *
 * <pre>
 * note     := 2 u8 · key sized · own u8            a document was replaced
 *           | 3 u8 · key sized · {_id} Smile         a document was removed that the same
 *                                                    transaction wrote before, or whose key does
 *                                                    not tell the exact type of its _id
 *           | 4 u8 · key sized · document Smile      what the document was before
 *           | 5 u8 · id u32 · name                   a collection was dropped
 *           | 7 u8 · key sized · own u8 · (change)*  fields of a document changed
 *           | 8 u8 · id u32 · name{2} · target u32   a collection was renamed, from and to, and
 *                                                    took the place of another; 0 for none
 *           | 9 u8 · kind u8 · id u32 · name · {description, before?} Smile
 *                                                    the collection itself changed
 *           | 10 u8 · (key sized)*                   documents in the order in which a statement
 *                                                    wrote them, where keys do not tell it
 * own      := 1 if the same transaction wrote the document before, else 0
 * change   := see {@link PathChangeCodec}
 * name     := database sized · collection sized
 * </pre>
 */
public sealed interface ChangeNote {

    /** Fields of a document changed. */
    record Updated(byte[] key, boolean isOwn, List<PathChange> changes) implements ChangeNote {}

    /** A document was replaced. */
    record Replaced(byte[] key, boolean isOwn) implements ChangeNote {}

    /** A document was removed; needed where its key, or an earlier note, does not say it all. */
    record Removed(byte[] key, Value id) implements ChangeNote {}

    /** What a document was before it changed. */
    record Before(byte[] key, Document document) implements ChangeNote {}

    /** A collection was dropped. */
    record Dropped(int id, Namespace namespace) implements ChangeNote {}

    /**
     * A collection was renamed.
     *
     * @param target the collection that had the name before; empty if there was none
     */
    record Renamed(int id, Namespace from, Namespace to, OptionalInt target)
            implements ChangeNote {}

    /** A collection was created, or changed in itself. */
    record Defined(int id, Namespace namespace, Definition definition) implements ChangeNote {}

    /** Which documents a statement wrote, in its order. */
    record Order(List<byte[]> keys) implements ChangeNote {}

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
                        ByteWriter updated = begin(7, note.key).u8(note.isOwn ? 1 : 0);
                        note.changes.forEach(change -> PathChangeCodec.write(change, updated));
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
                            name(name(new ByteWriter(64).u8(8).u32(note.id), note.from), note.to)
                                    .u32(note.target.orElse(0));
                    case Defined note ->
                            name(
                                            new ByteWriter(64)
                                                    .u8(9)
                                                    .u8(note.definition.kind().code())
                                                    .u32(note.id),
                                            note.namespace)
                                    .raw(DocumentCodec.encode(note.definition.toDocument()));
                    case Order note -> {
                        ByteWriter order = new ByteWriter(32 * note.keys.size() + 1).u8(10);
                        note.keys.forEach(order::sized);
                        yield order;
                    }
                };
        return writer.toBytes();
    }

    /** Whether it speaks of a collection, not of a document; looks at the first byte only. */
    static boolean isOfCollection(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] == 5 || bytes[0] == 8 || bytes[0] == 9);
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
                case 2 -> new Replaced(reader.sized(), reader.u8() != 0);
                case 3 -> new Removed(reader.sized(), document(reader, bytes).get("_id"));
                case 4 -> new Before(reader.sized(), document(reader, bytes));
                case 5 -> new Dropped(reader.u32(), namespace(reader));
                case 7 ->
                        new Updated(
                                reader.sized(), reader.u8() != 0, PathChangeCodec.readAll(reader));
                case 8 ->
                        new Renamed(
                                reader.u32(), namespace(reader), namespace(reader), target(reader));
                case 9 -> defined(reader, bytes);
                case 10 -> new Order(keys(reader));
                default -> throw new MalformedBytesException("a note of kind " + kind);
            };
        } catch (MalformedBytesException malformed) {
            throw new SmilodonException(
                    ErrorCode.DATA_CORRUPTION_DETECTED,
                    "A note in the log is malformed",
                    Map.of("reason", malformed.getMessage()));
        }
    }

    private static List<byte[]> keys(ByteReader reader) {
        List<byte[]> keys = new ArrayList<>();
        while (reader.hasMore()) {
            keys.add(reader.sized());
        }
        return keys;
    }

    private static OptionalInt target(ByteReader reader) {
        int id = reader.u32();
        return id == 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }

    private static Defined defined(ByteReader reader, byte[] bytes) {
        Definition.Kind kind = Definition.Kind.of(reader.u8());
        int id = reader.u32();
        Namespace namespace = namespace(reader);
        return new Defined(id, namespace, Definition.of(kind, document(reader, bytes)));
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
