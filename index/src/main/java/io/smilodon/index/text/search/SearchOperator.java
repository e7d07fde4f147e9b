package io.smilodon.index.text.search;

import org.apache.lucene.search.Query;

/** An operator of a search, read. Immutable and thread-safe. */
interface SearchOperator {

    /** The same for Lucene. */
    Query query(SearchContext context);
}
