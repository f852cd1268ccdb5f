/** Rows that go to Cassandra together, or come from it together: which of them, and in how many statements. */
@NullMarked
package io.agentstation.store.writes;

import org.jspecify.annotations.NullMarked;
