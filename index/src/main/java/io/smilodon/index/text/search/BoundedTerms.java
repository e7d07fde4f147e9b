package io.smilodon.index.text.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;

/**
 * An analyzer without the terms that Lucene cannot store. The longest is of {@link #CHARS_MAX}
 * characters, which are never more than Lucene's 32,766 bytes.
 */
final class BoundedTerms extends AnalyzerWrapper {

    static final int CHARS_MAX = 8_191;

    private final Analyzer terms;

    BoundedTerms(Analyzer terms) {
        super(terms.getReuseStrategy());
        this.terms = terms;
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String field) {
        return terms;
    }

    @Override
    protected TokenStreamComponents wrapComponents(String field, TokenStreamComponents components) {
        return new TokenStreamComponents(
                components.getSource(),
                new LengthFilter(components.getTokenStream(), 1, CHARS_MAX));
    }
}
