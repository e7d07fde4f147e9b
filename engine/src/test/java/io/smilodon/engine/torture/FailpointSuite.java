package io.smilodon.engine.torture;

import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.testing.FailpointNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * A2: the process halts at each named step of a protocol, at its first, second and third hit; then
 * at another step of the recovery, and once more. Sometimes a step fails before, so that what is
 * done about failures is halted as well.
 */
final class FailpointSuite implements Suite {

    private static final Facts FACTS = new Facts("A2", "Halt at named steps", "halts", 600, 45);

    private static final int HITS = 3;
    private static final int DEPTH = 3;
    private static final int COMMITS = 60;

    @Override
    public Facts facts() {
        return FACTS;
    }

    /** The names in this tree's sources, from wherever the program runs. */
    static List<String> names() throws IOException {
        Path here = Path.of("src/main/java");
        Path sources = Files.isDirectory(here) ? here : Path.of("engine").resolve(here);
        return List.copyOf(new TreeSet<>(FailpointNames.in(sources)));
    }

    @Override
    public void run(Round round) throws Exception {
        List<String> names = names();
        int place = (int) Math.floorMod(round.seed(), (long) names.size() * HITS);
        String point = names.get(place / HITS);
        Random random = round.random();
        Path home = Trash.folder("torture-halt");
        try (Ledger ledger = Ledger.open(home.resolve("ledger"))) {
            if (random.nextBoolean()) {
                session(home, random, "");
            }
            String failing =
                    random.nextInt(3) == 0
                            ? "," + names.get(random.nextInt(names.size())) + ":1:throw"
                            : "";
            boolean isHalted =
                    session(home, random, point + ':' + (1 + place % HITS) + ":halt" + failing);
            round.count(isHalted ? "points hit" : "points not hit", 1);
            round.count(isHalted ? 1 : 0);
            for (int depth = 1; isHalted && depth < DEPTH && !round.isOver(); depth++) {
                String next = names.get(random.nextInt(names.size()));
                boolean isHaltedAgain =
                        session(home, random, next + ':' + (1 + random.nextInt(2)) + ":halt");
                round.count(isHaltedAgain ? "halts while recovering or later" : "ran on", 1);
                round.count(isHaltedAgain ? 1 : 0);
            }
            KillSuite.verify(home, ledger);
            new KilledBackups(home, ledger).verify(round);
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(point + ": " + failure + " in " + home, failure);
        }
        Trash.delete(home);
    }

    /** Whether it was halted; it may also run to its end, or stop because a step failed. */
    private static boolean session(Path home, Random random, String failpoints)
            throws IOException, InterruptedException {
        Process process = ChildProgram.start(home, random.nextLong(), COMMITS, failpoints);
        int status = ChildProgram.status(process);
        boolean mayFail = failpoints.contains(":throw");
        boolean isGood = status == 0 || status == Failpoint.HALT_STATUS || mayFail && status == 1;
        if (!isGood) {
            throw new AssertionError("status " + status + ": " + ChildProgram.output(home));
        }
        return status == Failpoint.HALT_STATUS;
    }
}
