package io.smilodon.shell;

import java.util.Optional;

/**
 * What an action works on.
 *
 * @param transaction the id of the transaction that it belongs to; empty outside
 */
record Target(Optional<String> transaction, String database, String collection) {}
