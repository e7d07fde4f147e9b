package io.smilodon.engine.torture;

import io.smilodon.engine.isolation.IsolationRounds;
import java.nio.file.Path;
import java.util.List;

/** C4: histories of lists and of registers that go on over kills; one order explains each. */
final class KilledHistorySuite implements Suite {

    private static final Facts FACTS =
            new Facts("C4", "Histories over kill -9", "histories", 100, 10);

    private static final int KILLS = 3;

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws Exception {
        Path home = Trash.folder("torture-history");
        List<String> findings = IsolationRounds.overKills(home, KILLS, round.seed());
        if (!findings.isEmpty()) {
            throw new AssertionError(findings + " in " + home);
        }
        round.count(1);
        round.count("kills", KILLS);
        Trash.delete(home);
    }
}
