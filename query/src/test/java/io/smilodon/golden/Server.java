package io.smilodon.golden;

import io.smilodon.engine.value.Document;

/** What carries out the commands of a script, in one database. */
@FunctionalInterface
interface Server {

    Answer run(Document command);
}
