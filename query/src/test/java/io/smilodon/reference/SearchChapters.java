package io.smilodon.reference;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The chapters of the reference of searches. */
final class SearchChapters {

    private SearchChapters() {}

    /** What stands above the chapters. */
    static String start() {
        return """
                # Searching

                `createSearchIndexes` gives a collection an index of Lucene's; `$search`,
                `$searchMeta` and `$vectorSearch` ask it. They are the first stage of a pipeline,
                and see what its snapshot has: also what was written just now, and what its own
                transaction has written. What matches best comes first, equal scores in the order
                of `_id`. Without such an index, or such a collection, they find nothing. A test
                makes this file and runs every example. A question mark stands after what may be
                left out, an ellipsis for more of the same.

                Where an example names no documents it is over these, in the collection `c`; what
                it finds are their `_id`s, the best first.

                %s

                Requests and definitions that cannot be are error 8, and so is more than this: 64
                operators or expressions inside each other, 1,024 clauses or words of one search,
                10,000 characters of `queryString`, 1,000 of a pattern and what is too complex for
                Lucene's automata. Terms of more than 8,191 characters are left out. An index has
                3,000 fields of Lucene's; documents that would make more end it (`FAILED`).
                """
                .formatted(SearchExample.BOOKS.documents());
    }

    static List<Chapter> all() {
        return List.of(
                chapter(
                        "operators",
                        "Operators: What `$search` and `$searchMeta` have exactly one of.",
                        SearchExample.BOOKS),
                chapter("paths", "Paths: What `path` may be.", SearchExample.BOOKS),
                chapter(
                        "scores",
                        "Scores: The option `score` of every operator; without it the score is Lucene's"
                                + " BM25, of equal values 1.",
                        SearchExample.BOOKS),
                chapter("options", "Options of $search and $searchMeta", SearchExample.BOOKS),
                chapter(
                        "facets",
                        "Facets: In `facets` of the collector `facet`.",
                        SearchExample.BOOKS),
                chapter(
                        "metadata",
                        "What is known of a result: In projections and stages behind the search.",
                        SearchExample.BOOKS),
                chapter(
                        "definitions",
                        "Definitions: What `definition` of `createSearchIndexes` has for the type"
                                + " `search`.",
                        SearchExample.OWN),
                chapter(
                        "types",
                        "Types of fields: An array of types indexes a field in several ways. Null is"
                                + " indexed with any of them. Of an array each element is a value.",
                        SearchExample.OWN),
                chapter(
                        "analyzers",
                        "Analyzers: Make terms of texts. A definition names them, or puts together its"
                                + " own.",
                        new AnalyzerExample()),
                chapter(
                        "vectors",
                        "Vectors: Indexes of the type `vectorSearch`, and `$vectorSearch`, over\n\n"
                                + SearchExample.VECTORS.documents(),
                        SearchExample.VECTORS),
                chapter("fusion", "Several searches in one order", SearchExample.BOOKS),
                chapter(
                        "commands",
                        "Commands: Over " + OptionExample.documents() + ".",
                        new OptionExample()));
    }

    private static Chapter chapter(String file, String title, ExampleKind kind) {
        Chapter chapter = Chapter.read("search-" + file, title, kind, Set.of());
        return new Chapter(
                chapter.title(), chapter.words(), chapter.families(), kind, unprobed(chapter));
    }

    /** Of what the code is not asked, the descriptions are the table. */
    private static Set<String> unprobed(Chapter chapter) {
        Set<String> names = new TreeSet<>();
        chapter.families().stream()
                .filter(family -> family.probe().isEmpty())
                .forEach(family -> names.addAll(family.described()));
        return names;
    }
}
