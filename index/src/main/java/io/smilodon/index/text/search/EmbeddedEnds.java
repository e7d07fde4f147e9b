package io.smilodon.index.text.search;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.util.FixedBitSet;

/**
 * Which documents others stand in front of, for all the parts of one search that ask. Not
 * thread-safe: of the thread that searches.
 */
final class EmbeddedEnds {

    private final Query around;
    private final Map<LeafReaderContext, FixedBitSet> known = new IdentityHashMap<>();

    /**
     * @param around finds them
     */
    EmbeddedEnds(Query around) {
        this.around = around;
    }

    /** A bit for each document of a part of the index. */
    FixedBitSet in(LeafReaderContext leaf, IndexSearcher searcher) throws IOException {
        FixedBitSet ends = known.get(leaf);
        if (ends == null) {
            ends = new FixedBitSet(leaf.reader().maxDoc());
            Query all = searcher.rewrite(around);
            Scorer found = searcher.createWeight(all, ScoreMode.COMPLETE_NO_SCORES, 1).scorer(leaf);
            if (found != null) {
                ends.or(found.iterator());
            }
            known.put(leaf, ends);
        }
        return ends;
    }
}
