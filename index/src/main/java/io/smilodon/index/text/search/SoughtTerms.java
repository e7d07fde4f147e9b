package io.smilodon.index.text.search;

import io.smilodon.index.text.search.Highlighter.Hit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.ByteRunAutomaton;

/** The terms that a query looks for, those that must not be there left out. */
final class SoughtTerms {

    private final Map<String, Set<BytesRef>> terms = new HashMap<>();
    private final Map<String, List<ByteRunAutomaton>> patterns = new HashMap<>();

    static SoughtTerms of(Query query) {
        SoughtTerms sought = new SoughtTerms();
        query.visit(sought.visitor());
        return sought;
    }

    private QueryVisitor visitor() {
        return new QueryVisitor() {
            @Override
            public void consumeTerms(Query query, Term... found) {
                for (Term term : found) {
                    terms.computeIfAbsent(term.field(), field -> new HashSet<>()).add(term.bytes());
                }
            }

            @Override
            public void consumeTermsMatching(
                    Query query, String field, Supplier<ByteRunAutomaton> automaton) {
                patterns.computeIfAbsent(field, one -> new ArrayList<>()).add(automaton.get());
            }
        };
    }

    /** Where they stand in a text that is indexed in this field. */
    List<Hit> in(String field, String text, Analyzer analyzer) {
        List<Hit> hits = new ArrayList<>();
        Set<BytesRef> words = terms.getOrDefault(field, Set.of());
        List<ByteRunAutomaton> automata = patterns.getOrDefault(field, List.of());
        if (words.isEmpty() && automata.isEmpty()) {
            return hits;
        }
        try (TokenStream tokens = analyzer.tokenStream(field, text)) {
            TermToBytesRefAttribute term = tokens.addAttribute(TermToBytesRefAttribute.class);
            OffsetAttribute offsets = tokens.addAttribute(OffsetAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                BytesRef bytes = term.getBytesRef();
                if (words.contains(bytes) || automata.stream().anyMatch(one -> runs(one, bytes))) {
                    hits.add(new Hit(offsets.startOffset(), offsets.endOffset()));
                }
            }
            tokens.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return hits;
    }

    private static boolean runs(ByteRunAutomaton automaton, BytesRef term) {
        return automaton.run(term.bytes, term.offset, term.length);
    }
}
