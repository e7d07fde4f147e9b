package io.smilodon.samples;

import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.function.Supplier;

/**
 * Data to explore: what it is, the collections it fills, and queries worth trying on it. Immutable.
 */
public interface Dataset {

    /** How the dataset is asked for; also the name of the database it is loaded into. */
    String name();

    /** What it holds and where it comes from, in a sentence or two. */
    String description();

    List<SampleCollection> collections();

    List<Example> examples();

    /**
     * One collection of a dataset.
     *
     * @param name the collection's name
     * @param indexes specifications, as {@code createIndex} takes them
     * @param source gets hold of the documents; may take a second, so it is asked only when loading
     */
    record SampleCollection(String name, List<Document> indexes, Supplier<DocumentSource> source) {

        public SampleCollection {
            indexes = List.copyOf(indexes);
        }
    }
}
