package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.index.text.search.SearchRequest;
import io.smilodon.index.text.search.VectorRequest;
import io.smilodon.query.exec.Cursor;
import java.util.List;
import java.util.Optional;

/** Searches the collection that a pipeline begins with, in the snapshot that it reads. */
public interface Searching {

    /** The documents that a search finds, the first first, with what is known of each. */
    Cursor search(SearchRequest request);

    /** How many documents a search finds, and their facets. */
    Document searchMeta(SearchRequest request);

    /** The documents whose vectors are nearest. */
    Cursor nearest(VectorRequest request);

    /**
     * How a search is carried out, for explain.
     *
     * @param isRun whether to count what each part of the query matches
     */
    Document explained(SearchRequest request, boolean isRun);

    /** The same of a search for vectors. */
    Document explained(VectorRequest request, boolean isRun);

    /**
     * The search indexes, as clients see them.
     *
     * @param nameOrId of the only one that is asked for
     */
    List<Document> indexes(Optional<String> nameOrId);
}
