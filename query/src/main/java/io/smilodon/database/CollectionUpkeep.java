package io.smilodon.database;

import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the indexes of one collection in order, while others read and write it. Thread-safe. */
public final class CollectionUpkeep {

    private final VisibleOperations visible;
    private final Reads reads;
    private final Indexes indexes;

    CollectionUpkeep(VisibleOperations visible, Reads reads, Indexes indexes) {
        this.visible = visible;
        this.reads = reads;
        this.indexes = indexes;
    }

    /**
     * Its indexes, that on {@code _id} first, those too that are being built.
     *
     * @throws io.smilodon.engine.error.SmilodonException {@code NamespaceNotFound}
     */
    public List<IndexListing> indexes() {
        return visible.access().statement(indexes::listings);
    }

    /**
     * Builds all indexes anew from the documents, but for that on {@code _id}, which is the
     * documents. Readers use what there is until an index is complete; one that cannot be built
     * stays as it was.
     *
     * @return the names of those that were built
     * @throws io.smilodon.engine.error.SmilodonException {@code NamespaceNotFound}
     */
    public List<String> rebuildIndexes() {
        return visible.run("reIndex", Document.EMPTY, () -> indexes.rebuild(name -> true));
    }

    /**
     * Holds indexes and documents against each other, and builds those indexes anew that disagree.
     * Empty if the collection does not exist.
     */
    public Optional<Repair> repair() {
        return visible.run("validate", Document.EMPTY, () -> reads.verify().map(this::repair));
    }

    private Repair repair(CollectionVerification found) {
        Map<String, List<String>> problems = found.problems();
        List<String> rebuilt =
                indexes.rebuild(name -> !problems.getOrDefault(name, List.of()).isEmpty());
        return rebuilt.isEmpty()
                ? new Repair(found, found, rebuilt)
                : new Repair(found, reads.verify().orElse(found), rebuilt);
    }

    /**
     * What a repair did.
     *
     * @param found what was wrong before
     * @param left what is wrong now
     * @param rebuilt the indexes that were built anew
     */
    public record Repair(
            CollectionVerification found, CollectionVerification left, List<String> rebuilt) {

        public Repair {
            rebuilt = List.copyOf(rebuilt);
        }
    }
}
