/** Cassandra's side: its configuration and its main. */
@NullMarked
package io.agentstation.embedded.cassandra;

import org.jspecify.annotations.NullMarked;
