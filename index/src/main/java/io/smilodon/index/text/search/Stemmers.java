package io.smilodon.index.text.search;

import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.snowball.SnowballFilter;

/** The stemmers of the Snowball project. */
final class Stemmers {

    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("arabic", "Arabic"),
                    Map.entry("armenian", "Armenian"),
                    Map.entry("basque", "Basque"),
                    Map.entry("catalan", "Catalan"),
                    Map.entry("danish", "Danish"),
                    Map.entry("dutch", "Dutch"),
                    Map.entry("english", "English"),
                    Map.entry("estonian", "Estonian"),
                    Map.entry("finnish", "Finnish"),
                    Map.entry("french", "French"),
                    Map.entry("german", "German"),
                    Map.entry("hungarian", "Hungarian"),
                    Map.entry("irish", "Irish"),
                    Map.entry("italian", "Italian"),
                    Map.entry("lithuanian", "Lithuanian"),
                    Map.entry("norwegian", "Norwegian"),
                    Map.entry("porter", "Porter"),
                    Map.entry("portuguese", "Portuguese"),
                    Map.entry("romanian", "Romanian"),
                    Map.entry("russian", "Russian"),
                    Map.entry("spanish", "Spanish"),
                    Map.entry("swedish", "Swedish"),
                    Map.entry("turkish", "Turkish"));

    private Stemmers() {}

    static TokenFilters.Step parse(Options options) {
        options.only("type", "stemmerName");
        options.required("stemmerName");
        Set<String> known = NAMES.keySet();
        String name = NAMES.get(options.word("stemmerName", "", known));
        return terms -> new SnowballFilter(terms, name);
    }
}
