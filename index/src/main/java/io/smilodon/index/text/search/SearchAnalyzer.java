package io.smilodon.index.text.search;

import java.util.Optional;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;
import org.apache.lucene.analysis.core.KeywordAnalyzer;

/** Analyzes each field as it is to be. */
final class SearchAnalyzer extends DelegatingAnalyzerWrapper {

    private static final Analyzer OTHERS = new KeywordAnalyzer();

    private final Function<String, Optional<Analyzer>> ofField;

    SearchAnalyzer(Function<String, Optional<Analyzer>> ofField) {
        super(PER_FIELD_REUSE_STRATEGY);
        this.ofField = ofField;
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String field) {
        return ofField.apply(field).orElse(OTHERS);
    }
}
