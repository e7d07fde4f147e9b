package io.smilodon.index.text.search;

import java.io.IOException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Brings terms into one of Unicode's normal forms. */
final class UnicodeForms extends TokenFilter {

    private static final Set<String> FORMS = Set.of("nfc", "nfd", "nfkc", "nfkd");

    private final Normalizer.Form form;
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    private UnicodeForms(TokenStream terms, Normalizer.Form form) {
        super(terms);
        this.form = form;
    }

    /** {@code {type: "icuNormalizer", normalizationForm?}}. */
    static TokenFilters.Step parse(Options options) {
        options.only("type", "normalizationForm");
        String name = options.word("normalizationForm", "nfc", FORMS);
        Normalizer.Form form = Normalizer.Form.valueOf(name.toUpperCase(Locale.ROOT));
        return terms -> new UnicodeForms(terms, form);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        if (!Normalizer.isNormalized(term, form)) {
            String normal = Normalizer.normalize(term, form);
            term.setEmpty().append(normal);
        }
        return true;
    }
}
