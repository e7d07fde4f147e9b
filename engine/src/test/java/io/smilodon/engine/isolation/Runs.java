package io.smilodon.engine.isolation;

import io.smilodon.engine.error.SmilodonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Runs the transactions of a workload, and notes when each began and ended. */
final class Runs {

    private final Workload workload;
    private final ConcurrentLinkedQueue<Program> done = new ConcurrentLinkedQueue<>();
    private final LongSupplier clock;
    private final Listener listener;

    /** Is told before a transaction begins and after it has ended, by its own thread. */
    interface Listener {

        void begins(Program program);

        void ended(Program program);
    }

    Runs(Workload workload) {
        this(workload, new AtomicLong()::incrementAndGet, new Silence());
    }

    /**
     * @param clock moments, never descending
     */
    Runs(Workload workload, LongSupplier clock, Listener listener) {
        this.workload = workload;
        this.clock = clock;
        this.listener = listener;
    }

    private static final class Silence implements Listener {

        @Override
        public void begins(Program program) {}

        @Override
        public void ended(Program program) {}
    }

    /** All transactions so far. */
    List<Program> programs() {
        return List.copyOf(done);
    }

    void first(Engine engine) {
        alone(engine, workload.first());
    }

    /** Ends the run, and says what is wrong with it. */
    List<Finding> last(Engine engine) {
        readAll(engine);
        return workload.check(programs());
    }

    /** Ends a run that was a part only of what happened: nothing can be said of it alone. */
    void readAll(Engine engine) {
        alone(engine, workload.last());
    }

    private void alone(Engine engine, Program program) {
        Session session = new Session(-1, engine);
        session.begin(program);
        while (session.isBusy()) {
            session.step();
        }
        if (!program.isCommitted()) {
            throw new AssertionError("alone, and yet it did not commit");
        }
    }

    /** Sessions on threads of their own. */
    void threads(Engine engine, int threads, int transactions, long seed)
            throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        List<Throwable> problems = new ArrayList<>();
        for (int number = 0; number < threads; number++) {
            Session session = new Session(number, engine);
            Random random = new Random(seed + number);
            Thread thread =
                    Thread.ofPlatform()
                            .unstarted(() -> run(session, random, transactions / threads));
            thread.setUncaughtExceptionHandler(
                    (ignored, problem) -> {
                        synchronized (problems) {
                            problems.add(problem);
                        }
                    });
            running.add(thread);
        }
        running.forEach(Thread::start);
        for (Thread thread : running) {
            thread.join();
        }
        if (!problems.isEmpty()) {
            throw new AssertionError("seed " + seed, problems.get(0));
        }
    }

    /** A session ends early when the store stops answering. */
    private void run(Session session, Random random, int transactions) {
        for (int count = 0; count < transactions && !session.isCutOff; count++) {
            session.begin(workload.next(random));
            while (session.isBusy()) {
                session.step();
            }
        }
    }

    /** Sessions on this thread, one operation at a time, in an order that the seed decides. */
    void interleaved(Engine engine, int sessions, int transactions, long seed) {
        Random random = new Random(seed);
        List<Session> all = new ArrayList<>();
        for (int number = 0; number < sessions; number++) {
            all.add(new Session(number, engine));
        }
        int left = transactions;
        while (!all.isEmpty()) {
            Session session = all.get(random.nextInt(all.size()));
            if (session.isBusy()) {
                session.step();
            } else if (left > 0) {
                left--;
                session.begin(workload.next(random));
            } else {
                all.remove(session);
            }
        }
    }

    private final class Session {

        private final int number;
        private final Engine engine;
        private Program program;
        private Engine.Work work;
        private boolean hasMore;
        private boolean isCutOff;

        Session(int number, Engine engine) {
            this.number = number;
            this.engine = engine;
        }

        boolean isBusy() {
            return program != null;
        }

        void begin(Program next) {
            program = next;
            next.started(number, clock.getAsLong());
            done.add(next);
            listener.begins(next);
            guarded(
                    () -> {
                        work = engine.begin();
                        hasMore = true;
                    });
        }

        void step() {
            guarded(this::operate);
        }

        private void operate() {
            if (hasMore) {
                hasMore = program.step(work);
            } else if (program.isAbandoned()) {
                end(Status.ABORTED);
            } else if (work.commit()) {
                end(Status.COMMITTED);
            }
        }

        private void guarded(Runnable action) {
            try {
                action.run();
            } catch (Engine.RefusedException refused) {
                end(Status.ABORTED);
            } catch (SmilodonException stopped) {
                isCutOff = true;
                end(Status.UNKNOWN);
            }
        }

        private void end(Status status) {
            if (work != null) {
                work.close();
            }
            program.ended(status, clock.getAsLong());
            listener.ended(program);
            program = null;
            work = null;
        }
    }
}
