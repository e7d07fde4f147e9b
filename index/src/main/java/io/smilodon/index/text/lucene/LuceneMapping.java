package io.smilodon.index.text.lucene;

import io.smilodon.engine.value.Document;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexableField;

/** What a Lucene index holds of a document. Immutable and thread-safe. */
public interface LuceneMapping {

    /** How the texts of {@link #fields} become terms. */
    Analyzer analyzer();

    /**
     * The fields of a document, besides {@link FollowedIndex#ID_FIELD}; a document without any is
     * in the index all the same.
     */
    List<IndexableField> fields(Document document);

    /**
     * The fields of what is found inside of a document by itself: each stands in front of the
     * document, and of what it is inside of.
     */
    default List<List<IndexableField>> inside(Document document) {
        return List.of();
    }
}
