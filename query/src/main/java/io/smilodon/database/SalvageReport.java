package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.salvage.Loss;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import java.util.List;

/**
 * What a salvage could not read, what may be out of date, and what it made.
 *
 * @param losses what could not be read
 * @param suspects values of which a newer version may be among it
 * @param copied values in the copy, index entries not counted
 * @param indexes what became of each index
 */
public record SalvageReport(
        List<NamedLoss> losses, Suspects suspects, long copied, List<RebuiltIndex> indexes) {

    public SalvageReport {
        losses = List.copyOf(losses);
        indexes = List.copyOf(indexes);
    }

    /**
     * Something that could not be read.
     *
     * @param subject the collections, indexes and buckets that it may belong to
     */
    public record NamedLoss(Loss loss, String subject) {}

    /**
     * Values of which a newer version, or a removal, may be lost.
     *
     * @param count how many
     * @param areKept whether they are in the copy
     * @param listed the first of them
     */
    public record Suspects(long count, boolean areKept, List<Suspect> listed) {}

    /**
     * One of them.
     *
     * @param key its key in the store, in hexadecimal digits
     * @param subject the collection or bucket that it belongs to
     */
    public record Suspect(String key, String subject) {}

    /**
     * An index.
     *
     * @param failure why it could not be built; empty if it was
     */
    public record RebuiltIndex(Namespace namespace, String name, String failure) {}

    /** Whether the copy is all that there was. */
    public boolean isWhole() {
        return losses.stream().allMatch(named -> named.loss().keys().isEmpty())
                && suspects.count() == 0
                && indexes.stream().allMatch(index -> index.failure().isEmpty());
    }

    /** For programs. */
    public Document toDocument() {
        return Document.builder()
                .put("whole", isWhole())
                .put("copied", copied)
                .put(
                        "losses",
                        ArrayValue.of(losses.stream().map(SalvageReport::documentOf).toList()))
                .put(
                        "suspects",
                        Document.builder()
                                .put("count", suspects.count())
                                .put("kept", suspects.areKept())
                                .put(
                                        "listed",
                                        ArrayValue.of(
                                                suspects.listed().stream()
                                                        .map(SalvageReport::documentOf)
                                                        .toList()))
                                .build())
                .put(
                        "indexes",
                        ArrayValue.of(indexes.stream().map(SalvageReport::documentOf).toList()))
                .build();
    }

    private static Document documentOf(NamedLoss named) {
        Loss loss = named.loss();
        DocumentBuilder document =
                Document.builder()
                        .put("file", loss.file())
                        .put("offset", loss.offset())
                        .put("bytes", loss.bytes())
                        .put("found", loss.what());
        loss.keys().ifPresent(span -> document.put("keys", FindingDocuments.of(span)));
        loss.commits()
                .ifPresent(
                        commits ->
                                document.put(
                                        "commits",
                                        Document.builder()
                                                .put("first", commits.first())
                                                .put("last", commits.last())
                                                .build()));
        if (!named.subject().isEmpty()) {
            document.put("subject", named.subject());
        }
        return document.build();
    }

    private static Document documentOf(Suspect suspect) {
        return Document.builder()
                .put("key", suspect.key())
                .put("subject", suspect.subject())
                .build();
    }

    private static Document documentOf(RebuiltIndex index) {
        return Document.builder()
                .put("namespace", index.namespace().toString())
                .put("name", index.name())
                .put("failure", index.failure())
                .build();
    }
}
