package io.smilodon.engine.isolation;

import io.smilodon.engine.store.Isolation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The isolation campaign, history by history. */
public final class IsolationRounds {

    private IsolationRounds() {}

    /**
     * Runs one history.
     *
     * @param kind which workload, level and way to end, in turn
     * @return what its level forbids and is there all the same
     */
    public static List<String> history(int kind, long seed, int transactions, int threads)
            throws InterruptedException {
        return new IsolationCampaign(transactions, threads)
                .history(kind, seed).stream().map(String::valueOf).toList();
    }

    /**
     * Runs one history over kills of the Java machine, of lists or of registers.
     *
     * @param home an empty folder
     */
    public static List<String> overKills(Path home, int kills, long seed)
            throws IOException, InterruptedException {
        Isolation isolation = Isolation.values()[(int) (seed >> 1 & 1)];
        List<Finding> findings =
                (seed & 1) == 0
                        ? IsolationCampaign.runOverKills(home, kills, isolation, seed)
                        : new KilledRegisters(home, seed).run(kills);
        return findings.stream().map(String::valueOf).toList();
    }
}
