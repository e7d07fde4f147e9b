package io.smilodon.index.text.search;

import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import java.io.Reader;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.fa.PersianCharFilter;

/** What may be done to the characters before a text is cut into terms. */
final class CharFilters {

    static final Map<String, Factory> TABLE =
            Map.of(
                    "htmlStrip", CharFilters::htmlStrip,
                    "mapping", CharFilters::mapping,
                    "persian", options -> plain(options, PersianCharFilter::new));

    private CharFilters() {}

    private static Step plain(Options options, Step step) {
        options.only("type");
        return step;
    }

    private static Step htmlStrip(Options options) {
        options.only("type", "ignoredTags");
        Set<String> kept =
                options.has("ignoredTags") ? Set.copyOf(options.texts("ignoredTags")) : Set.of();
        return text -> new HTMLStripCharFilter(text, kept);
    }

    private static Step mapping(Options options) {
        options.only("type", "mappings");
        Options written = options.object("mappings");
        NormalizeCharMap.Builder builder = new NormalizeCharMap.Builder();
        for (Field field : written.fields()) {
            if (!(field.value() instanceof StringValue)) {
                throw Options.wrongType(field.value(), "string", written.at(field.name()));
            }
            if (field.name().isEmpty()) {
                throw written.error("", "What is mapped is empty", Map.of());
            }
            builder.add(field.name(), written.text(field.name()));
        }
        NormalizeCharMap map = builder.build();
        return text -> new MappingCharFilter(map, text);
    }

    /** Reads the options of a filter. */
    interface Factory {
        Step parse(Options options);
    }

    /** A filter. */
    interface Step {
        Reader apply(Reader text);
    }
}
