package io.smilodon.index.text.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FilterDirectoryReader;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/** A Lucene index in which some documents count as deleted. */
final class HiddenDocuments extends FilterDirectoryReader {

    private final Collection<byte[]> idKeys;

    HiddenDocuments(DirectoryReader reader, Collection<byte[]> idKeys) throws IOException {
        super(
                reader,
                new SubReaderWrapper() {
                    @Override
                    public LeafReader wrap(LeafReader leaf) {
                        return Leaf.of(leaf, idKeys);
                    }
                });
        this.idKeys = idKeys;
    }

    @Override
    protected DirectoryReader doWrapDirectoryReader(DirectoryReader reader) throws IOException {
        return new HiddenDocuments(reader, idKeys);
    }

    @Override
    public CacheHelper getReaderCacheHelper() {
        return null;
    }

    private static final class Leaf extends FilterLeafReader {

        private final FixedBitSet live;

        private Leaf(LeafReader leaf, FixedBitSet live) {
            super(leaf);
            this.live = live;
        }

        static LeafReader of(LeafReader leaf, Collection<byte[]> idKeys) {
            try {
                return new Leaf(leaf, live(leaf, idKeys));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static FixedBitSet live(LeafReader leaf, Collection<byte[]> idKeys)
                throws IOException {
            FixedBitSet live = new FixedBitSet(leaf.maxDoc());
            Bits before = leaf.getLiveDocs();
            for (int document = 0; document < leaf.maxDoc(); document++) {
                if (before == null || before.get(document)) {
                    live.set(document);
                }
            }
            Terms terms = leaf.terms(FollowedIndex.ID_FIELD);
            if (terms != null) {
                clear(live, terms.iterator(), idKeys);
            }
            return live;
        }

        private static void clear(FixedBitSet live, TermsEnum terms, Collection<byte[]> idKeys)
                throws IOException {
            PostingsEnum postings = null;
            for (byte[] idKey : idKeys) {
                if (terms.seekExact(new BytesRef(idKey))) {
                    postings = terms.postings(postings, PostingsEnum.NONE);
                    for (int document = postings.nextDoc();
                            document != DocIdSetIterator.NO_MORE_DOCS;
                            document = postings.nextDoc()) {
                        live.clear(document);
                    }
                }
            }
        }

        @Override
        public Bits getLiveDocs() {
            return live;
        }

        @Override
        public int numDocs() {
            return live.cardinality();
        }

        @Override
        public CacheHelper getCoreCacheHelper() {
            return in.getCoreCacheHelper();
        }

        @Override
        public CacheHelper getReaderCacheHelper() {
            return null;
        }
    }
}
