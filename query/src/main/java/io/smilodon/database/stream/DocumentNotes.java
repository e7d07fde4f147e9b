package io.smilodon.database.stream;

import io.smilodon.engine.feed.KeyChange;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The notes of one commit, by the document they speak of. Not thread-safe. */
final class DocumentNotes {

    private final Map<byte[], Story> stories = new TreeMap<>(Arrays::compareUnsigned);
    private final Map<byte[], Document> before = new TreeMap<>(Arrays::compareUnsigned);

    /** The documents in the order in which they were first written, where a note tells it. */
    private final Map<byte[], Integer> ranks = new TreeMap<>(Arrays::compareUnsigned);

    /** What a transaction did to a document, from first to last. */
    private static final class Story {

        private ChangeNote note;
        private final List<PathChange> changes = new ArrayList<>();
        private boolean isOfOne = true;

        Story(ChangeNote first) {
            note = first;
            addChanges(first);
        }

        private void addChanges(ChangeNote added) {
            if (added instanceof ChangeNote.Updated updated) {
                changes.addAll(updated.changes());
            }
        }

        /** What all comes to with another change. */
        void add(ChangeNote later) {
            isOfOne = false;
            if (note instanceof ChangeNote.Updated first
                    && later instanceof ChangeNote.Replaced second) {
                note = new ChangeNote.Replaced(second.key(), first.isOwn());
            } else if (later instanceof ChangeNote.Removed) {
                note = later; // what was removed is inserted anew, whatever comes then
            }
            addChanges(later);
        }

        List<PathChange> changes() {
            return isOfOne ? changes : PathChange.together(changes);
        }
    }

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
            case ChangeNote.Order order -> {
                order.keys().forEach(key -> ranks.putIfAbsent(key, ranks.size()));
                yield true;
            }
            case ChangeNote.Dropped dropped -> false;
            case ChangeNote.Renamed renamed -> false;
            case ChangeNote.Defined defined -> false;
        };
    }

    private boolean changed(byte[] key, ChangeNote note) {
        Story story = stories.get(key);
        if (story == null) {
            stories.put(key, new Story(note));
        } else {
            story.add(note);
        }
        return true;
    }

    /** The changes of documents in the order of the statements. */
    List<KeyChange> inOrder(List<KeyChange> changes) {
        return ranks.isEmpty()
                ? changes
                : changes.stream().sorted(Comparator.comparingInt(this::rank)).toList();
    }

    private int rank(KeyChange change) {
        byte[] key =
                switch (change) {
                    case KeyChange.Put put -> put.key();
                    case KeyChange.Remove remove -> remove.key();
                    case KeyChange.Retire retire -> retire.prefix();
                };
        return ranks.getOrDefault(key, Integer.MAX_VALUE);
    }

    private Optional<Story> story(byte[] key) {
        return Optional.ofNullable(stories.get(key));
    }

    /** What an update changed; empty if it was none, or if the transaction inserted it first. */
    Optional<List<PathChange>> changes(byte[] key) {
        return story(key)
                .filter(
                        story ->
                                story.note instanceof ChangeNote.Updated updated
                                        && !updated.isOwn())
                .map(Story::changes);
    }

    boolean isReplaced(byte[] key) {
        return story(key)
                .filter(
                        story ->
                                story.note instanceof ChangeNote.Replaced replaced
                                        && !replaced.isOwn())
                .isPresent();
    }

    /** The {@code _id} of a removed document, if its key does not tell it. */
    Optional<Value> id(byte[] key) {
        return story(key)
                .flatMap(
                        story ->
                                story.note instanceof ChangeNote.Removed removed
                                        ? Optional.of(removed.id())
                                        : Optional.empty());
    }

    Optional<Document> before(byte[] key) {
        return Optional.ofNullable(before.get(key));
    }
}
