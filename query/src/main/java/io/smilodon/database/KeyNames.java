package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.engine.bucket.BucketKeys;
import io.smilodon.engine.check.Finding;
import io.smilodon.engine.segment.SegmentDamage.KeySpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says whose keys are in a span of the store. Not thread-safe. */
final class KeyNames {

    private final Map<byte[], String> names = new LinkedHashMap<>();

    void add(CollectionEntry collection) {
        names.put(Keyspace.documents(collection.id()), collection.namespace().toString());
        if (collection.isCapped()) {
            names.put(
                    Keyspace.insertionOrder(collection.id()),
                    collection.namespace() + " order of insertion");
        }
        collection
                .indexes()
                .forEach(
                        index ->
                                names.put(
                                        Keyspace.indexEntries(index.definition().id()),
                                        collection.namespace()
                                                + " index "
                                                + index.definition().name()));
    }

    void addBucket(String name, int id) {
        names.put(BucketKeys.blobs(id), "bucket " + name);
    }

    /** The finding with the collections and indexes that its keys may belong to. */
    Finding named(Finding finding) {
        return finding.keys().map(span -> finding.about(of(span))).orElse(finding);
    }

    /** The collections, indexes and buckets that have keys in the span, a few of them. */
    String of(KeySpan span) {
        List<String> found = new ArrayList<>();
        if (Keyspace.isCatalog(span.to()) || span.after().length == 0 && span.to().length == 0) {
            found.add("catalog");
        }
        names.forEach(
                (prefix, name) -> {
                    if (overlaps(span, prefix)) {
                        found.add(name);
                    }
                });
        return found.size() > 5
                ? String.join(", ", found.subList(0, 5)) + " and " + (found.size() - 5) + " more"
                : String.join(", ", found);
    }

    private static boolean overlaps(KeySpan span, byte[] prefix) {
        boolean startsBeforeEnd =
                startsWith(span.after(), prefix)
                        || Arrays.compareUnsigned(span.after(), prefix) < 0;
        boolean endsAfterStart =
                span.to().length == 0 || Arrays.compareUnsigned(span.to(), prefix) >= 0;
        return startsBeforeEnd && endsAfterStart;
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The name of the collection, index or bucket that a key belongs to. */
    Optional<String> of(byte[] key) {
        return names.entrySet().stream()
                .filter(entry -> startsWith(key, entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
