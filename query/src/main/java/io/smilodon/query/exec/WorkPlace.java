package io.smilodon.query.exec;

/** What a thread has been given to carry out a request, of which there are so many only. */
@FunctionalInterface
public interface WorkPlace {

    /** That of who needs none. */
    WorkPlace NONE = Wait::run;

    /** Waiting. */
    @FunctionalInterface
    interface Wait {
        void run() throws InterruptedException;
    }

    /** Gives it to others while this thread waits, and has it again at once when that is over. */
    void lendWhile(Wait wait) throws InterruptedException;
}
