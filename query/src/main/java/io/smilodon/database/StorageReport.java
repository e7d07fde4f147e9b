package io.smilodon.database;

import io.smilodon.database.catalog.Cap;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How large collections and databases are, as MongoDB's {@code collStats} and {@code dbStats} tell
 * it. What is stored is counted before compression: {@code storageSize} is {@code size}.
 *
 * @param view counted where nothing is known yet
 * @param scale how many bytes are one
 */
record StorageReport(Instance instance, ReadView view, long scale) {

    private static final CollectionSizes.Total NOTHING = new CollectionSizes.Total(0, 0);

    /** A collection; zeros if it does not exist. */
    Document ofCollection(Optional<CollectionEntry> entry) {
        CollectionSizes.Total total = entry.map(this::total).orElse(NOTHING);
        Map<String, Long> indexes =
                entry.map(found -> instance.indexSizes().of(found, total, view)).orElse(Map.of());
        DocumentBuilder report =
                Document.builder()
                        .put("size", scaled(total.bytes()))
                        .put("count", NumberValue.intOrLong(total.documentCount()));
        if (total.documentCount() > 0) {
            report.put("avgObjSize", NumberValue.intOrLong(total.bytes() / total.documentCount()));
        }
        report.put("numOrphanDocs", 0)
                .put("storageSize", scaled(total.bytes()))
                .put("freeStorageSize", 0);
        putCap(entry.flatMap(found -> found.options().cap()), report);
        long indexBytes = sum(indexes);
        return report.put("nindexes", indexes.size())
                .put("indexBuilds", building(entry))
                .put("totalIndexSize", scaled(indexBytes))
                .put("totalSize", scaled(total.bytes() + indexBytes))
                .put("indexSizes", scaled(indexes))
                .put("scaleFactor", NumberValue.intOrLong(scale))
                .build();
    }

    private void putCap(Optional<Cap> cap, DocumentBuilder report) {
        report.put("capped", cap.isPresent());
        if (cap.isPresent()) {
            report.put("max", NumberValue.intOrLong(cap.get().documentsMax()))
                    .put("maxSize", scaled(cap.get().bytesMax()));
        }
    }

    private static ArrayValue building(Optional<CollectionEntry> entry) {
        List<Value> names =
                entry.stream()
                        .flatMap(found -> found.indexes().stream())
                        .filter(index -> !index.isReady())
                        .map(index -> Value.of(index.definition().name()))
                        .toList();
        return ArrayValue.of(names);
    }

    /** A database. */
    Document ofDatabase(String name, List<CollectionEntry> entries) {
        List<CollectionEntry> collections =
                entries.stream().filter(entry -> !entry.isView()).toList();
        long objects = 0;
        long bytes = 0;
        long indexBytes = 0;
        long indexes = 0;
        for (CollectionEntry entry : collections) {
            CollectionSizes.Total total = total(entry);
            objects += total.documentCount();
            bytes += total.bytes();
            indexBytes += sum(instance.indexSizes().of(entry, total, view));
            indexes += 1 + entry.indexes().stream().filter(IndexEntry::isReady).count();
        }
        DocumentBuilder report =
                Document.builder()
                        .put("db", name)
                        .put("collections", NumberValue.intOrLong(collections.size()))
                        .put("views", NumberValue.intOrLong(entries.size() - collections.size()))
                        .put("objects", NumberValue.intOrLong(objects))
                        .put("avgObjSize", objects == 0 ? 0.0 : (double) bytes / objects)
                        .put("dataSize", (double) bytes / scale)
                        .put("storageSize", (double) bytes / scale)
                        .put("indexes", NumberValue.intOrLong(indexes))
                        .put("indexSize", (double) indexBytes / scale)
                        .put("totalSize", (double) (bytes + indexBytes) / scale)
                        .put("scaleFactor", NumberValue.intOrLong(scale));
        instance.store()
                .diskSpace()
                .ifPresent(
                        disk ->
                                report.put("fsUsedSize", (double) disk.usedBytes() / scale)
                                        .put("fsTotalSize", (double) disk.totalBytes() / scale));
        return report.build();
    }

    private CollectionSizes.Total total(CollectionEntry entry) {
        return instance.sizes().total(entry, view);
    }

    private static long sum(Map<String, Long> indexes) {
        return indexes.values().stream().mapToLong(Long::longValue).sum();
    }

    private Document scaled(Map<String, Long> indexes) {
        DocumentBuilder sizes = Document.builder();
        indexes.forEach((name, bytes) -> sizes.put(name, scaled(bytes)));
        return sizes.build();
    }

    private Value scaled(long bytes) {
        return NumberValue.intOrLong(bytes / scale);
    }
}
