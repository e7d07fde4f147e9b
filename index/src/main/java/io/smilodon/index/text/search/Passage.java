package io.smilodon.index.text.search;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.text.search.Highlighter.Hit;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A sentence with words that were searched for, cut at those. */
record Passage(List<Piece> pieces, double score) {

    /** A part of a passage. */
    record Piece(String text, boolean isHit) {}

    /** The sentences of a text with such words, in their order. */
    static List<Passage> of(String text, List<Hit> hits) {
        List<Passage> passages = new ArrayList<>();
        if (hits.isEmpty()) {
            return passages;
        }
        List<Hit> sorted =
                hits.stream().distinct().sorted(Comparator.comparingInt(Hit::start)).toList();
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(text);
        int next = 0;
        int start = sentences.first();
        for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
            List<Hit> inside = new ArrayList<>();
            while (next < sorted.size() && sorted.get(next).start() < end) {
                inside.add(sorted.get(next++));
            }
            if (!inside.isEmpty()) {
                passages.add(cut(text, start, end, inside));
            }
            start = end;
        }
        return passages;
    }

    private static Passage cut(String text, int start, int end, List<Hit> hits) {
        List<Piece> pieces = new ArrayList<>();
        int at = start;
        for (Hit hit : hits) {
            int to = Math.min(hit.end(), end);
            if (hit.start() < at || to <= hit.start()) {
                continue; // inside the one before
            }
            if (hit.start() > at) {
                pieces.add(new Piece(text.substring(at, hit.start()), false));
            }
            pieces.add(new Piece(text.substring(hit.start(), to), true));
            at = to;
        }
        if (at < end) {
            pieces.add(new Piece(text.substring(at, end), false));
        }
        long found = pieces.stream().filter(Piece::isHit).count();
        return new Passage(pieces, found / (1 + Math.log1p(end - start) / 10));
    }

    Document toDocument(String path) {
        List<Value> texts = new ArrayList<>();
        for (Piece piece : pieces) {
            texts.add(
                    Document.builder()
                            .put("value", piece.text)
                            .put("type", piece.isHit ? "hit" : "text")
                            .build());
        }
        return Document.builder()
                .put("score", score)
                .put("path", path)
                .put("texts", ArrayValue.of(texts))
                .build();
    }
}
