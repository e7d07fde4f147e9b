package io.smilodon.samples;

import io.smilodon.database.Database;
import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Loads a dataset into a database. Documents come first and indexes last, so that a dataset whose
 * indexes are there is whole, and one that a crash cut short is seen to be cut short. Thread-safe
 * for different databases.
 */
public final class SampleLoader {

    private static final int BATCH_DOCUMENTS = 500;

    private final Database database;
    private final LoadProgress progress;

    public SampleLoader(Database database, LoadProgress progress) {
        this.database = database;
        this.progress = progress;
    }

    /** Whether every collection of the dataset is there with every index that it wants. */
    public boolean isLoaded(Dataset dataset) {
        return dataset.collections().stream().allMatch(this::isLoaded);
    }

    /**
     * Loads the dataset. What an interrupted loading left behind is replaced.
     *
     * @param replace whether a dataset that is there already is dropped and loaded anew
     * @return the number of documents loaded
     * @throws SmilodonException {@code NamespaceExists} if it is there and must not be replaced
     */
    public long load(Dataset dataset, boolean replace) {
        if (!replace && isLoaded(dataset)) {
            throw alreadyLoaded(dataset);
        }
        long loaded = 0;
        for (Dataset.SampleCollection sample : dataset.collections()) {
            database.dropCollection(sample.name());
            DocumentCollection collection = database.collection(sample.name());
            loaded += insert(sample, collection);
            index(sample, collection);
        }
        return loaded;
    }

    /** The refusal to load what is there already. */
    public SmilodonException alreadyLoaded(Dataset dataset) {
        return new SmilodonException(
                        ErrorCode.NAMESPACE_EXISTS,
                        "The dataset is loaded already",
                        Map.of("dataset", dataset.name(), "database", database.name()))
                .withHint("ask for it to be dropped first");
    }

    private boolean isLoaded(Dataset.SampleCollection sample) {
        DocumentCollection collection = database.collection(sample.name());
        if (!collection.exists()) {
            return false;
        }
        Set<Value> names =
                collection.indexes().stream()
                        .map(index -> index.get("name"))
                        .collect(Collectors.toSet());
        return sample.indexes().stream()
                .map(index -> Value.of(IndexDefinition.parse(index).name()))
                .allMatch(names::contains);
    }

    private long insert(Dataset.SampleCollection sample, DocumentCollection collection) {
        DocumentSource source = sample.source().get();
        String what = database.name() + "." + sample.name();
        long total = source.count();
        long done = 0;
        progress.at(what, done, total);
        try (DocumentSource.Documents documents = source.open()) {
            while (documents.hasNext()) {
                List<Document> batch = nextBatch(documents);
                collection.insertMany(batch, true);
                done += batch.size();
                progress.at(what, done, total);
            }
        }
        return done;
    }

    private static List<Document> nextBatch(DocumentSource.Documents documents) {
        List<Document> batch = new ArrayList<>(BATCH_DOCUMENTS);
        while (batch.size() < BATCH_DOCUMENTS && documents.hasNext()) {
            batch.add(documents.next());
        }
        return batch;
    }

    private void index(Dataset.SampleCollection sample, DocumentCollection collection) {
        String what = "indexes of " + database.name() + "." + sample.name();
        int done = 0;
        for (Document index : sample.indexes()) {
            progress.at(what, done++, sample.indexes().size());
            collection.createIndex(index);
        }
        progress.at(what, done, sample.indexes().size());
    }
}
