package io.smilodon.index.text.search;

import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;

/**
 * An analyzer that a definition puts together: filters of characters, a tokenizer, filters of
 * terms.
 */
final class CustomAnalysis extends Analyzer {

    private static final String CHAR_FILTERS = "charFilters";
    private static final String TOKENIZER = "tokenizer";
    private static final String TOKEN_FILTERS = "tokenFilters";
    private static final String TYPE = "type";

    private final List<CharFilters.Step> charFilters;
    private final Tokenizers.Step tokenizer;
    private final List<TokenFilters.Step> tokenFilters;

    private CustomAnalysis(
            List<CharFilters.Step> charFilters,
            Tokenizers.Step tokenizer,
            List<TokenFilters.Step> tokenFilters) {
        this.charFilters = List.copyOf(charFilters);
        this.tokenizer = tokenizer;
        this.tokenFilters = List.copyOf(tokenFilters);
    }

    static Analyzer parse(Options definition) {
        definition.only("name", CHAR_FILTERS, TOKENIZER, TOKEN_FILTERS);
        List<CharFilters.Step> charFilters = new ArrayList<>();
        for (Options filter : definition.objects(CHAR_FILTERS)) {
            charFilters.add(row(CharFilters.TABLE, filter).parse(filter));
        }
        Options written = definition.object(TOKENIZER);
        Tokenizers.Step tokenizer = row(Tokenizers.TABLE, written).parse(written);
        List<TokenFilters.Step> tokenFilters = new ArrayList<>();
        for (Options filter : definition.objects(TOKEN_FILTERS)) {
            tokenFilters.add(row(TokenFilters.TABLE, filter).parse(filter));
        }
        return new CustomAnalysis(charFilters, tokenizer, tokenFilters);
    }

    private static <T> T row(Map<String, T> table, Options written) {
        String type = written.text(TYPE);
        T row = table.get(type);
        if (row == null) {
            throw written.error(
                    TYPE,
                    "There is no such part of an analyzer in this release",
                    Map.of("type", type, "expected", table.keySet().stream().sorted().toList()));
        }
        return row;
    }

    @Override
    protected Reader initReader(String field, Reader text) {
        Reader filtered = text;
        for (CharFilters.Step filter : charFilters) {
            filtered = filter.apply(filtered);
        }
        return filtered;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer source = tokenizer.create();
        TokenStream terms = source;
        for (TokenFilters.Step filter : tokenFilters) {
            terms = filter.apply(terms);
        }
        return new TokenStreamComponents(source, terms);
    }
}
