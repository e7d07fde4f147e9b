package io.smilodon.database.command;

import io.smilodon.engine.value.TimestampValue;
import java.util.function.Supplier;

/**
 * The replica set of one member that clients find.
 *
 * @param set its name
 * @param address the {@code host:port} of its member
 * @param clock the time by which clients order what they see
 */
public record Membership(String set, String address, Supplier<TimestampValue> clock) {}
