package io.smilodon.index.text.search;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.Analyzer;

/**
 * Shows where in a document a search has found its words.
 *
 * @param paths in which fields
 * @param charsMax how much of each text is looked at
 * @param passagesMax how many passages of each field are shown
 */
record Highlighter(SearchPath paths, int charsMax, int passagesMax) {

    private static final int CHARS = 500_000;
    private static final int PASSAGES = 5;

    static Highlighter parse(Options written) {
        written.only("path", "maxCharsToExamine", "maxNumPassages");
        return new Highlighter(
                SearchPath.parse(written),
                written.count("maxCharsToExamine", CHARS, 1, Integer.MAX_VALUE),
                written.count("maxNumPassages", PASSAGES, 1, Integer.MAX_VALUE));
    }

    /** What {@code $meta: "searchHighlights"} shows. */
    ArrayValue of(Document document, SearchContext context, SoughtTerms sought) {
        TreeMap<String, List<Passage>> found = new TreeMap<>();
        walk(
                document,
                "",
                (path, text) -> {
                    if (paths.contains(path)) {
                        String examined = text.substring(0, Math.min(text.length(), charsMax));
                        List<Hit> hits = hits(path, examined, context, sought);
                        found.computeIfAbsent(path, one -> new ArrayList<>())
                                .addAll(Passage.of(examined, hits));
                    }
                });
        List<Value> highlights = new ArrayList<>();
        found.forEach(
                (path, passages) ->
                        best(passages).forEach(one -> highlights.add(one.toDocument(path))));
        return ArrayValue.of(highlights);
    }

    private List<Passage> best(List<Passage> passages) {
        Comparator<Integer> bestFirst =
                Comparator.<Integer>comparingDouble(place -> passages.get(place).score())
                        .reversed();
        return IntStream.range(0, passages.size())
                .boxed()
                .sorted(bestFirst)
                .limit(passagesMax)
                .sorted()
                .map(passages::get)
                .toList();
    }

    private static void walk(Value value, String path, BiConsumer<String, String> texts) {
        switch (value) {
            case StringValue text -> texts.accept(path, text.value());
            case ArrayValue array -> array.forEach(element -> walk(element, path, texts));
            case Document document -> {
                for (Field field : document) {
                    String inner = path.isEmpty() ? field.name() : path + "." + field.name();
                    walk(field.value(), inner, texts);
                }
            }
            default -> {
                return; // only strings have words
            }
        }
    }

    private List<Hit> hits(String path, String text, SearchContext context, SoughtTerms sought) {
        List<Hit> hits = new ArrayList<>();
        for (SearchPath.Part part : paths.parts()) {
            String words =
                    part.multi().isEmpty()
                            ? FieldNames.words(path)
                            : FieldNames.words(path, part.multi());
            Optional<Analyzer> analyzer =
                    context.words(words).map(type -> type.analyzer().analyzer());
            analyzer.ifPresent(own -> hits.addAll(sought.in(words, text, own)));
        }
        String beginnings = FieldNames.beginnings(path);
        context.beginnings(path)
                .ifPresent(type -> hits.addAll(sought.in(beginnings, text, type.analyzer())));
        return hits;
    }

    /** Where a word stands in a text. */
    record Hit(int start, int end) {}
}
