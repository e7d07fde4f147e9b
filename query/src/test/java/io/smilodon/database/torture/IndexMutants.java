package io.smilodon.database.torture;

import static io.smilodon.engine.mutant.Surgery.passingOn;
import static io.smilodon.engine.mutant.Surgery.returningTrue;
import static io.smilodon.engine.mutant.Surgery.withTrueCalls;
import static io.smilodon.engine.mutant.Surgery.withoutBody;
import static io.smilodon.engine.mutant.Surgery.withoutCalls;

import io.smilodon.engine.mutant.Mutant;
import java.util.List;

/** Databases with one sin in their indexes; the table of them stands in {@code query/README.md}. */
final class IndexMutants {

    static final List<Mutant> ALL =
            List.of(
                    Mutant.of(
                            "an index is used though it is not filled",
                            "A1i",
                            withoutBody("io.smilodon.database.IndexFilling", "fillPart")),
                    Mutant.of(
                            "a search index is not told of changes",
                            "A1i",
                            withoutBody("io.smilodon.index.text.lucene.WrittenIndex", "isHeld")),
                    // What every plan must find.
                    Mutant.of(
                            "an entry stays when its document changes",
                            "Q1",
                            withoutBody(
                                    "io.smilodon.index.ordered.OrderedIndexMaintainer", "delete")),
                    Mutant.of(
                            "an array on an indexed path is forgotten",
                            "Q1",
                            withoutCalls("io.smilodon.index.key.KeyWalk", "expand", "Set", "add")),
                    Mutant.of(
                            "a wildcard index forgets its arrays",
                            "Q1",
                            withoutCalls(
                                    "io.smilodon.index.key.WildcardKeys$Walk",
                                    "field",
                                    "Set",
                                    "add")),
                    Mutant.of(
                            "a document without any path is not in a compound wildcard index",
                            "Q1",
                            withoutCalls(
                                    "io.smilodon.index.key.WildcardKeys",
                                    "keys",
                                    "WildcardKeys$Walk",
                                    "put")),
                    Mutant.of(
                            "half of each cell of a place is not looked at",
                            "Q1",
                            withoutCalls(
                                    "io.smilodon.index.geo.SphereCell",
                                    "last",
                                    "SphereCell",
                                    "lowestBit")),
                    Mutant.of(
                            "the levels of cells above those of a place are not looked at",
                            "Q1",
                            withoutCalls(
                                    "io.smilodon.index.geo.CellCovering", "around", "List", "add")),
                    Mutant.of(
                            "a partial index is taken for a whole one",
                            "Q1",
                            returningTrue("io.smilodon.query.plan.Implication", "holds")),
                    Mutant.of(
                            "a partial index holds what its filter refuses",
                            "Q1",
                            passingOn(
                                    "io.smilodon.query.exec.PartialMaintainer",
                                    "update",
                                    "Optional",
                                    "filter")),
                    Mutant.of(
                            "an index is used for strings that it orders otherwise",
                            "Q1",
                            withTrueCalls(
                                    "io.smilodon.query.plan.IndexCandidate",
                                    "under",
                                    "Collation",
                                    "equals")),
                    // What must be kept in step.
                    Mutant.of(
                            "an update of an indexed field is not told to ordered indexes",
                            "A3i",
                            withoutBody("io.smilodon.index.key.KeyPattern", "mayChangeAt")),
                    Mutant.of(
                            "an update of a text leaves the words of the old one",
                            "A3i",
                            withoutBody("io.smilodon.index.text.TextKeys", "mayChangeAt")),
                    Mutant.of(
                            "an update is not told to wildcard indexes",
                            "A3i",
                            withoutBody("io.smilodon.index.key.WildcardKeys", "mayChangeAt")),
                    Mutant.of(
                            "an update of what a partial filter asks is not told to its index",
                            "A3i",
                            withoutBody("io.smilodon.query.exec.PartialMaintainer", "isAskedAt")),
                    Mutant.of(
                            "the catalog does not learn of arrays",
                            "A3i",
                            withTrueCalls(
                                    "io.smilodon.database.CollectionWriter",
                                    "maintain",
                                    "IndexTraits",
                                    "containsAll")));

    private IndexMutants() {}
}
