package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexOptions;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.plan.QueryShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code adviseIndexes} answers: which indexes would help, and which help nobody. */
final class IndexReport {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** The kinds of index that have the same entries with a field less. */
    private static final Set<PartKind> HOLDING_ALL = Set.of(PartKind.ORDERED, PartKind.HASHED);

    private final Instance instance;
    private final CollectionEntry entry;

    IndexReport(Instance instance, CollectionEntry entry) {
        this.instance = instance;
        this.entry = entry;
    }

    Document of(List<IndexAdvisor.Advice> advice) {
        List<Value> shapes = new ArrayList<>();
        for (QueryShapes.Use use : instance.queryShapes().of(entry.id())) {
            shapes.add(shape(use));
        }
        List<Value> advised = new ArrayList<>();
        advice.forEach(each -> advised.add(advised(each)));
        return Document.builder()
                .put("ns", entry.namespace().toString())
                .put("advised", ArrayValue.of(advised))
                .put("unused", ArrayValue.of(unused()))
                .put("redundant", ArrayValue.of(redundant()))
                .put("shapes", ArrayValue.of(shapes))
                .build();
    }

    private static Document shape(QueryShapes.Use use) {
        DocumentBuilder shape =
                Document.builder()
                        .put("planCacheShapeHash", QueryShape.of(use.example()).hash())
                        .put("query", QueryShapes.shown(use.example().filter()));
        use.example().sort().ifPresent(sort -> shape.put("sort", sort.toDocument()));
        return shape.put("count", use.count())
                .put("millis", use.nanos() / NANOS_PER_MILLI)
                .put("cost", Math.round(use.cost()))
                .put("docsExamined", use.examined())
                .put("nReturned", use.returned())
                .build();
    }

    private Document advised(IndexAdvisor.Advice advice) {
        List<Value> helped = new ArrayList<>();
        advice.helped().forEach(use -> helped.add(shape(use)));
        DocumentBuilder advised = Document.builder().put("key", advice.key());
        hidden(advice.key()).ifPresent(name -> advised.put("hidden", name));
        return advised.put("savedShare", Math.round(advice.share() * 1000) / 1000.0)
                .put("costBefore", Math.round(advice.before()))
                .put("costAfter", Math.round(advice.after()))
                .put("queries", ArrayValue.of(helped))
                .build();
    }

    /** The index that has the key already: it needs to be shown, not built. */
    private Optional<String> hidden(Document key) {
        return entry.lastingIndexes().stream()
                .map(IndexEntry::definition)
                .filter(index -> index.options().hidden() && !index.options().sparse())
                .filter(index -> index.options().partialFilter().isEmpty())
                .filter(index -> index.pattern().toDocument().equals(key))
                .map(IndexDefinition::name)
                .findFirst();
    }

    /** Those that no plan has used since they were counted, and that forbid nothing either. */
    private List<Value> unused() {
        List<Value> unused = new ArrayList<>();
        for (IndexEntry index : entry.lastingIndexes()) {
            IndexDefinition definition = index.definition();
            IndexUses.Counted uses = instance.indexUses().of(entry.id(), definition.id());
            if (index.isReady() && uses.count() == 0 && !isNeeded(definition.options())) {
                unused.add(
                        Document.builder()
                                .put("name", definition.name())
                                .put("since", uses.since())
                                .build());
            }
        }
        return unused;
    }

    /** Those whose fields another index begins with, that has the same entries otherwise. */
    private List<Value> redundant() {
        List<Value> redundant = new ArrayList<>();
        for (IndexEntry index : entry.lastingIndexes()) {
            for (IndexEntry longer : entry.lastingIndexes()) {
                if (isRedundant(index.definition(), longer.definition())) {
                    redundant.add(
                            Document.builder()
                                    .put("name", index.definition().name())
                                    .put("servedBy", longer.definition().name())
                                    .build());
                    break;
                }
            }
        }
        return redundant;
    }

    private static boolean isRedundant(IndexDefinition index, IndexDefinition longer) {
        List<KeyPart> parts = index.pattern().parts();
        List<KeyPart> others = longer.pattern().parts();
        return parts.size() < others.size()
                && others.subList(0, parts.size()).equals(parts)
                && HOLDING_ALL.contains(longer.pattern().kind())
                && !isNeeded(index.options())
                && !index.options().sparse()
                && serves(longer.options(), index.options());
    }

    /** Whether it does more than lead to documents. */
    private static boolean isNeeded(IndexOptions options) {
        return options.refusesDuplicates() || options.expireAfterSeconds().isPresent();
    }

    /** Whether it has the entries of the other. */
    private static boolean serves(IndexOptions longer, IndexOptions index) {
        return !longer.hidden()
                && !longer.sparse()
                && longer.collation().equals(index.collation())
                && longer.partialFilter().equals(index.partialFilter())
                && longer.ofType().equals(index.ofType());
    }
}
