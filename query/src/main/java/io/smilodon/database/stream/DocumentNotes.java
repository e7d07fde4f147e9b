package io.smilodon.database.stream;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The notes of one commit, by the document they speak of. Not thread-safe. */
final class DocumentNotes {

    private final Map<byte[], ChangeNote> kinds = new TreeMap<>(Arrays::compareUnsigned);
    private final Map<byte[], Document> before = new TreeMap<>(Arrays::compareUnsigned);

    /** Takes a note, unless it speaks of a collection. */
    boolean take(ChangeNote note) {
        return switch (note) {
            case ChangeNote.Updated updated -> changed(updated.key(), updated);
            case ChangeNote.Replaced replaced -> changed(replaced.key(), replaced);
            case ChangeNote.Removed removed -> changed(removed.key(), removed);
            case ChangeNote.Before image -> {
                before.putIfAbsent(image.key(), image.document());
                yield true;
            }
            case ChangeNote.Dropped dropped -> false;
            case ChangeNote.Renamed renamed -> false;
        };
    }

    private boolean changed(byte[] key, ChangeNote note) {
        kinds.merge(key, note, DocumentNotes::both);
        return true;
    }

    /** Of several changes of a document in one transaction: what they come to. */
    private static ChangeNote both(ChangeNote earlier, ChangeNote later) {
        if (earlier instanceof ChangeNote.Updated first
                && later instanceof ChangeNote.Updated second) {
            List<String> paths =
                    Stream.concat(first.paths().stream(), second.paths().stream())
                            .distinct()
                            .toList();
            return new ChangeNote.Updated(first.key(), first.isOwn(), paths);
        }
        if (earlier instanceof ChangeNote.Updated first
                && later instanceof ChangeNote.Replaced second) {
            return new ChangeNote.Replaced(second.key(), first.isOwn());
        }
        // What was removed is inserted anew, whatever comes then.
        return later instanceof ChangeNote.Removed ? later : earlier;
    }

    /** What an update changed; empty if it was none, or if the transaction inserted it first. */
    Optional<List<String>> changedPaths(byte[] key) {
        return kinds.get(key) instanceof ChangeNote.Updated updated && !updated.isOwn()
                ? Optional.of(updated.paths())
                : Optional.empty();
    }

    boolean isReplaced(byte[] key) {
        return kinds.get(key) instanceof ChangeNote.Replaced replaced && !replaced.isOwn();
    }

    /** The {@code _id} of a removed document, if its key does not tell it. */
    Optional<Value> id(byte[] key) {
        return kinds.get(key) instanceof ChangeNote.Removed removed
                ? Optional.of(removed.id())
                : Optional.empty();
    }

    Optional<Document> before(byte[] key) {
        return Optional.ofNullable(before.get(key));
    }
}
