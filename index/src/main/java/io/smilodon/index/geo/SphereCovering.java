package io.smilodon.index.geo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Finds few cells that together cover a region: the largest cell that is not wholly inside is
 * divided, as long as the number allows.
 */
final class SphereCovering {

    private static final Comparator<SphereCell> LARGEST_FIRST =
            Comparator.comparingInt(SphereCell::level).thenComparingLong(SphereCell::id);

    private final SphereRegion region;
    private final int cellsMax;
    private final int levelMax;
    private final List<SphereCell> found = new ArrayList<>();
    private final PriorityQueue<SphereCell> open = new PriorityQueue<>(LARGEST_FIRST);

    private SphereCovering(SphereRegion region, int cellsMax, int levelMax) {
        this.region = region;
        this.cellsMax = cellsMax;
        this.levelMax = levelMax;
    }

    /**
     * Covers a region.
     *
     * @param cellsMax about how many cells; a little more where sides of the cube meet
     * @param levelMax how small cells may be
     */
    static List<SphereCell> of(SphereRegion region, int cellsMax, int levelMax) {
        return new SphereCovering(region, cellsMax, levelMax).cover();
    }

    private List<SphereCell> cover() {
        touched(SphereCell.faces()).forEach(this::take);
        while (!open.isEmpty()) {
            SphereCell cell = open.remove();
            List<SphereCell> children = touched(cell.children());
            if (children.size() > 1 && found.size() + open.size() + children.size() > cellsMax) {
                found.add(cell);
            } else {
                children.forEach(this::take);
            }
        }
        found.sort(Comparator.comparingLong(SphereCell::id));
        return found;
    }

    private List<SphereCell> touched(List<SphereCell> cells) {
        return cells.stream().filter(cell -> region.mayIntersect(cell.area())).toList();
    }

    private void take(SphereCell cell) {
        if (cell.level() >= levelMax || region.contains(cell.area())) {
            found.add(cell);
        } else {
            open.add(cell);
        }
    }
}
