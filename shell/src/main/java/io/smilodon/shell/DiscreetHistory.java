package io.smilodon.shell;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jline.reader.impl.history.DefaultHistory;

/** Keeps no line in which there may be a password. One thread. */
final class DiscreetHistory extends DefaultHistory {

    private static final Pattern SECRET =
            Pattern.compile("pwd|[Pp]assword|createUser|updateUser|saslStart");

    @Override
    public void add(Instant time, String line) {
        if (!SECRET.matcher(line).find()) {
            super.add(time, line);
        }
    }
}
