package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.check.Finding;
import io.smilodon.engine.check.StoreCounts;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import java.util.List;

/**
 * What a check of a data directory found.
 *
 * @param findings files first, then collections
 * @param damages how many of them tell of damage, those counted that were not kept
 * @param files how much of the files was read
 * @param collections how much of each collection was read
 */
public record DatabaseCheckReport(
        List<Finding> findings,
        long damages,
        StoreCounts files,
        List<CollectionCount> collections) {

    public DatabaseCheckReport {
        findings = List.copyOf(findings);
        collections = List.copyOf(collections);
    }

    /**
     * How much of a collection was read.
     *
     * @param namespace its name
     * @param documents its documents
     * @param indexes its indexes that are checked, that on {@code _id} not counted
     * @param entries their entries
     */
    public record CollectionCount(Namespace namespace, long documents, int indexes, long entries) {}

    /** Whether nothing is wrong. */
    public boolean isGood() {
        return damages == 0;
    }

    /** For programs. */
    public Document toDocument() {
        return Document.builder()
                .put("ok", isGood())
                .put("damages", damages)
                .put("findings", FindingDocuments.of(findings))
                .put("files", documentOf(files))
                .put(
                        "collections",
                        ArrayValue.of(
                                collections.stream().map(DatabaseCheckReport::documentOf).toList()))
                .build();
    }

    private static Document documentOf(StoreCounts counts) {
        return Document.builder()
                .put("files", counts.files())
                .put("bytes", counts.bytes())
                .put("segments", counts.segments())
                .put("blocks", counts.blocks())
                .put("entries", counts.entries())
                .put("logs", counts.logs())
                .put("frames", counts.frames())
                .put("commits", counts.commits())
                .build();
    }

    private static Document documentOf(CollectionCount count) {
        return Document.builder()
                .put("namespace", count.namespace().toString())
                .put("documents", count.documents())
                .put("indexes", count.indexes())
                .put("entries", count.entries())
                .build();
    }
}
