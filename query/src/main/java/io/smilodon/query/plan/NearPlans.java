package io.smilodon.query.plan;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.geo.NearRings;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.predicate.Near;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plans for a filter with a {@code $near}: each goes through a geospatial index on its path.
 */
final class NearPlans {

    private final Query query;
    private final NearCondition near;
    private final CollectionStructure structure;

    NearPlans(Query query, NearCondition near, CollectionStructure structure) {
        this.query = query;
        this.near = near;
        this.structure = structure;
    }

    /**
     * The plans, one at least.
     *
     * @throws SmilodonException 291 if no index serves, 2 for a hint of natural order, 27 if the
     *     condition names no path and there is not exactly one index
     */
    List<Candidate> all() {
        NearCondition asked = near.at().path().equals(Near.ANY_PATH) ? resolved() : near;
        List<Candidate> plans = new ArrayList<>();
        for (IndexCandidate index : structure.secondary()) {
            if (isHinted(index.definition()) && index.lack(asked.others()).isEmpty()) {
                addPlans(index, asked, plans);
            }
        }
        if (plans.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.NO_QUERY_EXECUTION_PLANS,
                            "unable to find index for $geoNear query",
                            Map.of("path", asked.at().path()))
                    .withHint(
                            "create a 2dsphere index on the path, or a 2d index for distances in"
                                    + " a plane");
        }
        return plans;
    }

    private boolean isHinted(IndexDefinition index) {
        return switch (query.hint()) {
            case Hint.None none -> true;
            case Hint.ByName byName -> byName.name().equals(index.name());
            case Hint.ByPattern byPattern ->
                    byPattern.pattern().equals(index.pattern().toDocument());
            case Hint.Natural natural ->
                    throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "geoNear expression not allowed with $natural sort order");
        };
    }

    private void addPlans(IndexCandidate index, NearCondition asked, List<Candidate> plans) {
        for (int part = 0; part < index.pattern().length(); part++) {
            PartKind kind = index.pattern().part(part).kind();
            if (index.pattern().part(part).path().equals(asked.at().path())
                    && NearRings.serves(kind, asked.nearness().metric())) {
                plans.add(plan(index, part, asked));
            }
        }
    }

    private Candidate plan(IndexCandidate index, int part, NearCondition asked) {
        IndexAccess access =
                new BoundsBuilder(index, structure.statistics(), Set.of(part))
                        .build(asked.others());
        PlanStage.GeoNear found =
                new PlanStage.GeoNear(
                        access, part, asked.at(), NormalForm.allOf(access.residual()));
        boolean isSorted = query.sort().isEmpty();
        PlanStage stage = new PlanAssembler(query).ofDocuments(found, isSorted);
        return new Candidate(
                new CostedPlan(stage, new CostModel(structure.statistics().quick()).of(stage)),
                new TreeSet<>(Set.of(index.name())),
                access.equalityParts(),
                isSorted);
    }

    /** The condition on the path of the one index there is: one of a plane goes first. */
    private NearCondition resolved() {
        List<IndexCandidate> planes = ofKind(PartKind.PLANE);
        List<IndexCandidate> found = planes.isEmpty() ? ofKind(PartKind.SPHERE) : planes;
        if (found.isEmpty()) {
            throw new SmilodonException(
                    ErrorCode.INDEX_NOT_FOUND,
                    "$geoNear requires a 2d or 2dsphere index, but none were found");
        }
        if (found.size() > 1) {
            throw new SmilodonException(
                            ErrorCode.INDEX_NOT_FOUND,
                            "There is more than one geospatial index; unsure which to use for"
                                    + " $geoNear",
                            Map.of(
                                    "namespace",
                                    structure.namespace(),
                                    "indexes",
                                    found.stream().map(IndexCandidate::name).toList()))
                    .withHint("name the field with the option key");
        }
        return near.on(firstOfCells(found.get(0)));
    }

    private List<IndexCandidate> ofKind(PartKind kind) {
        return structure.secondary().stream()
                .filter(index -> index.definition().pattern().kind() == kind)
                .toList();
    }

    private static FieldPath firstOfCells(IndexCandidate index) {
        return index.pattern().parts().stream()
                .filter(part -> GeoBounds.isOfCells(part.kind()))
                .findFirst()
                .orElseThrow()
                .path();
    }
}
